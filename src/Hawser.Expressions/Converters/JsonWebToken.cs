using System;

namespace Hawser.Expressions.Converters;

/// <summary>A signed (three parts) or encrypted (five parts) token in its compact form (RFC 7515, RFC 7516).</summary>
internal readonly ref struct JsonWebToken
{
    /// <summary>The header and the payload with the dot between them: what a signature is over.</summary>
    public ReadOnlySpan<byte> Signed { get; private init; }

    public ReadOnlySpan<byte> Header { get; private init; }

    /// <summary>As all parts, in base64url.</summary>
    public ReadOnlySpan<byte> Payload { get; private init; }

    public ReadOnlySpan<byte> Signature { get; private init; }

    /// <param name="parts">How many there are; 3 are a signed token, 5 an encrypted one.</param>
    /// <returns>False when there is only one.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out JsonWebToken token, out int parts)
    {
        parts = text.Count((byte)'.') + 1;
        token = default;
        if (parts < 2) return false;
        int first = text.IndexOf((byte)'.');
        int length = text[(first + 1)..].IndexOf((byte)'.');
        int second = length < 0 ? text.Length : first + 1 + length;
        token = new JsonWebToken
        {
            Signed = text[..second],
            Header = text[..first],
            Payload = text[(first + 1)..second],
            Signature = length < 0 ? default : text[(second + 1)..],
        };
        return true;
    }
}
