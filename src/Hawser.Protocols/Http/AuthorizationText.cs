using System;
using System.Buffers;
using System.Buffers.Text;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Protocols.Http;

/// <summary>The value of "Authorization" (RFC 9110 section 11.6.2): a scheme, spaces, what the scheme says.</summary>
public static class AuthorizationText
{
    /// <summary>What follows a scheme's name.</summary>
    /// <returns>False for another scheme, or when nothing follows.</returns>
    public static bool TryScheme(ReadOnlySpan<byte> value, scoped ReadOnlySpan<byte> scheme, out ReadOnlySpan<byte> credentials)
    {
        credentials = default;
        if (!Ascii.StartsWithIgnoreCase(value, scheme) || value.Length == scheme.Length || value[scheme.Length] != ' ') return false;
        credentials = Ascii.TrimBlanks(value[scheme.Length..]);
        return !credentials.IsEmpty;
    }

    /// <summary>User and password of the Basic scheme (RFC 7617). Both end at a NUL byte.</summary>
    /// <param name="room">The decoded text is put here.</param>
    public static bool TryBasic(
        ReadOnlySpan<byte> value, Span<byte> room, out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> password)
    {
        user = default;
        password = default;
        if (!TryScheme(value, "Basic"u8, out ReadOnlySpan<byte> text) || text.ContainsAny(" \t"u8)) return false;
        if (Base64.DecodeFromUtf8(text, room, out _, out int length) != OperationStatus.Done) return false;
        ReadOnlySpan<byte> decoded = room[..length];
        int end = decoded.IndexOf((byte)0);
        if (end >= 0) decoded = decoded[..end];
        int colon = decoded.IndexOf((byte)':');
        if (colon < 0) return false;
        user = decoded[..colon];
        password = decoded[(colon + 1)..];
        return true;
    }
}
