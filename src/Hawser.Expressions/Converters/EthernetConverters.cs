using System;
using System.Buffers.Binary;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Converters;

/// <summary>The parts of an Ethernet frame, as "tcp-ss" keeps it. What is cut off is no value.</summary>
public static class EthernetConverters
{
    private const string Since = "3.4";
    private const int AddressBytes = 6;
    private const int VlanType = 0x8100;

    public static ConverterRow[] Rows { get; } =
    [
        Bytes("eth.dst", static (ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> part) => TrySlice(frame, 0, out part), "destination of an Ethernet frame"),
        Bytes("eth.src", static (ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> part) => TrySlice(frame, AddressBytes, out part), "source of an Ethernet frame"),
        Bytes("eth.hdr", static (ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> part) => TrySplit(frame, out part, out _, out _), "header of an Ethernet frame with its VLAN tags"),
        Bytes("eth.data", static (ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> part) => TryData(frame, out part), "what an Ethernet frame carries"),
        Number("eth.proto", Protocol, "protocol that an Ethernet frame carries"),
        Number("eth.vlan", Vlan, "last VLAN of an Ethernet frame"),
    ];

    private delegate bool Part(ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> part);

    private static ConverterRow Bytes(string name, Part part, string description)
    {
        bool Evaluate(SampleSource source, Arguments arguments, ref Sample sample)
        {
            bool isThere = part(sample.Bytes, out ReadOnlySpan<byte> bytes);
            sample.SetBinary(bytes);
            return isThere;
        }

        return new ConverterRow(
            name, ArgumentSignature.None, SampleType.Binary, SampleType.Binary, Evaluate, Since, description);
    }

    private static ConverterRow Number(string name, ConverterEvaluator evaluate, string description) =>
        new(name, ArgumentSignature.None, SampleType.Binary, SampleType.Integer, evaluate, Since, description);

    private static bool Protocol(SampleSource source, Arguments arguments, ref Sample sample)
    {
        bool isThere = TrySplit(sample.Bytes, out _, out int protocol, out _);
        sample.SetInteger(protocol);
        return isThere;
    }

    private static bool Vlan(SampleSource source, Arguments arguments, ref Sample sample)
    {
        bool isThere = TrySplit(sample.Bytes, out _, out _, out int vlan);
        sample.SetInteger(vlan);
        return isThere && vlan >= 0;
    }

    private static bool TrySlice(ReadOnlySpan<byte> frame, int at, out ReadOnlySpan<byte> part)
    {
        bool isThere = frame.Length >= at + AddressBytes;
        part = isThere ? frame.Slice(at, AddressBytes) : default;
        return isThere;
    }

    private static bool TryData(ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> data)
    {
        bool isThere = TrySplit(frame, out ReadOnlySpan<byte> header, out _, out _);
        data = frame[header.Length..];
        return isThere;
    }

    /// <summary>As in HAProxy a header that nothing follows counts as cut off.</summary>
    /// <param name="vlan">-1 when there is none.</param>
    private static bool TrySplit(ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> header, out int protocol, out int vlan)
    {
        header = default;
        protocol = 0;
        vlan = -1;
        for (int at = 2 * AddressBytes; at + 2 < frame.Length; at += 4)
        {
            protocol = BinaryPrimitives.ReadUInt16BigEndian(frame[at..]);
            if (protocol != VlanType)
            {
                header = frame[..(at + 2)];
                return true;
            }

            if (at + 4 > frame.Length) return false;
            vlan = BinaryPrimitives.ReadUInt16BigEndian(frame[(at + 2)..]) & 0xFFF;
        }

        return false;
    }
}
