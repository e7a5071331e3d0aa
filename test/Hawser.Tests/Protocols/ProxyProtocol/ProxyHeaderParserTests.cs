using System;
using System.Linq;
using System.Text;
using CsCheck;
using Hawser.Base.Network;
using Hawser.Protocols.ProxyProtocol;
using Xunit;

namespace Hawser.Tests.Protocols.ProxyProtocol;

public class ProxyHeaderParserTests
{
    private const string Signature = "0D0A0D0A000D0A515549540A";
    private const string Addresses4 = "0102030405060708045708AE";

    // The worst cases are the specification's own (section 2.1).
    [Theory]
    [InlineData("PROXY TCP4 192.168.0.1 192.168.0.11 56324 443", "192.168.0.1:56324", "192.168.0.11:443")]
    [InlineData("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535", "255.255.255.255:65535", "255.255.255.255:65535")]
    [InlineData("PROXY TCP4 1.2.3.4 5.6.7.8 0 1", "1.2.3.4:0", "5.6.7.8:1")]
    [InlineData("PROXY TCP6 ::1 2001:DB8::2 1111 2222", "::1:1111", "2001:db8::2:2222")]
    [InlineData("PROXY TCP6 ::ffff:1.2.3.4 ::2 1111 2222", "::ffff:1.2.3.4:1111", "::2:2222")]
    [InlineData("PROXY UNKNOWN", "-:0", "-:0")]
    [InlineData("PROXY UNKNOWN ", "-:0", "-:0")]
    [InlineData(
        "PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535",
        "-:0", "-:0")]
    [InlineData(
        "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff:65535", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff:65535")]
    public void A_line_of_version_1_gives_both_endpoints(string line, string source, string destination)
    {
        byte[] received = Encoding.ASCII.GetBytes(line + "\r\nGET / HTTP/1.1\r\n");
        Assert.Equal(ProxyHeaderResult.Ok, ProxyHeaderParser.Parse(received, 16384, out ProxyHeader header));
        Assert.Equal(line.Length + 2, header.LengthBytes);
        Assert.Equal(1, header.Version);
        Assert.Equal(source, header.Source.ToString());
        Assert.Equal(destination, header.Destination.ToString());
        Assert.Equal(source != "-:0", header.HasEndpoints);
    }

    [Theory]
    [InlineData("PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222\n", ProxyHeaderResult.Invalid)]
    [InlineData("PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222\r\r\n", ProxyHeaderResult.Invalid)]
    [InlineData("PROXY UNKNOWN x\n y\r\n", ProxyHeaderResult.Invalid)]
    [InlineData("PROXY UNKNOWN x\r y\r\n", ProxyHeaderResult.Invalid)]
    [InlineData("PROXY TCP4 1.2.3.4 5.6.7.8 01111 2222\r\n", ProxyHeaderResult.Invalid)]
    [InlineData("PROXY TCP4 1.2.3.4 5.6.7.8 65536 2222\r\n", ProxyHeaderResult.Invalid)]
    [InlineData("PROXY TCP4 1.2.3.4 5.6.7.8 -1 2222\r\n", ProxyHeaderResult.Invalid)]
    [InlineData("PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222 \r\n", ProxyHeaderResult.Invalid)]
    [InlineData("PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222 x\r\n", ProxyHeaderResult.Invalid)]
    [InlineData("PROXY TCP4 1.2.3.4 5.6.7.8 1111\r\n", ProxyHeaderResult.Invalid)]
    [InlineData("PROXY TCP4 1.2.3.4 5.6.7.8  2222\r\n", ProxyHeaderResult.Invalid)]
    [InlineData("PROXY TCP4 1.2.3.4  5.6.7.8 1111 2222\r\n", ProxyHeaderResult.Invalid)]
    [InlineData("PROXY TCP4 1.2.3 5.6.7.8 1111 2222\r\n", ProxyHeaderResult.Invalid)]
    [InlineData("PROXY TCP4 localhost 5.6.7.8 1111 2222\r\n", ProxyHeaderResult.Invalid)]
    [InlineData("PROXY TCP4 ::1 ::2 1111 2222\r\n", ProxyHeaderResult.Invalid)]
    [InlineData("PROXY TCP6 1.2.3.4 5.6.7.8 1111 2222\r\n", ProxyHeaderResult.Invalid)]
    [InlineData("PROXY UDP4 1.2.3.4 5.6.7.8 1111 2222\r\n", ProxyHeaderResult.UnhandledProtocol)]
    [InlineData("PROXY UNKNOWNX\r\n", ProxyHeaderResult.UnhandledProtocol)]
    [InlineData("PROXY  TCP4 1.2.3.4 5.6.7.8 1111 2222\r\n", ProxyHeaderResult.UnhandledProtocol)]
    [InlineData("PROXY \r\n", ProxyHeaderResult.UnhandledProtocol)]
    [InlineData("PROXY\r\n", ProxyHeaderResult.NotProxyHeader)]
    [InlineData("proxy TCP4 1.2.3.4 5.6.7.8 1111 2222\r\n", ProxyHeaderResult.NotProxyHeader)]
    [InlineData("GET / HTTP/1.1\r\n", ProxyHeaderResult.NotProxyHeader)]
    [InlineData("PX", ProxyHeaderResult.NotProxyHeader)]
    [InlineData("", ProxyHeaderResult.NeedMore)]
    [InlineData("PROXY TCP4 1.2.3.4 5.6", ProxyHeaderResult.NeedMore)]
    [InlineData("PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222\r", ProxyHeaderResult.NeedMore)]
    public void Anything_else_is_told_apart(string received, ProxyHeaderResult expected) =>
        Assert.Equal(expected, ProxyHeaderParser.Parse(Encoding.ASCII.GetBytes(received), 16384, out _));

    [Fact]
    public void A_line_ends_within_107_bytes()
    {
        string line = "PROXY UNKNOWN " + new string('x', 91) + "\r\n";
        Assert.Equal(107, line.Length);
        Assert.Equal(ProxyHeaderResult.Ok, Parse(Encoding.ASCII.GetBytes(line)));
        Assert.Equal(ProxyHeaderResult.Invalid, Parse(Encoding.ASCII.GetBytes(line.Insert(20, "x"))));
        Assert.Equal(ProxyHeaderResult.NeedMore, Parse(Encoding.ASCII.GetBytes(line[..106])));
    }

    [Theory]
    [InlineData("2111000C" + Addresses4, "1.2.3.4:1111", "5.6.7.8:2222")]
    [InlineData(
        "21210024 20010DB8000000000000000000000001 20010DB8000000000000000000000002 045708AE",
        "2001:db8::1:1111", "2001:db8::2:2222")]
    [InlineData("20000000", "-:0", "-:0")]
    [InlineData("2011000C" + Addresses4, "-:0", "-:0")]
    [InlineData("20FF0003 787978", "-:0", "-:0")]
    public void A_block_of_version_2_gives_both_endpoints(string block, string source, string destination)
    {
        byte[] received = FromHex(block + "58");
        Assert.Equal(ProxyHeaderResult.Ok, ProxyHeaderParser.Parse(received, 16384, out ProxyHeader header));
        Assert.Equal(received.Length - 1, header.LengthBytes);
        Assert.Equal(2, header.Version);
        Assert.Equal(source, header.Source.ToString());
        Assert.Equal(destination, header.Destination.ToString());
        Assert.Equal(block.StartsWith("20", StringComparison.Ordinal), header.Command == ProxyCommand.Local);
    }

    [Theory]
    [InlineData("2112000C" + Addresses4)] // UDP
    [InlineData("21000000")] // PROXY without a family
    [InlineData("2141000C" + Addresses4)]
    [InlineData("2211000C" + Addresses4)] // command 2
    [InlineData("2111000B 01020304050607080457AE")]
    [InlineData("21310000")]
    [InlineData("2111000D" + Addresses4 + "04")] // half a TLV
    [InlineData("21110011" + Addresses4 + "E200056162")]
    [InlineData("21110012" + Addresses4 + "030003616263")] // a checksum of three bytes
    [InlineData("21110013" + Addresses4 + "030004D17A2C96")] // a wrong checksum
    [InlineData("20000007 030004A9B87E8E")]
    public void A_wrong_block_is_invalid(string block) =>
        Assert.Equal(ProxyHeaderResult.Invalid, Parse(FromHex(block)));

    [Theory]
    [InlineData("1111000C" + Addresses4)]
    [InlineData("3111000C" + Addresses4)]
    public void Another_version_is_no_header(string block) =>
        Assert.Equal(ProxyHeaderResult.NotProxyHeader, Parse(FromHex(block)));

    [Fact]
    public void Unix_names_are_given_without_their_padding()
    {
        byte[] received = FromHex("213100D8" + Field("2F737263") + Field("0064737400"));
        Assert.Equal(ProxyHeaderResult.Ok, ProxyHeaderParser.Parse(received, 16384, out ProxyHeader header));
        Assert.Equal(AddressFamily.Unix, header.Source.Family);
        Assert.Equal(AddressFamily.AbstractUnix, header.Destination.Family);
        Assert.Equal("/src"u8.ToArray(), header.SourcePath.ToArray());
        Assert.Equal("\0dst"u8.ToArray(), header.DestinationPath.ToArray());

        static string Field(string hex) => hex.PadRight(216, '0');
    }

    // Sent by HAProxy 3.5-dev5 as "send-proxy-v2 proxy-v2-options crc32c,unique-id,authority set-proxy-v2-tlv-fmt(0xE1)
    // %[str(hello)]" for a client announced as 1.2.3.4.
    [Fact]
    public void The_tlvs_of_a_real_header_are_found()
    {
        byte[] received = Convert.FromHexString(
            "0d0a0d0a000d0a515549540a211100370102030405060708045708aee1000568656c6c6f0300041ea987d302000b736e692e6578"
            + "616d706c6505000b7569642d312e322e332e34");
        Assert.Equal(ProxyHeaderResult.Ok, ProxyHeaderParser.Parse(received, 16384, out ProxyHeader header));
        Assert.Equal("1.2.3.4:1111", header.Source.ToString());
        Assert.True(header.TryFindTlv((ProxyTlvType)0xE1, out ReadOnlySpan<byte> custom));
        Assert.Equal("hello"u8.ToArray(), custom.ToArray());
        Assert.True(header.TryFindTlv(ProxyTlvType.Authority, out ReadOnlySpan<byte> authority));
        Assert.Equal("sni.example"u8.ToArray(), authority.ToArray());
        Assert.True(header.TryFindTlv(ProxyTlvType.UniqueId, out ReadOnlySpan<byte> uniqueId));
        Assert.Equal("uid-1.2.3.4"u8.ToArray(), uniqueId.ToArray());
        Assert.False(header.TryFindTlv(ProxyTlvType.Alpn, out _));

        // Every other bit flip is noticed; one in the checksum's type leaves a header without checksum.
        const int ChecksumType = 16 + 12 + 8;
        for (int index = 16; index < received.Length; index++)
        {
            if (index == ChecksumType) continue;
            received[index] ^= 1;
            Assert.Equal(ProxyHeaderResult.Invalid, Parse(received));
            received[index] ^= 1;
        }
    }

    [Fact]
    public void Long_names_are_refused()
    {
        Assert.Equal(ProxyHeaderResult.Ok, Parse(WithTlv(5, 128)));
        Assert.Equal(ProxyHeaderResult.Invalid, Parse(WithTlv(5, 129)));
        Assert.Equal(ProxyHeaderResult.Ok, Parse(WithTlv(2, 255)));
        Assert.Equal(ProxyHeaderResult.Invalid, Parse(WithTlv(2, 256)));

        static byte[] WithTlv(byte type, int length) => FromHex(
            $"2111{15 + length:X4}{Addresses4}{type:X2}{length:X4}{string.Concat(Enumerable.Repeat("61", length))}");
    }

    [Fact]
    public void A_header_beyond_the_receivers_limit_is_refused_before_it_arrives()
    {
        byte[] start = FromHex("2111FFFF");
        Assert.Equal(ProxyHeaderResult.NeedMore, ProxyHeaderParser.Parse(start, 65551, out _));
        Assert.Equal(ProxyHeaderResult.Invalid, ProxyHeaderParser.Parse(start, 65550, out _));
    }

    [Fact]
    public void However_the_bytes_are_split_the_answer_is_the_same() => HeaderBytes.Sample(received =>
    {
        ProxyHeaderResult whole = ProxyHeaderParser.Parse(received, 4096, out ProxyHeader expected);
        for (int length = 0; length <= received.Length; length++)
        {
            ProxyHeaderResult part = ProxyHeaderParser.Parse(received.AsSpan(0, length), 4096, out ProxyHeader header);
            if (part == ProxyHeaderResult.NeedMore)
            {
                Assert.True(whole != ProxyHeaderResult.Ok || length < expected.LengthBytes);
                continue;
            }

            // Once decided, more bytes change nothing.
            Assert.Equal(whole, part);
            if (part != ProxyHeaderResult.Ok) continue;
            Assert.Equal(expected.LengthBytes, header.LengthBytes);
            Assert.Equal(expected.Source, header.Source);
            Assert.True(length >= header.LengthBytes);
        }
    });

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Byte.Array[0, 300].Sample(received => { ProxyHeaderParser.Parse(received, 4096, out _); });

    // Real beginnings with wrong ends, so that random input gets beyond the signature.
    private static Gen<byte[]> HeaderBytes => Gen.OneOf(
        Gen.String[Gen.Char["TCPUNKOW46 :.0123456789af\r\n"], 0, 110].Select(rest => Encoding.ASCII.GetBytes("PROXY " + rest)),
        Gen.Select(
            Pick("PROXY TCP4 1.2.3.4 5.6.7.8 1 2", "PROXY TCP6 ::1 ::2 1 2", "PROXY UNKNOWN"),
            Pick("\r\n", "\n", "\r", "\r\nmore", " \r\n"),
            (line, end) => Encoding.ASCII.GetBytes(line + end)),
        Gen.Select(
            Pick<byte>(0x20, 0x21, 0x22, 0x10), Pick<byte>(0, 0x11, 0x21, 0x31, 0x12), Gen.Int[0, 260],
            Gen.Frequency((2, Gen.Const((byte)0)), (1, Gen.Byte[0, 5]), (1, Gen.Byte)).Array[0, 300],
            (command, family, length, rest) =>
                (byte[])[.. Convert.FromHexString(Signature), command, family, (byte)(length >> 8), (byte)length, .. rest]));

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static ProxyHeaderResult Parse(ReadOnlySpan<byte> received) =>
        ProxyHeaderParser.Parse(received, 16384, out _);

    private static byte[] FromHex(string block) =>
        Convert.FromHexString(Signature + block.Replace(" ", "", StringComparison.Ordinal));
}
