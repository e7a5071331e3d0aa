using System;
using Hawser.Base.Network;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Converters;

/// <summary>Network addresses.</summary>
public static class AddressConverters
{
    public static ConverterRow[] Rows { get; } =
    [
        new(
            "ipmask",
            ArgumentSignature.Of(1, ArgumentType.IPv4Mask, ArgumentType.IPv6Mask),
            SampleType.Address,
            SampleType.Address,
            Mask,
            "1.5",
            "an address without the bits that identify the host"),
    ];

    /// <summary>
    /// Without an IPv6 mask, an IPv6 address has a value only if it stands for an IPv4 one, which is then masked.
    /// </summary>
    private static bool Mask(SampleSource source, Arguments arguments, ref Sample sample)
    {
        NetworkAddress address = sample.Address;
        bool isIPv6 = address.Family == AddressFamily.IPv6 && arguments.Count > 1;
        if (!isIPv6 && !address.TryToIPv4(out address)) return false;
        NetworkAddress mask = arguments.Address(isIPv6 ? 1 : 0);
        Span<byte> bytes = stackalloc byte[16];
        int length = address.AddressBytes.Length;
        for (int index = 0; index < length; index++)
            bytes[index] = (byte)(address.AddressBytes[index] & mask.AddressBytes[index]);
        sample.SetAddress(isIPv6 ? NetworkAddress.FromIPv6(bytes, 0) : NetworkAddress.FromIPv4(bytes[..length], 0));
        return true;
    }
}
