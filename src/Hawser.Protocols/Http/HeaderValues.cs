using System;
using Hawser.Base.Bytes;

namespace Hawser.Protocols.Http;

/// <summary>
/// A field's value as the list that it may be (RFC 9110 section 5.6.1): parts between commas, without the blanks around
/// them. A comma between double quotes belongs to its part; a backslash takes a quote's meaning there.
/// </summary>
public static class HeaderValues
{
    /// <summary>The next part; an empty value is one empty part.</summary>
    /// <param name="from">0 for the first; moved behind the part's comma.</param>
    /// <returns>False behind the last one.</returns>
    public static bool TryNext(ReadOnlySpan<byte> line, scoped ref int from, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (from > line.Length) return false;
        int end = EndOfValue(line, from);
        value = Ascii.TrimBlanks(line[from..end]);
        from = end + 1;
        return true;
    }

    /// <summary>How many parts there are: at least one.</summary>
    public static int Count(ReadOnlySpan<byte> line)
    {
        int from = 0;
        int count = 0;
        while (TryNext(line, ref from, out _)) count++;
        return count;
    }

    /// <summary>Where the part that begins at a place ends: at its comma, or at the line's end.</summary>
    public static int EndOfValue(ReadOnlySpan<byte> line, int from) => IndexOfOutsideQuotes(line, from, (byte)',', (byte)',');

    /// <summary>The first of two bytes that is not quoted; the text's length when there is none.</summary>
    internal static int IndexOfOutsideQuotes(ReadOnlySpan<byte> text, int from, byte first, byte second)
    {
        bool isQuoted = false;
        for (int at = from; at < text.Length; at++)
        {
            byte value = text[at];
            if (value == '"') isQuoted = !isQuoted;
            else if (isQuoted && value == '\\') at++;
            else if (!isQuoted && (value == first || value == second)) return at;
        }

        return text.Length;
    }
}
