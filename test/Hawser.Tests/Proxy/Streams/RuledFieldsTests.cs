using System;
using System.Runtime.InteropServices;
using System.Text;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Streams.Http;
using Xunit;

namespace Hawser.Tests.Proxy.Streams;

/// <summary>Whatever rules do with the fields of the protocol, a message does not lie about its own end.</summary>
public sealed unsafe class RuledFieldsTests : IDisposable
{
    private const int BlockBytes = 2048;

    private readonly byte* _block = (byte*)NativeMemory.Alloc(BlockBytes);

    public void Dispose() => NativeMemory.Free(_block);

    [Theory]
    [InlineData("content-length", "5")]
    [InlineData("content-length", "")]
    [InlineData("content-length", "5, 6")]
    [InlineData("transfer-encoding", "chunked")]
    public void A_length_that_a_rule_has_written_is_put_right(string name, string value)
    {
        HttpMessage message = Read("POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 3\r\n\r\n", isRequest: true);
        Put(message, name, value);
        Assert.Equal("POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 3\r\n\r\n", Settled(message, out _));
    }

    [Fact]
    public void A_length_that_a_rule_has_taken_away_comes_back()
    {
        HttpMessage message = Read("HTTP/1.1 200 OK\r\ncontent-length: 3\r\nx: y\r\n\r\n", isRequest: false);
        Remove(message, FieldName.ContentLength);
        Assert.Equal("HTTP/1.1 200 OK\r\nx: y\r\ncontent-length: 3\r\n\r\n", Settled(message, out _));
    }

    [Fact]
    public void Chunks_are_named_once_and_without_a_length()
    {
        HttpMessage message = Read("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", isRequest: false);
        Put(message, "content-length", "7");
        Put(message, "transfer-encoding", "gzip");
        Assert.Equal("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", Settled(message, out _));
    }

    [Fact]
    public void A_request_without_a_body_gets_no_length_from_a_rule()
    {
        HttpMessage message = Read("GET / HTTP/1.1\r\nhost: h\r\n\r\n", isRequest: true);
        Put(message, "content-length", "7");
        Assert.Equal("GET / HTTP/1.1\r\nhost: h\r\n\r\n", Settled(message, out _));
    }

    [Fact]
    public void Close_of_a_rule_is_meant()
    {
        HttpMessage message = Read("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n", isRequest: false);
        Put(message, "connection", "close, foo");
        Assert.Equal("HTTP/1.1 200 OK\r\ncontent-length: 3\r\nconnection: foo\r\n\r\n", Settled(message, out bool closes));
        Assert.True(closes);
    }

    [Fact]
    public void Without_room_for_the_field_it_is_said()
    {
        HttpMessage message = Read("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n", isRequest: false);
        while (message.TryAdd("x"u8, "0123456789"u8))
        {
        }

        Remove(message, FieldName.ContentLength);
        Assert.False(RuledFields.TrySettle(message, out _));
    }

    private HttpMessage Read(string text, bool isRequest)
    {
        HttpMessage message = new(fieldsMaximum: 400);
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        bytes.CopyTo(new Span<byte>(_block, BlockBytes));
        message.Begin(_block, BlockBytes, isRequest);
        Http1HeadParser parser = new(message, Http1Leniency.Strict);
        Assert.Equal(Http1Result.Complete, parser.Parse(bytes.Length));
        return message;
    }

    private static void Put(HttpMessage message, string name, string value)
    {
        FieldName known = FieldNames.Find(Encoding.ASCII.GetBytes(name));
        Rewriting.Touched(message, known);
        message.Remove(known);
        Assert.True(message.TryAdd(Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(value)));
    }

    private static void Remove(HttpMessage message, FieldName name)
    {
        Rewriting.Touched(message, name);
        message.Remove(name);
    }

    private static string Settled(HttpMessage message, out bool closes)
    {
        Assert.True(RuledFields.TrySettle(message, out closes));
        byte[] output = new byte[BlockBytes];
        Assert.True(Http1HeadWriter.TryWrite(message, output, withEnd: true, out int written));
        return Encoding.ASCII.GetString(output, 0, written);
    }
}
