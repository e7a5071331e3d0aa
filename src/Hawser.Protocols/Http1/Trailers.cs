using System;
using Hawser.Base.Bytes;

namespace Hawser.Protocols.Http1;

/// <summary>The fields behind a chunked body (RFC 9112 section 7.1.2), passed on as they are but for the case of names.</summary>
public static class Trailers
{
    /// <summary>Whether they are all there, and in order; nothing is changed.</summary>
    /// <param name="at">With <see cref="BodyPresence.Invalid"/>: the byte that is wrong.</param>
    public static BodyPresence Look(ReadOnlySpan<byte> bytes, out int at)
    {
        at = 0;
        while (true)
        {
            int lineFeed = bytes[at..].IndexOf((byte)'\n');
            if (lineFeed < 0) return BodyPresence.Partial;
            int wrong = FaultIn(bytes.Slice(at, lineFeed));
            if (wrong >= 0)
            {
                at += wrong;
                return BodyPresence.Invalid;
            }

            at += lineFeed + 1;
            if (lineFeed == 1) return BodyPresence.Whole;
        }
    }

    /// <summary>Checks them and writes their names in lower case.</summary>
    /// <param name="bytes">What follows the last chunk.</param>
    /// <param name="textBytes">Of their names and values, together.</param>
    /// <param name="wrongAt">The byte that is wrong, when they are not in order.</param>
    /// <returns>Their length with the empty line; 0 while more has to come; -1 when they are not in order.</returns>
    public static int Length(Span<byte> bytes, out int textBytes, out int wrongAt)
    {
        wrongAt = 0;
        textBytes = 0;
        int at = 0;
        while (true)
        {
            int lineFeed = bytes[at..].IndexOf((byte)'\n');
            if (lineFeed < 0) return 0;
            int wrong = FaultIn(bytes.Slice(at, lineFeed));
            if (wrong >= 0)
            {
                wrongAt = at + wrong;
                return -1;
            }

            Span<byte> line = bytes.Slice(at, lineFeed - 1);
            at += lineFeed + 1;
            if (line.IsEmpty) return at;
            if (Ascii.IsBlank(line[0])) continue;
            int colon = line.IndexOf((byte)':');
            textBytes += colon + Ascii.TrimBlanks(line[(colon + 1)..]).Length;
            foreach (ref byte value in line[..colon]) value = Ascii.ToLower(value);
        }
    }

    /// <summary>The first byte of a line that is wrong; -1: none. A line that begins with a blank continues the one before it.</summary>
    /// <param name="line">Without its line feed.</param>
    private static int FaultIn(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || line[^1] != '\r') return line.Length;
        line = line[..^1];
        if (line.IsEmpty || Ascii.IsBlank(line[0])) return -1;
        int at = 0;
        while (at < line.Length && Ascii.IsToken(line[at])) at++;
        if (at == 0 || at == line.Length || line[at] != ':') return at;
        return line.IndexOfAny((byte)'\0', (byte)'\r');
    }
}
