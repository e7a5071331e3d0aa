using System;
using Hawser.Base.Bytes;
using Hawser.Config.Model;
using Hawser.Protocols.Http;

namespace Hawser.Proxy.Streams.Http;

/// <summary>One item of a Cookie or Set-Cookie line, as HAProxy takes it apart: offsets in the line.</summary>
internal readonly struct CookieItem
{
    private CookieItem(int nameAt, int nameEnd, int valueAt, int valueEnd, int next, bool hasValue)
    {
        NameAt = nameAt;
        NameEnd = nameEnd;
        ValueAt = valueAt;
        ValueEnd = valueEnd;
        Next = next;
        HasValue = hasValue;
    }

    public int NameAt { get; }

    /// <summary>Without the blanks in front of the equal sign.</summary>
    public int NameEnd { get; }

    public int ValueAt { get; }

    /// <summary>Without the blanks behind it.</summary>
    public int ValueEnd { get; }

    /// <summary>The delimiter that ends the item, or the line's end.</summary>
    public int Next { get; }

    /// <summary>There is an equal sign.</summary>
    public bool HasValue { get; }

    /// <param name="from">Behind the delimiter in front of the item.</param>
    public static CookieItem Read(ReadOnlySpan<byte> line, int from)
    {
        int nameAt = from;
        while (nameAt < line.Length && Ascii.IsBlank(line[nameAt])) nameAt++;
        int nameEnd = nameAt;
        int sign = nameAt;
        while (sign < line.Length && line[sign] is not ((byte)'=' or (byte)',' or (byte)';'))
        {
            if (!Ascii.IsBlank(line[sign])) nameEnd = sign + 1;
            sign++;
        }

        if (sign == line.Length || line[sign] != '=') return new CookieItem(nameAt, nameEnd, sign, sign, sign, false);
        int valueAt = sign + 1;
        while (valueAt < line.Length && Ascii.IsBlank(line[valueAt])) valueAt++;
        int next = EndOfValue(line, valueAt);
        int valueEnd = next;
        while (valueEnd > valueAt && Ascii.IsBlank(line[valueEnd - 1])) valueEnd--;
        return new CookieItem(nameAt, nameEnd, valueAt, valueEnd, next, true);
    }

    public ReadOnlySpan<byte> Name(ReadOnlySpan<byte> line) => line[NameAt..NameEnd];

    /// <summary>A delimiter outside of quotes, or the end.</summary>
    private static int EndOfValue(ReadOnlySpan<byte> line, int at)
    {
        bool isQuoted = false;
        for (; at < line.Length; at++)
        {
            byte value = line[at];
            if (isQuoted)
            {
                if (value == '"') isQuoted = false;
                else if (value == '\\') at++;
            }
            else if (value == '"')
            {
                isQuoted = true;
            }
            else if (value is (byte)',' or (byte)';')
            {
                return at;
            }
        }

        return line.Length;
    }
}
