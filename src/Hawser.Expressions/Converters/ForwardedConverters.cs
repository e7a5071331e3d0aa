using System;
using Hawser.Base.Bytes;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Converters;

/// <summary>The Forwarded header of RFC 7239, taken apart and put together.</summary>
public static class ForwardedConverters
{
    public static ConverterRow[] Rows { get; } =
    [
        new("rfc7239_is_valid", ArgumentSignature.None, SampleType.String, SampleType.Boolean, IsValid, "2.8", "whether it is a valid Forwarded value"),
        new("rfc7239_field", ArgumentSignature.Required(ArgumentType.Text), SampleType.String, SampleType.String, Field, "2.8", "a parameter of a Forwarded value"),
        new("rfc7239_n2nn", ArgumentSignature.None, SampleType.String, SampleType.Any, NodeToName, "2.8", "the address or name of a node"),
        new("rfc7239_n2np", ArgumentSignature.None, SampleType.String, SampleType.Any, NodeToPort, "2.8", "the port of a node, a number or a name"),
        new("rfc7239_nn", ArgumentSignature.None, SampleType.Any, SampleType.String, ToNodeName, "3.1", "an address or a name as a node's name"),
        new("rfc7239_np", ArgumentSignature.None, SampleType.Any, SampleType.String, ToNodePort, "3.1", "a number or a name as a node's port"),
    ];

    private static bool IsValid(SampleSource source, Arguments arguments, ref Sample sample)
    {
        sample.SetBoolean(ForwardedHeader.TryParse(sample.Bytes, ForwardedHeader.Parameter.None, out _, out _));
        return true;
    }

    private static bool Field(SampleSource source, Arguments arguments, ref Sample sample)
    {
        ForwardedHeader.Parameter wanted = ForwardedHeader.ParameterOf(arguments.Text(0));
        bool isValid = ForwardedHeader.TryParse(sample.Bytes, wanted, out ReadOnlySpan<byte> value, out bool isFound);
        sample.SetString(value);
        return isValid && isFound;
    }

    private static bool NodeToName(SampleSource source, Arguments arguments, ref Sample sample)
    {
        ByteCursor cursor = new(sample.Bytes);
        if (!ForwardedHeader.TryNode(ref cursor, out ForwardedNode node)) return false;
        if (node.Name.IsEmpty) sample.SetAddress(node.Address);
        else sample.SetString(node.Name);
        return true;
    }

    private static bool NodeToPort(SampleSource source, Arguments arguments, ref Sample sample)
    {
        ByteCursor cursor = new(sample.Bytes);
        if (!ForwardedHeader.TryNode(ref cursor, out ForwardedNode node)) return false;
        if (node.PortName.IsEmpty) sample.SetInteger(node.Port);
        else sample.SetString(node.PortName);
        return node.Port != 0 || !node.PortName.IsEmpty;
    }

    private static bool ToNodeName(SampleSource source, Arguments arguments, ref Sample sample)
    {
        bool isIPv6 = sample.Type == SampleType.IPv6;
        bool isAddress = sample.IsAddress;
        if (!SampleCasts.TryCast(ref sample, SampleType.String, source.Scratch)) return false;
        if (isAddress && !isIPv6) return true;
        if (isIPv6) return TryWrap(source, "["u8, "]"u8, ref sample);
        if (!sample.Bytes.IsEmpty) return TryObfuscate(source, ref sample);
        sample.SetString("unknown"u8);
        return true;
    }

    /// <summary>A number is written as 32 bits without sign.</summary>
    private static bool ToNodePort(SampleSource source, Arguments arguments, ref Sample sample)
    {
        bool isNumber = sample.Type == SampleType.Integer;
        if (isNumber) sample.SetInteger(unchecked((uint)sample.Integer));
        if (!SampleCasts.TryCast(ref sample, SampleType.String, source.Scratch)) return false;
        return isNumber || (!sample.Bytes.IsEmpty && TryObfuscate(source, ref sample));
    }

    private static bool TryObfuscate(SampleSource source, ref Sample sample) =>
        ForwardedHeader.IsIdentifier(sample.Bytes) && TryWrap(source, "_"u8, default, ref sample);

    private static bool TryWrap(SampleSource source, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, ref Sample sample)
    {
        ByteWriter writer = new(source.Scratch.Take(sample.Bytes));
        bool fits = writer.TryWrite(before) && writer.TryWrite(sample.Bytes) && writer.TryWrite(after);
        sample.SetString(writer.Written);
        return fits;
    }
}
