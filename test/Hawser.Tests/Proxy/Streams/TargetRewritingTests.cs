using System;
using System.Runtime.InteropServices;
using System.Text;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Streams.Http;
using Xunit;

namespace Hawser.Tests.Proxy.Streams;

/// <summary>What rules make of a target; as HAProxy 3.5 was seen to do it.</summary>
public sealed unsafe class TargetRewritingTests : IDisposable
{
    private const int BlockBytes = 1024;

    private readonly byte* _block = (byte*)NativeMemory.Alloc(BlockBytes);

    public void Dispose() => NativeMemory.Free(_block);

    [Theory]
    [InlineData("GET /x?q=1", TargetPart.Path, "/n", "GET /n?q=1 host: h")]
    [InlineData("GET http://h/x?q", TargetPart.Path, "/n", "GET http://h/n?q host: h")]
    [InlineData("GET http://h", TargetPart.Path, "/n", "GET http://h/n host: h")]
    [InlineData("GET http://h?q", TargetPart.Path, "/n", "GET http://h/n?q host: h")]
    [InlineData("OPTIONS *", TargetPart.Path, "/n", "OPTIONS /n host: h")]
    [InlineData("GET /x?q", TargetPart.PathAndQuery, "/n?z", "GET /n?z host: h")]
    [InlineData("GET /x?q", TargetPart.Query, "a=b", "GET /x?a=b host: h")]
    [InlineData("GET /x?q", TargetPart.Query, "", "GET /x? host: h")]
    [InlineData("GET /x", TargetPart.Query, "", "GET /x host: h")]
    [InlineData("GET http://h", TargetPart.Query, "a", "GET http://h/?a host: h")]
    [InlineData("OPTIONS *", TargetPart.Query, "a=b", "OPTIONS *?a=b host: h")]
    [InlineData("GET /x?q", TargetPart.Whole, "http://u@other:90/p", "GET http://u@other:90/p host: other:90")]
    [InlineData("GET http://h/x", TargetPart.Whole, "/p", "GET /p host: h")]
    public void A_part_of_the_target_is_replaced(string request, TargetPart part, string value, string expected)
    {
        HttpMessage message = Read(request);
        Assert.True(TargetRewriting.TryPut(message, part, Encoding.ASCII.GetBytes(value), new byte[256]));
        Assert.Equal(expected, Written(message));
    }

    [Fact]
    public void An_empty_target_is_refused()
    {
        HttpMessage message = Read("GET /x");
        Assert.False(TargetRewriting.TryPut(message, TargetPart.Whole, default, new byte[256]));
        Assert.Equal("GET /x host: h", Written(message));
    }

    [Fact]
    public void Without_room_nothing_changes()
    {
        HttpMessage message = Read("GET /x?q");
        Assert.False(TargetRewriting.TryPut(message, TargetPart.Path, "/long"u8, new byte[4]));
        Assert.False(TargetRewriting.TryPut(message, TargetPart.Path, new byte[BlockBytes], new byte[2 * BlockBytes]));
        Assert.Equal("GET /x?q host: h", Written(message));
    }

    [Theory]
    [InlineData("GET http://h:81/x?y", "other:8080", "GET http://other:8080/x?y host: h")]
    [InlineData("GET /x", "other", "GET /x host: h")]
    public void An_absolute_target_follows_host(string request, string host, string expected)
    {
        HttpMessage message = Read(request.Replace("h:81", "h", StringComparison.Ordinal));
        Assert.True(HostAgreement.TryFollowHost(message, Encoding.ASCII.GetBytes(host), new byte[256]));
        Assert.Equal(expected, Written(message));
    }

    private HttpMessage Read(string request)
    {
        HttpMessage message = new(fieldsMaximum: 20);
        byte[] bytes = Encoding.ASCII.GetBytes($"{request} HTTP/1.1\r\nhost: h\r\n\r\n");
        bytes.CopyTo(new Span<byte>(_block, BlockBytes));
        message.Begin(_block, BlockBytes, isRequest: true);
        Http1HeadParser parser = new(message, Http1Leniency.Strict);
        Assert.Equal(Http1Result.Complete, parser.Parse(bytes.Length));
        return message;
    }

    private static string Written(HttpMessage message)
    {
        byte[] output = new byte[BlockBytes];
        Assert.True(Http1HeadWriter.TryWrite(message, output, withEnd: false, out int written));
        return Encoding.ASCII.GetString(output, 0, written).Replace(" HTTP/1.1\r\n", " ", StringComparison.Ordinal).TrimEnd();
    }
}
