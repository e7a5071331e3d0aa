using System;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Patterns;

/// <summary>
/// A text with references to what a regular expression has captured: <c>\0</c> is the whole match, <c>\1</c> to
/// <c>\9</c> its parts, <c>\x2F</c> a byte, and a backslash before anything else that character itself.
/// </summary>
public static class RegexReplacement
{
    /// <param name="template">With the references.</param>
    /// <param name="subject">What was matched.</param>
    /// <param name="parts">As <see cref="Regex.Match"/> has filled them; every entry beyond the found ones -1.</param>
    /// <returns>Bytes written; -1 when there is no room.</returns>
    public static int Write(
        ReadOnlySpan<byte> template, ReadOnlySpan<byte> subject, ReadOnlySpan<int> parts, Span<byte> destination)
    {
        int length = 0;
        for (int index = 0; index < template.Length; index++)
        {
            byte value = template[index];
            ReadOnlySpan<byte> piece = template.Slice(index, 1);
            if (value == '\\' && index + 1 < template.Length)
            {
                index++;
                piece = template.Slice(index, 1);
                if (Ascii.IsDigit(piece[0]))
                {
                    int part = 2 * (piece[0] - '0');
                    bool isFound = part + 1 < parts.Length && parts[part] >= 0;
                    piece = isFound ? subject[parts[part]..parts[part + 1]] : default;
                }
                else if (piece[0] == 'x' && index + 2 < template.Length
                    && Ascii.TryHexValue(template[index + 1], out int high) && Ascii.TryHexValue(template[index + 2], out int low))
                {
                    if (length == destination.Length) return -1;
                    destination[length++] = (byte)((high << 4) | low);
                    index += 2;
                    continue;
                }
            }

            if (!piece.TryCopyTo(destination[length..])) return -1;
            length += piece.Length;
        }

        return length;
    }
}
