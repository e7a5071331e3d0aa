using System;
using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace Hawser.Base.Bytes;

/// <summary>
/// The byte classes and number forms that the text protocols share. Everything works on bytes as received: a byte
/// above 0x7F belongs to no class and equals only itself.
/// </summary>
public static class Ascii
{
    [Flags]
    private enum Class : byte
    {
        None = 0,
        Token = 1,
        Digit = 2,
        Alpha = 4,
        Hex = 8,
    }

    private const int WordBytes = sizeof(ulong);

    private static readonly Class[] s_classes = BuildClasses();

    /// <summary>A <c>tchar</c> of RFC 9110 section 5.6.2: what header names and methods are made of.</summary>
    public static bool IsToken(byte value) => (s_classes[value] & Class.Token) != 0;

    public static bool IsDigit(byte value) => (uint)(value - '0') <= 9;

    public static bool IsAlpha(byte value) => (s_classes[value] & Class.Alpha) != 0;

    public static bool IsAlphaNumeric(byte value) => (s_classes[value] & (Class.Alpha | Class.Digit)) != 0;

    public static bool IsHexDigit(byte value) => (s_classes[value] & Class.Hex) != 0;

    /// <summary>Space or horizontal tab: the optional white space of HTTP.</summary>
    public static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t';

    /// <summary>0x20 to 0x7E.</summary>
    public static bool IsPrintable(byte value) => (uint)(value - 0x20) <= 0x7E - 0x20;

    /// <summary>Whether the text is one or more token bytes.</summary>
    public static bool IsToken(ReadOnlySpan<byte> text)
    {
        foreach (byte value in text)
        {
            if (!IsToken(value)) return false;
        }

        return !text.IsEmpty;
    }

    public static byte ToLower(byte value) => (uint)(value - 'A') <= 'Z' - 'A' ? (byte)(value | 0x20) : value;

    public static byte ToUpper(byte value) => (uint)(value - 'a') <= 'z' - 'a' ? (byte)(value & 0xDF) : value;

