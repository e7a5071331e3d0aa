using System;
using System.Buffers;
using System.Text;
using Hawser.Proxy.Streams.Http;
using Xunit;

namespace Hawser.Tests.Proxy.Streams;

public sealed class ServiceBufferTests
{
    [Fact]
    public void A_piece_is_a_chunk()
    {
        ServiceBuffer buffer = new();
        buffer.Write("hello, world"u8);
        Assert.Equal("c\r\nhello, world\r\n", Text(buffer, isChunked: true, isLast: false));
        Assert.Equal("c\r\nhello, world\r\n0\r\n\r\n", Text(buffer, isChunked: true, isLast: true));
        Assert.Equal("hello, world", Text(buffer, isChunked: false, isLast: true));
    }

    [Fact]
    public void Nothing_is_no_chunk_which_would_end_the_body()
    {
        ServiceBuffer buffer = new();
        Assert.Equal("", Text(buffer, isChunked: true, isLast: false));
        Assert.Equal("0\r\n\r\n", Text(buffer, isChunked: true, isLast: true));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0x10)]
    [InlineData(0xfff)]
    [InlineData(ServiceBuffer.FullBytes)]
    [InlineData(300_000)]
    public void A_chunk_of_any_length_is_whole(int length)
    {
        ServiceBuffer buffer = new();
        for (int i = 0; i < length; i += 1000) buffer.Write(new byte[int.Min(1000, length - i)]);
        Assert.Equal(length, buffer.Length);
        Assert.Equal(length >= ServiceBuffer.FullBytes, buffer.IsFull);
        string piece = Text(buffer, isChunked: true, isLast: true);
        string size = piece[..piece.IndexOf('\r', StringComparison.Ordinal)];
        Assert.Equal(length, Convert.ToInt32(size, 16));
        Assert.Equal(size.Length + 2 + length + 2 + 5, piece.Length);
    }

    [Fact]
    public void What_was_taken_back_is_not_sent()
    {
        ServiceBuffer buffer = new();
        buffer.Write("head"u8);
        int before = buffer.Length;
        buffer.Write("useless"u8);
        buffer.Truncate(before);
        Assert.Equal("4\r\nhead\r\n", Text(buffer, isChunked: true, isLast: false));
        buffer.Clear();
        Assert.Equal("", Text(buffer, isChunked: false, isLast: false));
    }

    private static string Text(ServiceBuffer buffer, bool isChunked, bool isLast) =>
        Encoding.Latin1.GetString(buffer.Piece(isChunked, isLast).Span);
}
