using System;
using Hawser.Base.Bytes;

namespace Hawser.Protocols.Http1;

/// <summary>The fields behind a chunked body (RFC 9112 section 7.1.2), passed on as they are but for the case of names.</summary>
public static class Trailers
{
    /// <summary>Whether they are all there, and in order; nothing is changed.</summary>
    public static BodyPresence Look(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            int lineFeed = bytes.IndexOf((byte)'\n');
            if (lineFeed < 0) return BodyPresence.Partial;
            if (lineFeed == 0 || bytes[lineFeed - 1] != '\r') return BodyPresence.Invalid;
            ReadOnlySpan<byte> line = bytes[..(lineFeed - 1)];
            bytes = bytes[(lineFeed + 1)..];
            if (line.IsEmpty) return BodyPresence.Whole;
            if (!Ascii.IsBlank(line[0]) && !IsField(line)) return BodyPresence.Invalid;
        }
    }

    private static bool IsField(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon <= 0 || line.ContainsAny((byte)'\0', (byte)'\r')) return false;
        foreach (byte value in line[..colon])
        {
            if (!Ascii.IsToken(value)) return false;
        }

        return true;
    }

    /// <summary>Checks them and writes their names in lower case.</summary>
    /// <param name="bytes">What follows the last chunk.</param>
    /// <returns>Their length with the empty line; 0 while more has to come; -1 when they are not in order.</returns>
    /// <param name="textBytes">Of their names and values, together.</param>
    public static int Length(Span<byte> bytes, out int textBytes)
    {
        textBytes = 0;
        int at = 0;
        while (true)
        {
            int lineFeed = bytes[at..].IndexOf((byte)'\n');
            if (lineFeed < 0) return 0;
            if (lineFeed == 0 || bytes[at + lineFeed - 1] != '\r') return -1;
            Span<byte> line = bytes.Slice(at, lineFeed - 1);
            at += lineFeed + 1;
            if (line.IsEmpty) return at;
            if (Ascii.IsBlank(line[0])) continue;
            int colon = line.IndexOf((byte)':');
            if (colon <= 0 || line.ContainsAny((byte)'\0', (byte)'\r')) return -1;
            textBytes += colon + Ascii.TrimBlanks(line[(colon + 1)..]).Length;
            foreach (ref byte value in line[..colon])
            {
                if (!Ascii.IsToken(value)) return -1;
                value = Ascii.ToLower(value);
            }
        }
    }
}
