using System;
using Hawser.Base.Network;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Compilation;

/// <summary>A network mask as text: a number of bits, or in the form of an address.</summary>
internal static class AddressMask
{
    public static bool TryParse(ReadOnlySpan<byte> text, bool isIPv6, out NetworkAddress mask)
    {
        int width = isIPv6 ? 128 : 32;
        if (Ascii.TryParseUnsigned(text, out uint bits))
        {
            mask = default;
            if (bits > width) return false;
            Span<byte> bytes = stackalloc byte[16];
            bytes.Clear();
            for (int bit = 0; bit < bits; bit++) bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
            mask = isIPv6 ? NetworkAddress.FromIPv6(bytes, 0) : NetworkAddress.FromIPv4(bytes[..4], 0);
            return true;
        }

        return NetworkAddress.TryParse(text, out mask)
            && mask.Family == (isIPv6 ? AddressFamily.IPv6 : AddressFamily.IPv4);
    }
}
