using System;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Protocols.Http;

/// <summary>The parts of a request target of any form (RFC 9112 section 3.2), as they stand there.</summary>
public static class TargetText
{
    /// <summary>0 when the target does not begin with "scheme://", else the length of that.</summary>
    public static int SchemeLength(ReadOnlySpan<byte> target)
    {
        int colon = target.IndexOf((byte)':');
        if (colon <= 0 || !Ascii.IsAlpha(target[0]) || !target[colon..].StartsWith("://"u8)) return 0;
        foreach (byte value in target[..colon])
        {
            if (!Ascii.IsAlphaNumeric(value) && value is not ((byte)'+' or (byte)'-' or (byte)'.')) return 0;
        }

        return colon + 3;
    }

    /// <summary>
    /// The path with its query, and with a fragment where one was let through. It may begin with its query
    /// ("http://host?a=1").
    /// </summary>
    /// <returns>False for "*", for an authority alone, and where nothing follows an authority.</returns>
    public static bool TryPathAndQuery(ReadOnlySpan<byte> target, out ReadOnlySpan<byte> path)
    {
        path = target;
        if (target.StartsWith("/"u8)) return true;
        int scheme = SchemeLength(target);
        int length = scheme == 0 ? -1 : target[scheme..].IndexOfAny("/?#"u8);
        path = length < 0 ? default : target[(scheme + length)..];
        return length >= 0;
    }

    public static ReadOnlySpan<byte> WithoutQuery(ReadOnlySpan<byte> path)
    {
        int mark = path.IndexOf((byte)'?');
        return mark < 0 ? path : path[..mark];
    }

    /// <summary>What follows the first question mark.</summary>
    /// <returns>False without one.</returns>
    public static bool TryQuery(ReadOnlySpan<byte> path, out ReadOnlySpan<byte> query)
    {
        int mark = path.IndexOf((byte)'?');
        query = mark < 0 ? default : path[(mark + 1)..];
        return mark >= 0;
    }

    /// <summary>Host and port of an absolute target of http or https whose host is an IPv4 address.</summary>
    /// <param name="address">In host byte order.</param>
    /// <param name="port">The scheme's own where none is written; too large a number loses its upper bits, as in HAProxy.</param>
    public static bool TryNumericHost(ReadOnlySpan<byte> target, out uint address, out ushort port)
    {
        address = 0;
        port = 80;
        if (Ascii.StartsWithIgnoreCase(target, "https://"u8)) port = 443;
        else if (!Ascii.StartsWithIgnoreCase(target, "http://"u8)) return false;
        ReadOnlySpan<byte> rest = target[SchemeLength(target)..];
        int end = rest.IndexOfAny("/?#"u8);
        ReadOnlySpan<byte> host = end < 0 ? rest : rest[..end];
        int colon = host.IndexOf((byte)':');
        if (colon >= 0)
        {
            ReadOnlySpan<byte> digits = host[(colon + 1)..];
            if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
            if (!digits.IsEmpty) port = (ushort)WrappedNumber.Parse(digits);
            host = host[..colon];
        }

        return TryIPv4(host, out address);
    }

    private static bool TryIPv4(ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        int parts = 0;
        foreach (Range range in text.Split((byte)'.'))
        {
            if (!Ascii.TryParseUnsigned(text[range], out uint part) || part > 255) return false;
            address = (address << 8) | part;
            parts++;
        }

        return parts == 4;
    }
}
