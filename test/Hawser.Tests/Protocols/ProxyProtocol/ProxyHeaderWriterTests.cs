using System;
using System.Text;
using CsCheck;
using Hawser.Base.Network;
using Hawser.Protocols.ProxyProtocol;
using Xunit;

namespace Hawser.Tests.Protocols.ProxyProtocol;

public class ProxyHeaderWriterTests
{
    // All expected bytes were sent by HAProxy 3.5-dev5 (2.6.12 sends the same but for custom TLVs).
    [Theory]
    [InlineData("127.0.0.1", 35364, "127.0.0.1", 55867, "PROXY TCP4 127.0.0.1 127.0.0.1 35364 55867\r\n")]
    [InlineData("::1", 49456, "::1", 56285, "PROXY TCP6 ::1 ::1 49456 56285\r\n")]
    [InlineData("2001:db8::9", 57830, "127.0.0.1", 37437, "PROXY TCP6 2001:db8::9 ::ffff:127.0.0.1 57830 37437\r\n")]
    [InlineData("9.8.7.6", 42170, "::1", 47887, "PROXY TCP6 ::ffff:9.8.7.6 ::1 42170 47887\r\n")]
    [InlineData("unix", 0, "unix", 0, "PROXY UNKNOWN\r\n")]
    public void Version_1_is_the_line_haproxy_sends(
        string source, int sourcePort, string destination, int destinationPort, string expected)
    {
        byte[] room = new byte[ProxyVersion1.MaxHeaderBytes];
        Assert.True(ProxyVersion1.TryWrite(
            Address(source, sourcePort), Address(destination, destinationPort), room, out int written));
        Assert.Equal(expected, Encoding.ASCII.GetString(room, 0, written));
        for (int size = 0; size < written; size++)
        {
            Assert.False(ProxyVersion1.TryWrite(
                Address(source, sourcePort), Address(destination, destinationPort), room.AsSpan(0, size), out int none));
            Assert.Equal(0, none);
        }
    }

    [Theory]
    [InlineData("127.0.0.1", 58618, "127.0.0.1", 60129, false, "", "", "",
        "0d0a0d0a000d0a515549540a2111000c7f0000017f000001e4faeae1")]
    [InlineData("::1", 42248, "::1", 40519, false, "", "", "",
        "0d0a0d0a000d0a515549540a212100240000000000000000000000000000000100000000000000000000000000000001a5089e47")]
    [InlineData("2001:db8::9", 47394, "127.0.0.1", 52935, false, "", "", "",
        "0d0a0d0a000d0a515549540a2121002420010db800000000000000000000000900000000000000000000ffff7f000001b922cec7")]
    [InlineData("9.8.7.6", 49498, "::1", 34711, false, "", "", "",
        "0d0a0d0a000d0a515549540a2121002400000000000000000000ffff0908070600000000000000000000000000000001c15a8797")]
    [InlineData("unix", 0, "unix", 0, false, "", "", "", "0d0a0d0a000d0a515549540a20000000")]
    [InlineData("unix", 0, "unix", 0, true, "", "", "", "0d0a0d0a000d0a515549540a20000007030004a9b87e8f")]
    [InlineData("unix", 0, "unix", 0, true, "", "", "uid-unix",
        "0d0a0d0a000d0a515549540a20000012030004d1c919ac0500087569642d756e6978")]
    [InlineData("127.0.0.1", 48740, "127.0.0.1", 35203, true, "", "", "",
        "0d0a0d0a000d0a515549540a211100137f0000017f000001be648983030004657fc941")]
    [InlineData("1.2.3.4", 1111, "5.6.7.8", 2222, true, "e1000568656c6c6f", "sni.example", "uid-1.2.3.4",
        "0d0a0d0a000d0a515549540a211100370102030405060708045708aee1000568656c6c6f0300041ea987d302000b736e692e6578616d70"
        + "6c6505000b7569642d312e322e332e34")]
    public void Version_2_is_the_header_haproxy_sends(
        string source, int sourcePort, string destination, int destinationPort,
        bool hasChecksum, string customHex, string authority, string uniqueId, string expectedHex)
    {
        ProxyVersion2Options options = new()
        {
            HasChecksum = hasChecksum,
            CustomTlvs = Convert.FromHexString(customHex),
            Authority = Encoding.ASCII.GetBytes(authority),
            UniqueId = Encoding.ASCII.GetBytes(uniqueId),
        };
        byte[] room = new byte[536];
        Assert.True(ProxyVersion2Writer.TryWrite(
            Address(source, sourcePort), Address(destination, destinationPort), options, room, out int written));
        Assert.Equal(expectedHex, Convert.ToHexStringLower(room, 0, written));
        for (int size = 0; size < written; size++)
        {
            Assert.False(ProxyVersion2Writer.TryWrite(
                Address(source, sourcePort), Address(destination, destinationPort), options, room.AsSpan(0, size), out _));
        }
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        Gen<NetworkAddress> address = Gen.Select(Gen.Bool, Gen.Byte.Array[16], Gen.UShort, (isIPv4, bytes, port) =>
            isIPv4 ? NetworkAddress.FromIPv4(bytes.AsSpan(0, 4), port) : NetworkAddress.FromIPv6(bytes, port));
        Gen.Select(address, address, Gen.Bool, Gen.Byte.Array[0, 255], Gen.Byte.Array[0, 128]).Sample(
            (source, destination, hasChecksum, authority, uniqueId) =>
            {
                bool isIPv4 = source.Family == AddressFamily.IPv4 && destination.Family == AddressFamily.IPv4;
                NetworkAddress expectedSource = isIPv4 ? source : source.ToIPv6();
                NetworkAddress expectedDestination = isIPv4 ? destination : destination.ToIPv6();
                byte[] room = new byte[1024];
                Assert.True(ProxyVersion1.TryWrite(source, destination, room, out int written));
                Assert.Equal(ProxyHeaderResult.Ok, ProxyHeaderParser.Parse(room, 1024, out ProxyHeader header));
                Assert.Equal(written, header.LengthBytes);
                Assert.Equal(expectedSource, header.Source);
                Assert.Equal(expectedDestination, header.Destination);

                ProxyVersion2Options options = new() { HasChecksum = hasChecksum, Authority = authority, UniqueId = uniqueId };
                Assert.True(ProxyVersion2Writer.TryWrite(source, destination, options, room, out written));
                Assert.Equal(ProxyHeaderResult.Ok, ProxyHeaderParser.Parse(room, 1024, out header));
                Assert.Equal(written, header.LengthBytes);
                Assert.Equal(expectedSource, header.Source);
                Assert.Equal(expectedDestination, header.Destination);
                Assert.Equal(hasChecksum, header.TryFindTlv(ProxyTlvType.Crc32C, out _));
                Assert.Equal(authority.Length > 0, header.TryFindTlv(ProxyTlvType.Authority, out ReadOnlySpan<byte> value));
                Assert.Equal(authority, value.ToArray());
                Assert.Equal(uniqueId.Length > 0, header.TryFindTlv(ProxyTlvType.UniqueId, out value));
                Assert.Equal(uniqueId, value.ToArray());
            });
    }

    private static NetworkAddress Address(string text, int port)
    {
        if (text == "unix") return NetworkAddress.FromUnix(1);
        Assert.True(NetworkAddress.TryParse(text, out NetworkAddress address));
        return address.WithPort((ushort)port);
    }
}
