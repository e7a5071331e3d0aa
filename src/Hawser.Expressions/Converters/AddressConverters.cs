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
    /// An IPv6 address that stands for an IPv4 one is masked as that: clients of a socket for both families come as such.
    /// Any other has no value without an IPv6 mask.
    /// </summary>
    private static bool Mask(SampleSource source, Arguments arguments, ref Sample sample)
    {
        NetworkAddress address = sample.Address;
        if (address.TryToIPv4(out NetworkAddress shorter))
        {
            sample.SetAddress(NetworkAddress.FromIPv4(shorter.IPv4Value & arguments.Address(0).IPv4Value, 0));
            return true;
        }

        if (arguments.Count < 2) return false;
        NetworkAddress mask = arguments.Address(1);
        Span<byte> bytes = stackalloc byte[16];
        for (int index = 0; index < bytes.Length; index++)
            bytes[index] = (byte)(address.AddressBytes[index] & mask.AddressBytes[index]);
        sample.SetAddress(NetworkAddress.FromIPv6(bytes, 0));
        return true;
    }
}
