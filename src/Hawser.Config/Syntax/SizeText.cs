using System;

namespace Hawser.Config.Syntax;

/// <summary>Sizes (manual, 2.6): a whole number of bytes, or with k, m or g of either case.</summary>
public static class SizeText
{
    public static ValueError TryParse(ReadOnlySpan<char> text, out long bytes, out int errorIndex)
    {
        bytes = 0;
        int index = 0;
        for (; index < text.Length && char.IsAsciiDigit(text[index]); index++)
        {
            bytes = bytes * 10 + (text[index] - '0');
            if (bytes > uint.MaxValue)
            {
                errorIndex = index;
                return ValueError.Overflow;
            }
        }
        errorIndex = index;
        if (index == 0) return ValueError.UnexpectedCharacter;
        if (index == text.Length) return ValueError.None;
        int shift = (text[index] | 0x20) switch { 'k' => 10, 'm' => 20, 'g' => 30, _ => -1 };
        if (shift < 0) return ValueError.UnexpectedCharacter;
        if (index + 1 != text.Length)
        {
            errorIndex = index + 1;
            return ValueError.UnexpectedCharacter;
        }
        bytes <<= shift;
        return bytes > uint.MaxValue ? ValueError.Overflow : ValueError.None;
    }
}
