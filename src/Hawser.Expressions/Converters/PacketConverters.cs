using System;
using System.Buffers.Binary;
using Hawser.Base.Bytes;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Converters;

/// <summary>The parts of an IP packet and of a TCP segment, as "tcp-ss" keeps them. What is cut off is no value.</summary>
public static class PacketConverters
{
    private const string Since = "3.4";
    private const int TcpProtocol = 6;
    private const int LongestOptionsBytes = 40;

    public static ConverterRow[] Rows { get; } =
    [
        Row("ip.ver", SampleType.Integer, Version, "version of an IP packet"),
        PacketNumber("ip.tos", static packet => packet.Service, "type of service or traffic class of an IP packet"),
        PacketNumber("ip.ttl", static packet => packet.TimeToLive, "time to live or hop limit of an IP packet"),
        PacketNumber("ip.df", static packet => packet.MustNotFragment ? 1 : 0, "whether an IP packet must not be fragmented"),
        PacketNumber("ip.proto", static packet => packet.Protocol, "transport protocol of an IP packet"),
        Row("ip.src", SampleType.Address, SourceAddress, "source of an IP packet"),
        Row("ip.dst", SampleType.Address, DestinationAddress, "destination of an IP packet"),
        Row("ip.hdr", SampleType.Binary, Header, "header of an IP packet with its options"),
        Row("ip.data", SampleType.Binary, Data, "what an IP packet carries"),
        Row("ip.fp", SampleType.Binary, Fingerprint, "a fingerprint of the sender of an IP packet with a TCP header") with
        {
            Signature = ArgumentSignature.Optional(ArgumentType.Integer),
        },
        SegmentNumber("tcp.src", static segment => segment.SourcePort, "source port of a TCP segment"),
        SegmentNumber("tcp.dst", static segment => segment.DestinationPort, "destination port of a TCP segment"),
        SegmentNumber("tcp.seq", static segment => segment.Sequence, "sequence number of a TCP segment"),
        SegmentNumber("tcp.flags", static segment => segment.Flags, "flags of a TCP segment"),
        SegmentNumber("tcp.win", static segment => segment.Window, "window of a TCP segment"),
        OptionNumber("tcp.options.mss", MaximumSegmentSize, "maximum segment size; 0 without it"),
        OptionNumber("tcp.options.sack", static segment => Has(segment, TcpSegment.SelectiveAcknowledgement), "whether selective acknowledgements are allowed"),
        OptionNumber("tcp.options.tsopt", static segment => Has(segment, TcpSegment.Timestamps), "whether timestamps are used"),
        OptionNumber("tcp.options.tsval", static segment => segment.TryFind(TcpSegment.Timestamps, 4, out ReadOnlySpan<byte> value) ? BinaryPrimitives.ReadUInt32BigEndian(value) : 0, "timestamp; 0 without it"),
        OptionNumber("tcp.options.wscale", static segment => WindowScale(segment), "window scale; 0 without it"),
        OptionNumber("tcp.options.wsopt", static segment => Has(segment, TcpSegment.WindowScale), "whether the window is scaled"),
        Row("tcp.options_list", SampleType.Binary, Kinds, "kinds of the options of a TCP segment"),
    ];

    [Flags]
    private enum FingerprintParts
    {
        TimeToLive = 1,
        Options = 2,
        Source = 4,
    }

    private delegate long PacketField(IpPacket packet);

    private delegate long SegmentField(TcpSegment segment);

    private static ConverterRow Row(string name, SampleType output, ConverterEvaluator evaluate, string description) =>
        new(name, ArgumentSignature.None, SampleType.Binary, output, evaluate, Since, description);

    private static ConverterRow PacketNumber(string name, PacketField field, string description)
    {
        bool Evaluate(SampleSource source, Arguments arguments, ref Sample sample)
        {
            bool isThere = IpPacket.TryParse(sample.Bytes, out IpPacket packet);
            if (isThere) sample.SetInteger(field(packet));
            return isThere;
        }

        return Row(name, SampleType.Integer, Evaluate, description);
    }

    private static ConverterRow SegmentNumber(string name, SegmentField field, string description)
    {
        bool Evaluate(SampleSource source, Arguments arguments, ref Sample sample)
        {
            bool isThere = TcpSegment.TryParse(sample.Bytes, out TcpSegment segment);
            if (isThere) sample.SetInteger(field(segment));
            return isThere;
        }

        return Row(name, SampleType.Integer, Evaluate, description);
    }

    private static ConverterRow OptionNumber(string name, SegmentField field, string description)
    {
        bool Evaluate(SampleSource source, Arguments arguments, ref Sample sample)
        {
            bool isThere = TcpSegment.TryParse(sample.Bytes, out TcpSegment segment) && segment.HasOptions;
            if (isThere) sample.SetInteger(field(segment));
            return isThere;
        }

        return Row(name, SampleType.Integer, Evaluate, description);
    }

