using System;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Converters;

/// <summary>The reading of base64 as HAProxy reads it: no blanks, and the last character's spare bits do not matter.</summary>
internal static class Base64Text
{
    /// <summary>RFC 4648 section 4: whole groups of four, padded.</summary>
    /// <returns>False for anything else, or when there is no room.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> destination, out int bytesWritten)
    {
        bytesWritten = 0;
        if (text.Length % 4 != 0) return false;
        ReadOnlySpan<byte> digits = text;
        if (digits.EndsWith("="u8)) digits = digits[..^1];
        if (digits.EndsWith("="u8)) digits = digits[..^1];
        return TryDecode(digits, (byte)'+', (byte)'/', destination, out bytesWritten);
    }

    /// <summary>
    /// RFC 4648 section 5, without padding. HAProxy takes an equals sign for the last of the 64 digits here, wherever it
    /// stands, so that padded text yields a byte or two too many; so does this.
    /// </summary>
    public static bool TryDecodeUrl(ReadOnlySpan<byte> text, Span<byte> destination, out int bytesWritten) =>
        TryDecode(text, (byte)'-', (byte)'_', destination, out bytesWritten);

    private static bool TryDecode(
        ReadOnlySpan<byte> text, byte plus, byte slash, Span<byte> destination, out int bytesWritten)
    {
        bytesWritten = 0;
        int length = (int)((long)text.Length * 3 / 4);
        if (text.Length % 4 == 1 || length > destination.Length) return false;
        uint bits = 0;
        int bitCount = 0;
        foreach (byte character in text)
        {
            int value = character == plus ? 62 : character == slash || (character == '=' && slash == '_') ? 63 : Value(character);
            if (value < 0) return false;
            bits = (bits << 6) | (uint)value;
            bitCount += 6;
            if (bitCount < 8) continue;
            bitCount -= 8;
            destination[bytesWritten++] = (byte)(bits >> bitCount);
        }

        return true;
    }

    private static int Value(byte character)
    {
        if (Ascii.IsDigit(character)) return character - '0' + 52;
        if (!Ascii.IsAlpha(character)) return -1;
        return character >= 'a' ? character - 'a' + 26 : character - 'A';
    }
}
