using System;
using Hawser.Base.Bytes;

namespace Hawser.Protocols.Http;

/// <summary>
/// Values of "Cookie" and "Set-Cookie" (RFC 6265), read as widely as HAProxy does: a comma ends a cookie too, values may be
/// quoted, and names that begin with "$" are RFC 2965's own and no cookies.
/// </summary>
public static class CookieText
{
    /// <summary>The next cookie of that name.</summary>
    /// <param name="name">Empty: any. Case counts.</param>
    /// <param name="isSetCookie">What stands behind a cookie of another name, up to a comma, are its attributes.</param>
    /// <param name="from">0 for the first; moved to what ended the value.</param>
    /// <param name="value">As it stands there, with its quotes.</param>
    /// <returns>
    /// False when there is none. As in HAProxy, "name=" without a blank in front and with nothing behind it is none.
    /// </returns>
    public static bool TryNext(
        ReadOnlySpan<byte> line, scoped ReadOnlySpan<byte> name, bool isSetCookie, scoped ref int from, out ReadOnlySpan<byte> value)
    {
        value = default;
        int at = from;
        while (at + name.Length + 1 < line.Length)
        {
            int length = line[at..].IndexOfAny((byte)'=', (byte)';', (byte)',');
            if (length < 0) break;
            if (line[at + length] != '=')
            {
                at += length + 1;
                continue;
            }

            ReadOnlySpan<byte> found = Ascii.TrimBlanks(line.Slice(at, length));
            int valueAt = at + length + 1;
            int end = HeaderValues.IndexOfOutsideQuotes(line, valueAt, (byte)';', (byte)',');
            if (IsCookie(found) && (name.IsEmpty || found.SequenceEqual(name)))
            {
                from = end;
                value = Ascii.TrimBlanks(line[valueAt..end]);
                return true;
            }

            if (isSetCookie && IsCookie(found)) end = HeaderValues.IndexOfOutsideQuotes(line, end, (byte)',', (byte)',');
            at = end + 1;
        }

        from = line.Length;
        return false;
    }

    /// <summary>The name of the next cookie.</summary>
    /// <param name="from">0 for the first; moved behind the cookie.</param>
    public static bool TryNextName(ReadOnlySpan<byte> line, bool isSetCookie, scoped ref int from, out ReadOnlySpan<byte> name)
    {
        // Behind the first cookie of "Set-Cookie" come its attributes, which may hold commas.
        byte separator = isSetCookie ? (byte)';' : (byte)',';
        while (from < line.Length)
        {
            int length = line[from..].IndexOfAny((byte)'=', (byte)';', separator);
            if (length < 0) break;
            name = Ascii.TrimBlanks(line.Slice(from, length));
            bool isNamed = line[from + length] == '=';
            from += length + 1;
            if (!isNamed) continue;
            from = HeaderValues.IndexOfOutsideQuotes(line, from, (byte)';', separator) + 1;
            if (!IsCookie(name)) continue;
            if (isSetCookie) from = line.Length;
            if (!name.IsEmpty) return true;
        }

        name = default;
        return false;
    }

    private static bool IsCookie(ReadOnlySpan<byte> name) => name.IsEmpty || name[0] != '$';
}
