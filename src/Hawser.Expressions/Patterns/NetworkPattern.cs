using System;
using System.Buffers.Binary;
using Hawser.Base.Network;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Patterns;

/// <summary>An address pattern: a network of IPv4 or IPv6.</summary>
/// <param name="Bits">The mask's length; -1 for a mask with holes.</param>
public readonly record struct NetworkPattern(bool IsIPv4, UInt128 Network, UInt128 Mask, int Bits)
{
    private const int IPv4Bits = 32;
    private const int IPv6Bits = 128;

    /// <summary>
    /// IPv4 in full or with inner zeroes left out (10.1 is 10.0.0.1), with a number of bits or a dotted mask; IPv6 with
    /// a number of bits.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out NetworkPattern pattern)
    {
        pattern = default;
        int slash = text.IndexOf((byte)'/');
        ReadOnlySpan<byte> host = slash < 0 ? text : text[..slash];
        bool isIPv4 = TryIPv4(host, out uint short4);
        UInt128 value = short4;
        if (!isIPv4)
        {
            if (!NetworkAddress.TryParse(host, out NetworkAddress address) || address.Family != AddressFamily.IPv6) return false;
            value = ValueOf(in address);
        }

        int width = isIPv4 ? IPv4Bits : IPv6Bits;
        int bits = width;
        UInt128 mask = MaskOf(width, width);
        if (slash >= 0 && !TryMask(text[(slash + 1)..], isIPv4, width, out mask, out bits)) return false;
        pattern = new NetworkPattern(isIPv4, value & mask, mask, bits);
        return true;
    }

    private static bool TryMask(ReadOnlySpan<byte> text, bool isIPv4, int width, out UInt128 mask, out int bits)
    {
        if (Ascii.TryParseUnsigned(text, out ulong number))
        {
            bits = (int)Math.Min(number, IPv6Bits + 1);
            mask = bits <= width ? MaskOf(bits, width) : 0;
            return bits <= width;
        }

        bool isDotted = NetworkAddress.TryParse(text, out NetworkAddress dotted) && dotted.Family == AddressFamily.IPv4;
        mask = dotted.IPv4Value;
        bits = BitsOf(dotted.IPv4Value);
        return isIPv4 && isDotted;
    }

    public static UInt128 ValueOf(in NetworkAddress address) => address.Family == AddressFamily.IPv4
        ? address.IPv4Value
        : BinaryPrimitives.ReadUInt128BigEndian(address.AddressBytes);

    public static UInt128 MaskOf(int bits, int width)
    {
        if (bits == 0) return 0;
        UInt128 all = width == 128 ? UInt128.MaxValue : (UInt128.One << width) - 1;
        return all & (all << (width - bits));
    }

    private static int BitsOf(uint mask)
    {
        int ones = System.Numerics.BitOperations.LeadingZeroCount(~mask);
        return ones == 32 || mask << ones == 0 ? ones : -1;
    }

    private static bool TryIPv4(ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        int numbers = 0;
        int at = 0;
        while (true)
        {
            int start = at;
            uint number = 0;
            for (; at < text.Length && Ascii.IsDigit(text[at]); at++)
            {
                number = (number * 10) + (uint)(text[at] - '0');
                if (number > byte.MaxValue) return false;
            }

            if (at == start || ++numbers > 4) return false;
            if (at == text.Length)
            {
                // The last number is the last octet, whatever was left out before it.
                address = (address << (8 * (4 - numbers) % 32)) << 8 | number;
                return true;
            }

            if (text[at++] != '.') return false;
            address = (address << 8) | number;
        }
    }
}
