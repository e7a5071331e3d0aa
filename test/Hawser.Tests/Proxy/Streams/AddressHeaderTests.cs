using System;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Hawser.Base.Network;
using Hawser.Config.Model;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Streams.Http;
using Xunit;

namespace Hawser.Tests.Proxy.Streams;

/// <summary>"option forwardfor" of a frontend and of its backend together (manual, section 4.2).</summary>
public sealed unsafe class AddressHeaderTests : IDisposable
{
    private const int BlockBytes = 1024;

    private static readonly NetworkConfig s_clients = new(IPAddress.Parse("10.1.0.0"), IPAddress.Parse("255.255.0.0"));

    private readonly byte* _block = (byte*)NativeMemory.Alloc(BlockBytes);

    public void Dispose() => NativeMemory.Free(_block);

    [Theory]
    [InlineData(false, false, 2)]
    [InlineData(true, false, 2)]
    [InlineData(false, true, 2)]
    [InlineData(true, true, 1)]
    public void If_none_counts_only_where_both_say_it(bool isOfFront, bool isOfBack, int expected)
    {
        AddressHeaderConfig front = new() { IfNone = isOfFront };
        AddressHeaderConfig back = new() { IfNone = isOfBack };
        Assert.Equal(expected, Fields(Added(front, back, "x-forwarded-for: 9.9.9.9\r\n"), "x-forwarded-for").Length);
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void Either_of_them_can_except_an_address(bool isOfFront, bool isOfBack, bool isAdded)
    {
        AddressHeaderConfig front = new() { ExceptIPv4 = isOfFront ? s_clients : null };
        AddressHeaderConfig back = new() { ExceptIPv4 = isOfBack ? s_clients : null };
        Assert.Equal(isAdded ? ["10.1.2.3"] : [], Fields(Added(front, back, ""), "x-forwarded-for"));
    }

    [Fact]
    public void The_name_of_the_backend_goes_before_that_of_the_frontend()
    {
        HttpMessage message = Added(new AddressHeaderConfig { Header = "X-Front" }, new AddressHeaderConfig { Header = "X-Back" }, "");
        Assert.Equal(["10.1.2.3"], Fields(message, "x-back"));
        Assert.Empty(Fields(message, "x-front"));
    }

    private HttpMessage Added(AddressHeaderConfig front, AddressHeaderConfig back, string fields)
    {
        byte[] bytes = Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nhost: h\r\n{fields}\r\n");
        bytes.CopyTo(new Span<byte>(_block, BlockBytes));
        HttpMessage message = new(fieldsMaximum: 10);
        message.Begin(_block, BlockBytes, isRequest: true);
        Http1HeadParser parser = new(message, Http1Leniency.Strict);
        Assert.Equal(Http1Result.Complete, parser.Parse(bytes.Length));
        NetworkAddress client = NetworkAddress.FromIPv4([10, 1, 2, 3], 1234);
        Assert.True(AddressHeader.TryAdd(new AddressHeader(front, "x-forwarded-for"), new AddressHeader(back, "x-forwarded-for"), message, client));
        return message;
    }

    private static string[] Fields(HttpMessage message, string name)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(name);
        string[] values = [];
        for (int at = message.Find(bytes); at >= 0; at = message.Find(bytes, at + 1))
            values = [.. values, Encoding.ASCII.GetString(message.ValueOf(at))];
        return values;
    }
}
