using System;
using System.Text;
using Hawser.Protocols.Http1;
using Xunit;

namespace Hawser.Tests.Protocols.Http1;

/// <summary>RFC 9112 section 7.1, as strictly as HAProxy.</summary>
public sealed class ChunkReaderTests
{
    [Theory]
    [InlineData("1\r\nx\r\n0\r\n", ChunkStep.Trailers, Http1Error.None)]
    [InlineData("1\r\nxy\n0\r\n", ChunkStep.Invalid, Http1Error.ChunkEnd)]
    [InlineData("1\r\nx\n", ChunkStep.Invalid, Http1Error.ChunkEnd)]
    [InlineData("1\r\nx\r\r", ChunkStep.Invalid, Http1Error.ChunkEnd)]
    [InlineData("1\n", ChunkStep.Invalid, Http1Error.ChunkSize)]
    [InlineData("1\rx", ChunkStep.Invalid, Http1Error.ChunkSize)]
    public void Data_ends_with_carriage_return_and_line_feed(string text, ChunkStep expected, Http1Error error)
    {
        ChunkReader reader = default;
        Assert.Equal(expected, reader.Filter(Encoding.ASCII.GetBytes(text), out _, out _, out _));
        Assert.Equal(error, reader.Error);
    }

    [Fact]
    public void The_length_of_a_line_is_bounded_chunk_by_chunk()
    {
        ChunkReader reader = default;
        string chunk = $"1;{new string('e', 10_000)}\r\nx\r\n";
        for (int number = 0; number < 3; number++)
            Assert.Equal(ChunkStep.NeedMore, reader.Filter(Encoding.ASCII.GetBytes(chunk), out _, out _, out _));
        string endless = $"1;{new string('e', 20_000)}";
        Assert.Equal(ChunkStep.Invalid, reader.Filter(Encoding.ASCII.GetBytes(endless), out _, out _, out _));
        Assert.Equal(Http1Error.ChunkExtension, reader.Error);
    }
}
