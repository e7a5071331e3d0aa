using System;
using System.Buffers.Binary;
using System.Buffers.Text;
using Hawser.Base.Bytes;

namespace Hawser.Base.Network;

/// <summary>
/// The text forms of IP addresses, as inet_pton(3) reads and inet_ntop(3) of glibc writes them: logs must show the
/// same text as HAProxy's, which calls these functions.
/// </summary>
internal static class AddressText
{
    internal const int MaxIPv4Bytes = 15;

    /// <summary>Eight groups of four digits, the last two written as dotted IPv4.</summary>
    internal const int MaxIPv6Bytes = 45;

    internal static bool TryCopy(ReadOnlySpan<byte> text, Span<byte> destination, out int bytesWritten)
    {
        bool fits = text.TryCopyTo(destination);
        bytesWritten = fits ? text.Length : 0;
        return fits;
    }

    /// <summary>Fills the first four bytes of <paramref name="address"/> on success.</summary>
    internal static bool TryParseIPv4(ReadOnlySpan<byte> text, Span<byte> address)
    {
        int position = 0;
        for (int octet = 0; octet < 4; octet++)
        {
            if (octet > 0 && (position >= text.Length || text[position++] != '.')) return false;
            int start = position;
            int value = 0;
            while (position < text.Length && Ascii.IsDigit(text[position]))
            {
                if (position > start && value == 0) return false;
                value = (value * 10) + (text[position++] - '0');
                if (value > 255) return false;
            }

            if (position == start) return false;
            address[octet] = (byte)value;
        }

        return position == text.Length;
    }

    /// <summary>Fills all sixteen bytes of <paramref name="address"/> on success.</summary>
    internal static bool TryParseIPv6(ReadOnlySpan<byte> text, Span<byte> address)
    {
        Span<byte> bytes = stackalloc byte[16];
        int count = 0;
        int gapAt = -1;
        int position = 0;
        if (text.StartsWith("::"u8))
        {
            gapAt = 0;
            position = 2;
        }

        while (position < text.Length)
        {
            int start = position;
            int value = 0;
            while (position < text.Length && position - start <= 4 && Ascii.TryHexValue(text[position], out int digit))
            {
                value = (value << 4) | digit;
                position++;
            }

            if (position < text.Length && text[position] == '.')
            {
                // The IPv4 tail ends the literal; it may follow a group or the gap.
                if (count > 12 || !TryParseIPv4(text[start..], bytes[count..])) return false;
                count += 4;
                position = text.Length;
                break;
            }

            if (position == start || position - start > 4 || count > 14) return false;
            BinaryPrimitives.WriteUInt16BigEndian(bytes[count..], (ushort)value);
            count += 2;
            if (position == text.Length) break;
            if (text[position++] != ':' || position == text.Length) return false;
            if (text[position] == ':')
            {
                if (gapAt >= 0) return false;
                gapAt = count;
                position++;
            }
        }

        if (gapAt < 0 ? count != 16 : count > 14) return false;
        address[..16].Clear();
        int head = gapAt < 0 ? count : gapAt;
        bytes[..head].CopyTo(address);
        bytes[head..count].CopyTo(address[(16 - (count - head))..]);
        return true;
    }

    internal static bool TryFormatIPv4(ReadOnlySpan<byte> address, Span<byte> destination, out int bytesWritten)
    {
        Span<byte> text = stackalloc byte[MaxIPv4Bytes];
        int length = WriteIPv4(address, text);
        return TryCopy(text[..length], destination, out bytesWritten);
    }

    internal static bool TryFormatIPv6(ReadOnlySpan<byte> address, Span<byte> destination, out int bytesWritten)
    {
        Span<byte> text = stackalloc byte[MaxIPv6Bytes];
        (int gapStart, int gapLength) = LongestZeroRun(address);
        bool hasIPv4Tail = gapStart == 0
            && (gapLength == 6 || (gapLength == 5 && address[10] == 0xFF && address[11] == 0xFF));
        int groups = hasIPv4Tail ? 6 : 8;
        int length = 0;
        for (int group = 0; group < groups; group++)
        {
            if (group == gapStart)
            {
                text[length++] = (byte)':';
                group += gapLength - 1;
                if (group == groups - 1) text[length++] = (byte)':';
                continue;
            }

            if (group > 0) text[length++] = (byte)':';
            ushort value = BinaryPrimitives.ReadUInt16BigEndian(address[(group * 2)..]);
            _ = Utf8Formatter.TryFormat(value, text[length..], out int digits, new('x'));
            length += digits;
        }

        if (hasIPv4Tail)
        {
            if (gapLength == 5) text[length++] = (byte)':';
            length += WriteIPv4(address[12..], text[length..]);
        }

        return TryCopy(text[..length], destination, out bytesWritten);
    }

    private static int WriteIPv4(ReadOnlySpan<byte> address, Span<byte> text)
    {
        int length = 0;
        for (int octet = 0; octet < 4; octet++)
        {
            if (octet > 0) text[length++] = (byte)'.';
            _ = Utf8Formatter.TryFormat(address[octet], text[length..], out int digits);
            length += digits;
        }

        return length;
    }

    /// <summary>The first of the longest runs of zero groups; a single group is not worth a gap and gives (-1, 0).</summary>
    private static (int Start, int Length) LongestZeroRun(ReadOnlySpan<byte> address)
    {
        int bestStart = -1;
        int bestLength = 1;
        int start = -1;
        for (int group = 0; group < 8; group++)
        {
            if ((address[group * 2] | address[(group * 2) + 1]) != 0)
            {
                start = -1;
                continue;
            }

            if (start < 0) start = group;
            if (group - start + 1 > bestLength) (bestStart, bestLength) = (start, group - start + 1);
        }

        return bestStart < 0 ? (-1, 0) : (bestStart, bestLength);
    }
}
