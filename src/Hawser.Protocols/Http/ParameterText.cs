using System;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Protocols.Http;

/// <summary>Parameters of a query string or of a form: "name=value" between separators. Nothing is decoded.</summary>
public static class ParameterText
{
    /// <summary>The next parameter of that name; what has no "=" is passed over.</summary>
    /// <param name="text">Without what comes before the first parameter.</param>
    /// <param name="name">Empty: any.</param>
    /// <param name="separator">Ends parameters like "&amp;" and ";" do; 0: none.</param>
    /// <param name="from">0 for the first; moved behind the parameter.</param>
    public static bool TryNext(
        ReadOnlySpan<byte> text,
        scoped ReadOnlySpan<byte> name,
        bool ignoresCase,
        byte separator,
        scoped ref int from,
        out ReadOnlySpan<byte> value)
    {
        byte third = separator == 0 ? (byte)'&' : separator;
        while (from < text.Length)
        {
            int length = text[from..].IndexOfAny((byte)'&', (byte)';', third);
            if (length < 0) length = text.Length - from;
            ReadOnlySpan<byte> parameter = text.Slice(from, length);
            from += length + 1;
            int equals = name.IsEmpty ? parameter.IndexOf((byte)'=') : name.Length;
            if (equals < 0 || equals >= parameter.Length || parameter[equals] != '=') continue;
            if (!name.IsEmpty && !IsName(parameter[..equals], name, ignoresCase)) continue;
            value = parameter[(equals + 1)..];
            return true;
        }

        value = default;
        return false;
    }

    private static bool IsName(ReadOnlySpan<byte> found, scoped ReadOnlySpan<byte> name, bool ignoresCase) =>
        ignoresCase ? Ascii.EqualsIgnoreCase(found, name) : found.SequenceEqual(name);
}