    private static bool Version(SampleSource source, Arguments arguments, ref Sample sample)
    {
        bool isThere = !sample.Bytes.IsEmpty;
        sample.SetInteger(IpPacket.VersionOf(sample.Bytes));
        return isThere;
    }

    private static bool SourceAddress(SampleSource source, Arguments arguments, ref Sample sample)
    {
        bool isThere = IpPacket.TryParse(sample.Bytes, out IpPacket packet);
        if (isThere) sample.SetAddress(packet.Source);
        return isThere;
    }

    private static bool DestinationAddress(SampleSource source, Arguments arguments, ref Sample sample)
    {
        bool isThere = IpPacket.TryParse(sample.Bytes, out IpPacket packet);
        if (isThere) sample.SetAddress(packet.Destination);
        return isThere;
    }

    private static bool Header(SampleSource source, Arguments arguments, ref Sample sample)
    {
        bool isThere = IpPacket.TryParse(sample.Bytes, out IpPacket packet);
        if (isThere) sample.SetBinary(packet.Header);
        return isThere;
    }

    private static bool Data(SampleSource source, Arguments arguments, ref Sample sample)
    {
        bool isThere = IpPacket.TryParse(sample.Bytes, out IpPacket packet);
        if (isThere) sample.SetBinary(packet.Data);
        return isThere;
    }

    private static bool Kinds(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (!TcpSegment.TryParse(sample.Bytes, out TcpSegment segment) || !segment.HasOptions) return false;
        Span<byte> result = source.Scratch.Take(sample.Bytes);
        if (result.Length < LongestOptionsBytes) return false;
        sample.SetBinary(result[..segment.WriteKinds(result)]);
        return true;
    }

    private static long MaximumSegmentSize(TcpSegment segment) =>
        segment.TryFind(TcpSegment.MaximumSegmentSize, 2, out ReadOnlySpan<byte> size)
            ? BinaryPrimitives.ReadUInt16BigEndian(size)
            : 0;

    private static long WindowScale(TcpSegment segment) =>
        segment.TryFind(TcpSegment.WindowScale, 1, out ReadOnlySpan<byte> scale) ? scale[0] : 0;

    private static long Has(TcpSegment segment, byte kind) => segment.TryFind(kind, 0, out _) ? 1 : 0;

    /// <summary>The layout is in the manual, section 7.3.1, "ip.fp".</summary>
    private static bool Fingerprint(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (!IpPacket.TryParse(sample.Bytes, out IpPacket packet) || packet.Protocol != TcpProtocol) return false;
        if (!TcpSegment.TryParse(packet.Data, out TcpSegment segment) || !segment.HasOptions) return false;
        FingerprintParts parts = (FingerprintParts)arguments.Integer(0);
        int traits = (packet.IsIPv6 ? 0x80 : 0) | (packet.MustNotFragment ? 0x40 : 0) | (LifeClass(packet.TimeToLive) << 4)
            | (packet.HasOptions ? 8 : 0) | (packet.DataBytes > segment.HeaderBytes ? 4 : 0) | (segment.Flags >> 6 & 3);
        int scale = Has(segment, TcpSegment.WindowScale) != 0 ? Math.Min(15, (int)WindowScale(segment) + 1) : 0;
        ByteWriter writer = new(source.Scratch.Take(sample.Bytes));
        bool fits = writer.TryWrite(packet.Service)
            && writer.TryWrite((byte)traits)
            && writer.TryWrite((byte)((segment.HeaderBytes / 4 << 4) | scale))
            && writer.TryWriteUInt16BigEndian(segment.Window)
            && writer.TryWriteUInt16BigEndian((ushort)MaximumSegmentSize(segment))
            && writer.TryWrite(segment.KindBits())
            && ((parts & FingerprintParts.TimeToLive) == 0 || writer.TryWrite(packet.TimeToLive));
        if (!fits || writer.RoomBytes < LongestOptionsBytes) return false;
        if ((parts & FingerprintParts.Options) != 0) writer.Advance(segment.WriteKinds(writer.Room));
        if ((parts & FingerprintParts.Source) != 0 && !writer.TryWrite(packet.Source.AddressBytes)) return false;
        sample.SetBinary(writer.Written);
        return true;
    }

    /// <summary>The usual values that hosts start from: 32, 64, 128, 255.</summary>
    private static int LifeClass(byte timeToLive) => timeToLive switch { <= 32 => 0, <= 64 => 1, <= 128 => 2, _ => 3 };
}
