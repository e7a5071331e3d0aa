using System;
using System.Text;
using CsCheck;
using Hawser.Base.Network;
using Xunit;

namespace Hawser.Tests.Base.Network;

public class NetworkAddressTests
{
    // The right-hand sides are what inet_pton(3) followed by inet_ntop(3) of glibc 2.36 gives.
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("::", "::")]
    [InlineData("::1", "::1")]
    [InlineData("1::", "1::")]
    [InlineData("0:0:0:0:0:0:0:1", "::1")]
    [InlineData("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1")]
    [InlineData("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1")]
    [InlineData("2001:0:0:1::1", "2001:0:0:1::1")]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("::ffff:c000:201", "::ffff:192.0.2.1")]
    [InlineData("::192.0.2.1", "::192.0.2.1")]
    [InlineData("::1:2", "::0.1.0.2")]
    [InlineData("64:ff9b::192.0.2.33", "64:ff9b::c000:221")]
    [InlineData("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0")]
    [InlineData("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304")]
    [InlineData("fe80::0204:61ff:fe9d:f156", "fe80::204:61ff:fe9d:f156")]
    public void A_literal_is_printed_in_its_canonical_form(string literal, string canonical)
    {
        Assert.True(NetworkAddress.TryParse(literal, out NetworkAddress address));
        Assert.Equal(canonical, AddressTextOf(address));
        Assert.True(NetworkAddress.TryParse(canonical, out NetworkAddress again));
        Assert.Equal(address, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.4 ")]
    [InlineData("01.2.3.4")]
    [InlineData("1.2.3.256")]
    [InlineData("1..3.4")]
    [InlineData("1.2.3.")]
    [InlineData("0x7f.0.0.1")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1:")]
    [InlineData(":1")]
    [InlineData("1::2::3")]
    [InlineData("12345::")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("::1.2.3.4:1")]
    [InlineData("::1.2.3")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("localhost")]
    [InlineData("::１")]
    public void Anything_else_is_no_literal(string text) => Assert.False(NetworkAddress.TryParse(text, out _));

    [Fact]
    public void Ports_and_unix_sockets_look_as_in_a_log_line()
    {
        Assert.Equal("192.0.2.1:80", NetworkAddress.FromIPv4(0xC0000201, 80).ToString());
        Assert.True(NetworkAddress.TryParse("2001:db8::1", out NetworkAddress address));
        Assert.Equal("2001:db8::1:443", address.WithPort(443).ToString());
        Assert.Equal("unix:3", NetworkAddress.FromUnix(3).ToString());
        Assert.Equal("unix:4294967295", NetworkAddress.FromUnix(uint.MaxValue, isAbstract: true).ToString());
        Assert.Equal("-:0", default(NetworkAddress).ToString());
        Assert.Equal("::ffff:192.0.2.1:80", NetworkAddress.FromIPv4(0xC0000201, 80).ToIPv6().ToString());
    }

    [Fact]
    public void Without_room_nothing_is_written()
    {
        NetworkAddress address = NetworkAddress.FromIPv4(0xC0000201, 65535);
        for (int room = 0; room < "192.0.2.1:65535".Length; room++)
        {
            byte[] destination = new byte[room];
            Assert.False(address.TryFormat(destination, out int written));
            Assert.Equal(0, written);
        }
    }

    [Fact]
    public void Family_address_and_port_all_decide_equality()
    {
        NetworkAddress first = NetworkAddress.FromIPv4(0x01020304, 80);
        Assert.Equal(first, NetworkAddress.FromIPv4([1, 2, 3, 4], 80));
        Assert.Equal(first.GetHashCode(), NetworkAddress.FromIPv4([1, 2, 3, 4], 80).GetHashCode());
        Assert.NotEqual(first, first.WithPort(81));
        Assert.True(first.HasSameAddress(first.WithPort(81)));
        Assert.NotEqual(NetworkAddress.FromUnix(1), NetworkAddress.FromUnix(1, isAbstract: true));
        Assert.False(first.HasSameAddress(NetworkAddress.FromUnix(0x01020304)));
        Assert.True(NetworkAddress.FromIPv4(0, 80).IsAnyAddress);
        Assert.False(NetworkAddress.FromUnix(0).IsAnyAddress);
    }

    [Fact]
    public void Every_address_survives_its_text()
    {
        // Zeroes are made frequent, since the gap is where the text forms differ.
        Gen<byte[]> bytes = Gen.Frequency((3, Gen.Const((byte)0)), (1, Gen.Byte)).Array[16];
        bytes.Sample(value =>
        {
            NetworkAddress address = NetworkAddress.FromIPv6(value, 7);
            string text = AddressTextOf(address);
            Assert.Equal(new System.Net.IPAddress(value), System.Net.IPAddress.Parse(text));
            Assert.True(NetworkAddress.TryParse(text, out NetworkAddress parsed));
            Assert.Equal(address, parsed.WithPort(7));
        });
    }

    [Fact]
    public void Random_text_never_throws() =>
        Gen.String[Gen.Char["0123456789abcdef:.%"], 0, 50].Sample(text => { NetworkAddress.TryParse(text, out _); });

    private static string AddressTextOf(NetworkAddress address)
    {
        Span<byte> text = stackalloc byte[NetworkAddress.MaxTextBytes];
        Assert.True(address.TryFormatAddress(text, out int written));
        return Encoding.ASCII.GetString(text[..written]);
    }
}