    // Not System.Text.Ascii's comparison: that one answers "different" when both sides hold the same byte above 0x7F.
    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length) return false;
        if (left.Length < WordBytes)
        {
            for (int index = 0; index < left.Length; index++)
            {
                if (ToLower(left[index]) != ToLower(right[index])) return false;
            }

            return true;
        }

        // A word at a time; the last one may begin in the one before it.
        int last = left.Length - WordBytes;
        for (int index = 0; index < last; index += WordBytes)
        {
            if (ToLower(Word(left, index)) != ToLower(Word(right, index))) return false;
        }

        return ToLower(Word(left, last)) == ToLower(Word(right, last));
    }

    /// <summary>Turns a text to lower case where it stands.</summary>
    public static void ToLower(Span<byte> text)
    {
        if (text.Length < WordBytes)
        {
            foreach (ref byte value in text) value = ToLower(value);
            return;
        }

        int last = text.Length - WordBytes;
        for (int index = 0; index < last; index += WordBytes) LowerWord(text, index);
        LowerWord(text, last);
    }

    public static bool StartsWithIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix) =>
        text.Length >= prefix.Length && EqualsIgnoreCase(text[..prefix.Length], prefix);

    public static bool EndsWithIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> suffix) =>
        text.Length >= suffix.Length && EqualsIgnoreCase(text[^suffix.Length..], suffix);

    /// <summary>Without the blanks at both ends.</summary>
    public static ReadOnlySpan<byte> TrimBlanks(ReadOnlySpan<byte> text)
    {
        int from = 0;
        int to = text.Length;
        while (from < to && IsBlank(text[from])) from++;
        while (to > from && IsBlank(text[to - 1])) to--;
        return text[from..to];
    }

    /// <summary>The value of one hexadecimal digit of either case.</summary>
    public static bool TryHexValue(byte digit, out int value)
    {
        value = digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
        if (IsHexDigit(digit)) return true;
        value = 0;
        return false;
    }

    /// <summary>
    /// The whole text as a decimal number: one digit or more, nothing else (no sign, no blanks). Leading zeroes count.
    /// </summary>
    /// <returns>False when the text is anything else or the value does not fit.</returns>
    public static bool TryParseUnsigned(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        if (text.IsEmpty) return false;
        ulong result = 0;
        foreach (byte digit in text)
        {
            uint number = (uint)(digit - '0');
            if (number > 9 || result > (ulong.MaxValue - number) / 10) return false;
            result = (result * 10) + number;
        }

        value = result;
        return true;
    }

    /// <inheritdoc cref="TryParseUnsigned(ReadOnlySpan{byte}, out ulong)"/>
    public static bool TryParseUnsigned(ReadOnlySpan<byte> text, out uint value)
    {
        bool fits = TryParseUnsigned(text, out ulong wide) && wide <= uint.MaxValue;
        value = fits ? (uint)wide : 0;
        return fits;
    }

    /// <inheritdoc cref="TryParseUnsigned(ReadOnlySpan{byte}, out ulong)"/>
    public static bool TryParseUnsigned(ReadOnlySpan<byte> text, out ushort value)
    {
        bool fits = TryParseUnsigned(text, out ulong wide) && wide <= ushort.MaxValue;
        value = fits ? (ushort)wide : (ushort)0;
        return fits;
    }

    /// <summary>As <see cref="TryParseUnsigned(ReadOnlySpan{byte}, out ulong)"/>, with one optional leading minus.</summary>
    public static bool TryParseSigned(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        bool isNegative = text.Length > 0 && text[0] == '-';
        if (!TryParseUnsigned(isNegative ? text[1..] : text, out ulong magnitude)) return false;
        if (magnitude > (ulong)long.MaxValue + (isNegative ? 1UL : 0UL)) return false;
        value = isNegative ? unchecked(-(long)magnitude) : (long)magnitude;
        return true;
    }

    /// <summary>The whole text as 1 to 16 hexadecimal digits, without prefix.</summary>
    public static bool TryParseHex(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        if (text.Length is 0 or > 16) return false;
        ulong result = 0;
        foreach (byte digit in text)
        {
            if (!TryHexValue(digit, out int number)) return false;
            result = (result << 4) | (uint)number;
        }

        value = result;
        return true;
    }

    /// <summary>Decimal digits without leading zeroes, a minus in front of a negative value.</summary>
    /// <returns>False, with nothing written, when there is no room.</returns>
    public static bool TryFormat(long value, Span<byte> destination, out int bytesWritten) =>
        Utf8Formatter.TryFormat(value, destination, out bytesWritten);

    /// <inheritdoc cref="TryFormat(long, Span{byte}, out int)"/>
    public static bool TryFormat(ulong value, Span<byte> destination, out int bytesWritten) =>
        Utf8Formatter.TryFormat(value, destination, out bytesWritten);

    private static ulong Word(ReadOnlySpan<byte> text, int at) => MemoryMarshal.Read<ulong>(text[at..]);

    private static void LowerWord(Span<byte> text, int at)
    {
        ulong word = ToLower(Word(text, at));
        MemoryMarshal.Write(text[at..], in word);
    }

    /// <summary>Eight bytes at once: the top bit of each tells whether it is a letter from A to Z, which then gets the bit of lower case.</summary>
    private static ulong ToLower(ulong word)
    {
        const ulong ones = 0x0101010101010101;
        ulong low = word & (0x7F * ones);
        ulong fromA = low + ((0x80 - 'A') * ones);
        ulong beyondZ = low + ((0x7F - 'Z') * ones);
        ulong isUpper = (fromA ^ beyondZ) & ~word & (0x80 * ones);
        return word | (isUpper >> 2);
    }

    private static Class[] BuildClasses()
    {
        Class[] classes = new Class[256];
        for (int value = 0; value < 128; value++)
        {
            char character = (char)value;
            if (char.IsAsciiDigit(character)) classes[value] |= Class.Digit | Class.Token;
            if (char.IsAsciiLetter(character)) classes[value] |= Class.Alpha | Class.Token;
            if (char.IsAsciiHexDigit(character)) classes[value] |= Class.Hex;
        }

        foreach (byte mark in "!#$%&'*+-.^_`|~"u8) classes[mark] |= Class.Token;
        return classes;
    }
}
