using System.Text;
using Hawser.Proxy.Actions;
using Xunit;

namespace Hawser.Tests.Proxy.Actions;

/// <summary>Which error files are taken, as HAProxy 3.5 was seen to take and refuse them.</summary>
public sealed class ErrorFileHeadTests
{
    private const int BufferBytes = 16384;

    [Theory]
    [InlineData("HTTP/1.0 503 Service Unavailable\r\nConnection: close\r\n\r\nabc")]
    [InlineData("HTTP/1.0 503 Service Unavailable\nConnection: close\n\nabc\n")]
    [InlineData("HTTP/1.0 404 Not Found\r\n\r\n")]
    [InlineData("HTTP/1.0 503\r\n\r\n")]
    [InlineData("HTTP/1.0 304 X\r\ncontent-length: 3\r\n\r\n")]
    [InlineData("HTTP/1.1 503 X\r\nContent-Length: 3, 3\r\n\r\nabc")]
    [InlineData("HTTP/1.1 503 X\r\nTransfer-Encoding: identity\r\n\r\nabc")]
    [InlineData("HTTP/1.1 503 X\r\nA: b\r\n c\r\n\r\n")]
    [InlineData("HTTP/1.1 503 X\u0001Y\r\nA: b\u0001c\r\n\r\n")]
    [InlineData("RTSP/1.0 503 X\r\n\r\n")]
    [InlineData("\r\nHTTP/1.1\t503  X\r\n\r\n")]
    public void A_response_is_taken(string text) => Assert.Null(ProblemOf(text));

    [Theory]
    [InlineData("<html>hello</html>\n", "unable to parse headers (error offset: 0)")]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "unable to parse headers (error offset: 4)")]
    [InlineData("HTTP/1.0 503 X\r\nA: b", "unable to parse headers (truncated or too long)")]
    [InlineData("HTTP/1.0 5033 X\r\n\r\n", "unable to parse headers (error offset: 12)")]
    [InlineData("HTTP/1.12 503 X\r\n\r\n", "invalid http version (HTTP/1.12)")]
    [InlineData("HTTP/1.0 100 X\r\n\r\n", "invalid http status code for an error message (100)")]
    [InlineData("HTTP/1.0 204 X\r\n\r\nabc", "message payload not expected")]
    [InlineData("HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\nabc", "message payload not expected")]
    [InlineData("HTTP/1.1 503 X\r\nContent-Length: 5\r\n\r\nabc", "payload size does not match the announced content-length (3 != 5)")]
    [InlineData("HTTP/1.1 503 X\r\nTransfer-Encoding: gzip, chunked\r\n\r\nabc", "chunk-encoded payload not supported")]
    [InlineData("HTTP/1.1 503 X\r\nA b: c\r\n\r\n", "unable to parse headers (error offset: 17)")]
    [InlineData("HTTP/1.1 503 X\r\n A: b\r\n\r\n", "unable to parse headers (error offset: 16)")]
    [InlineData("HTTP/1.1 503 X\r\nA: b\0c\r\n\r\n", "unable to parse headers (error offset: 20)")]
    public void What_is_none_is_refused(string text, string problem) => Assert.Equal(problem, ProblemOf(text));

    [Theory]
    [InlineData("", "X", 16287)]
    [InlineData("", "XXXXXXXXXXX", 16277)]
    [InlineData("A: b\r\n", "X", 16277)]
    [InlineData("Abc: bcd\r\n", "X", 16273)]
    [InlineData("A: b\r\nB: c\r\nC: d\r\n", "X", 16257)]
    public void It_has_to_fit_into_a_buffer_as_HAProxy_keeps_it(string fields, string reason, int longestBody)
    {
        string head = $"HTTP/1.1 503 {reason}\r\n{fields}\r\n";
        Assert.Null(ProblemOf(head + new string('x', longestBody)));
        Assert.Equal("unable to add payload into the HTX message", ProblemOf(head + new string('x', longestBody + 1)));
    }

    [Fact]
    public void A_coding_that_is_not_chunked_is_dropped()
    {
        Assert.True(ErrorFileHead.TryRead("HTTP/1.1 503 X\r\nTransfer-Encoding: gzip\r\nA: b\r\n\r\nabc"u8, BufferBytes, out byte[] head, out byte[] body, out _));
        Assert.Equal("HTTP/1.1 503 X\r\na: b\r\n\r\n", Encoding.Latin1.GetString(head), ignoreCase: true);
        Assert.Equal("abc"u8, body);
    }

    private static string? ProblemOf(string text)
    {
        ErrorFileHead.TryRead(Encoding.Latin1.GetBytes(text), BufferBytes, out _, out _, out string? problem);
        return problem;
    }
}
