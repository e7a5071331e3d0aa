using System;
using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Hawser.Protocols.Tls;
using Xunit;

namespace Hawser.Tests.Protocols.Tls;

public sealed class ClientHelloTests
{
    /// <summary>Of openssl, TLS 1.2: two.example, ALPN h2 and http/1.1.</summary>
    private static readonly byte[] s_hello = Convert.FromHexString(
        "16030100a9010000a503032911df00b22ccf9be014e83bb4c938ab1fc1f4f622fb0ce0fbe985ababa5a23b000004c02f00ff0100007800"
        + "000010000e00000b74776f2e6578616d706c65000b000403000102000a000c000a001d0017001e00190018002300000010000e000c0268"
        + "3208687474702f312e310016000000170000000d002a0028040305030603080708080809080a080b080408050806040105010601030303"
        + "010302040205020602");

    [Fact]
    public void What_the_client_says_is_read()
    {
        Assert.Equal(HelloResult.Ok, ClientHello.TryParse(s_hello, out ClientHello hello));
        Assert.True(hello.TryServerName(out ReadOnlySpan<byte> name));
        Assert.True(hello.TryFirstProtocol(out ReadOnlySpan<byte> protocol));
        Assert.Equal(("two.example", "h2"), (Encoding.ASCII.GetString(name), Encoding.ASCII.GetString(protocol)));
        Assert.Equal(0x0303, hello.LegacyVersion);
        Assert.Equal("C02F00FF", Convert.ToHexString(hello.CipherSuites));
        Assert.True(hello.TryFind(TlsExtension.SessionTicket, out ReadOnlySpan<byte> ticket));
        Assert.True(ticket.IsEmpty);
        Assert.False(hello.TryFind(TlsExtension.KeyShare, out _));
    }

    [Fact]
    public void A_part_of_one_asks_for_more()
    {
        for (int length = 0; length < s_hello.Length; length++)
            Assert.Equal(HelloResult.NeedMore, ClientHello.TryParse(s_hello.AsSpan(0, length), out _));
    }

    [Theory]
    [InlineData("474554")]
    [InlineData("1502")]
    [InlineData("160301000402")]
    public void Something_else_is_told_at_its_first_wrong_byte(string hex) =>
        Assert.Equal(HelloResult.NotTls, ClientHello.TryParse(Convert.FromHexString(hex), out _));

    /// <summary>What HAProxy 3.5-dev5 says of each, by "req.ssl_ver".</summary>
    [Theory]
    [InlineData(0x0301, 21, 0, 16, 0, HelloResult.Ok)]
    [InlineData(0x0002, 0, 16, 32, 0, HelloResult.Ok)]
    [InlineData(0x0301, 21, 0, 8, 0, HelloResult.NotTls)]
    [InlineData(0x0301, 21, 0, 33, 0, HelloResult.NotTls)]
    [InlineData(0x0301, 21, 5, 16, 0, HelloResult.NotTls)]
    [InlineData(0x0301, 20, 0, 16, 0, HelloResult.NotTls)]
    [InlineData(0x0301, 21, 0, 16, 1, HelloResult.NotTls)]
    [InlineData(0x0301, 21, 0, 16, -1, HelloResult.NotTls)]
    public void A_hello_in_the_form_of_SSL2_says_its_version(int version, int ciphers, int session, int challenge, int tooLong, HelloResult expected)
    {
        byte[] hello = new byte[11 + ciphers + session + challenge];
        BinaryPrimitives.WriteUInt16BigEndian(hello, (ushort)(0x8000 + hello.Length - 2 + tooLong));
        hello[2] = 1;
        int at = 3;
        foreach (int value in (int[])[version, ciphers, session, challenge])
        {
            BinaryPrimitives.WriteUInt16BigEndian(hello.AsSpan(at), (ushort)value);
            at += 2;
        }

        Assert.Equal(expected, ClientHello.TryOldVersion(hello, out int found));
        if (expected == HelloResult.NotTls) return;
        Assert.Equal(version, found);
        for (int length = 0; length < hello.Length; length++)
            Assert.Equal(HelloResult.NeedMore, ClientHello.TryOldVersion(hello.AsSpan(0, length), out _));
    }

    [Fact]
    public void Broken_ones_are_read_within_their_bounds()
    {
        Gen.Select(Gen.Int[0, s_hello.Length - 1].Array[1, 6], Gen.Byte.Array[1, 6], Gen.Int[0, s_hello.Length])
            .Sample((places, values, length) =>
            {
                byte[] broken = s_hello[..length];
                for (int index = 0; index < Math.Min(places.Length, values.Length); index++)
                {
                    if (places[index] < broken.Length) broken[places[index]] = values[index];
                }

                _ = ClientHello.TryOldVersion(broken, out _);
                if (ClientHello.TryParse(broken, out ClientHello hello) != HelloResult.Ok) return;
                _ = hello.TryServerName(out _);
                _ = hello.TryFirstProtocol(out _);
                _ = hello.TryFind(TlsExtension.KeyShare, out _);
            });
    }
}
