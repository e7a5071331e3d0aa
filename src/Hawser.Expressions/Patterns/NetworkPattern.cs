using System;
using System.Buffers.Binary;
using System.Globalization;
using Hawser.Base.Network;

namespace Hawser.Expressions.Patterns;

/// <summary>An address pattern: a network of IPv4 or IPv6.</summary>
/// <param name="Bits">The mask's length; -1 for a mask with holes.</param>
public sealed record NetworkPattern(bool IsIPv4, UInt128 Network, UInt128 Mask, int Bits)
{
    /// <summary>
    /// IPv4 in full or with inner zeroes left out (10.1 is 10.0.0.1), with a number of bits or a dotted mask; IPv6 with
    /// a number of bits.
    /// </summary>
    public static bool TryParse(string text, out NetworkPattern pattern)
    {
        pattern = null!;
        int slash = text.IndexOf('/');
        ReadOnlySpan<char> host = slash < 0 ? text : text.AsSpan(0, slash);
        bool isIPv4 = TryIPv4(host, out NetworkAddress address);
        if (!isIPv4 && (!NetworkAddress.TryParse(host, out address) || address.Family != AddressFamily.IPv6)) return false;
        int width = isIPv4 ? 32 : 128;
        int bits = width;
        UInt128 mask = MaskOf(width, width);
        if (slash >= 0)
        {
            ReadOnlySpan<char> text2 = text.AsSpan(slash + 1);
            if (int.TryParse(text2, NumberStyles.None, CultureInfo.InvariantCulture, out bits))
            {
                if (bits > width) return false;
                mask = MaskOf(bits, width);
            }
            else
            {
                if (!isIPv4 || !NetworkAddress.TryParse(text2, out NetworkAddress dotted) || dotted.Family != AddressFamily.IPv4)
                    return false;
                mask = dotted.IPv4Value;
                bits = BitsOf(dotted.IPv4Value);
            }
        }

        pattern = new NetworkPattern(isIPv4, ValueOf(in address) & mask, mask, bits);
        return true;
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

    private static bool TryIPv4(ReadOnlySpan<char> text, out NetworkAddress address)
    {
        address = default;
        Span<byte> bytes = stackalloc byte[4];
        bytes.Clear();
        int count = 0;
        byte last = 0;
        foreach (Range part in text.Split('.'))
        {
            if (count == 4 || !byte.TryParse(text[part], NumberStyles.None, CultureInfo.InvariantCulture, out last)) return false;
            bytes[count++] = last;
        }

        if (count is 0) return false;
        if (count < 4)
        {
            // The last number is the last octet, whatever was left out before it.
            bytes[count - 1] = 0;
            bytes[3] = last;
        }

        address = NetworkAddress.FromIPv4(bytes, 0);
        return true;
    }
}
