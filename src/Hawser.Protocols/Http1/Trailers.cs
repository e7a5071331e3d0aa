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
        bool isFirst = true;
        while (true)
        {
            int lineFeed = bytes[at..].IndexOf((byte)'\n');
            if (lineFeed < 0) return BodyPresence.Partial;
            int wrong = FaultIn(bytes.Slice(at, lineFeed), isFirst);
            if (wrong >= 0)
            {
                at += wrong;
                return BodyPresence.Invalid;
            }

            at += lineFeed + 1;
            isFirst = false;
            if (lineFeed == 1) return BodyPresence.Whole;
        }
    }

    /// <summary>
    /// Checks them, writes their names in lower case, and makes one line of a field that goes on in the next one (RFC 9112
    /// section 5.2).
    /// </summary>
    /// <param name="bytes">What follows the last chunk.</param>
    /// <param name="textBytes">Of their names and values, together.</param>
    /// <param name="wrongAt">The byte that is wrong, when they are not in order.</param>
    /// <returns>Their length with the empty line; 0 while more has to come; -1 when they are not in order.</returns>
    public static int Length(Span<byte> bytes, out int textBytes, out int wrongAt)
    {
        wrongAt = 0;
        textBytes = 0;
        int at = 0;
        int valueAt = 0;
        int counted = 0;
        while (true)
        {
            int lineFeed = bytes[at..].IndexOf((byte)'\n');
            if (lineFeed < 0) return 0;
            int wrong = FaultIn(bytes.Slice(at, lineFeed), isFirst: at == 0);
            if (wrong >= 0)
            {
                wrongAt = at + wrong;
                return -1;
            }

            Span<byte> line = bytes.Slice(at, lineFeed - 1);
            if (!line.IsEmpty && Ascii.IsBlank(line[0]))
            {
                bytes.Slice(at - 2, 2).Fill((byte)' ');
                textBytes -= counted;
            }
            else
            {
                int colon = line.IndexOf((byte)':');
                valueAt = at + colon + 1;
                textBytes += int.Max(0, colon);
                foreach (ref byte value in line[..int.Max(0, colon)]) value = Ascii.ToLower(value);
            }

            int end = at + lineFeed - 1;
            at += lineFeed + 1;
            if (line.IsEmpty) return at;
            counted = Ascii.TrimBlanks(bytes[valueAt..end]).Length;
            textBytes += counted;
        }
    }

    /// <summary>The first byte of a line that is wrong; -1: none. A line that begins with a blank continues the one before it.</summary>
    /// <param name="line">Without its line feed.</param>
    /// <param name="isFirst">There is none before it.</param>
    private static int FaultIn(ReadOnlySpan<byte> line, bool isFirst)
    {
        if (line.IsEmpty || line[^1] != '\r') return line.Length;
        line = line[..^1];
        if (line.IsEmpty) return -1;
        if (Ascii.IsBlank(line[0])) return isFirst ? 0 : line.IndexOfAny((byte)'\0', (byte)'\r');
        int at = 0;
        while (at < line.Length && Ascii.IsToken(line[at])) at++;
        if (at == 0 || at == line.Length || line[at] != ':') return at;
        return line.IndexOfAny((byte)'\0', (byte)'\r');
    }
}
