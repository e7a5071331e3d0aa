using System.Text;
using Hawser.Protocols.Http1;
using Xunit;

namespace Hawser.Tests.Protocols.Http1;

/// <summary>Relaxed parsing remembers the first byte that it has let pass, in any split; strict parsing lets none pass.</summary>
public sealed class ToleranceTests
{
    private const string Upgrade = "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: a, WebSocket\r\n";

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: h\r\n\r\n", -1)]
    [InlineData("GET / HTTP/1.1\r\nX@y: a\r\nb(c: d\r\n\r\n", 17)]
    [InlineData("GET / HTTP/1.1\r\n x: y\r\n\r\n", 16)]
    [InlineData("GET /\u00E9# HTTP/1.1\r\nX@y: a\r\n\r\n", 5)]
    [InlineData("GET /a#b HTTP/1.1\r\n\r\n", 6)]
    [InlineData("GET / HTTP/1.1\r\nX: a\0b\r\n\r\n", 20)]
    [InlineData("GET / HTTP/1.1\r\nX: a\r\n b\0\r\n\r\n", 24)]
    [InlineData("GET http://x/ HTTP/1.1\r\nHost: a\r\n\r\n", 30)]
    [InlineData("CONNECT x HTTP/1.1\r\n\r\n", 8)]
    [InlineData("GET / RTSP/2.0\r\n\r\n", -1)]
    [InlineData(Upgrade + "\r\n", 71)]
    [InlineData(Upgrade + "Sec-WebSocket-Key: 01234567890123456789012\r\n\r\n", 115)]
    [InlineData(Upgrade + "Sec-WebSocket-Key: 012345678901234567890123\r\n\r\n", -1)]
    public void The_first_byte_of_a_request_that_was_let_pass(string head, int at) => Check(head, isRequest: true, at);

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nX@y: 1\r\n\r\n", 18)]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n", 12)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: \r\n\r\n", 38)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n", 54)]
    [InlineData("HTTP/1.1 101 A\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n", 59)]
    [InlineData("HTTP/1.1 101 A\r\nConnection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: a\r\n\r\n", -1)]
    [InlineData("HTTP/1.1 200 A\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n", -1)]
    public void The_first_byte_of_a_response_that_was_let_pass(string head, int at) => Check(head, isRequest: false, at);

    private static void Check(string text, bool isRequest, int at)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        foreach (int piece in new[] { 1, 7, int.MaxValue })
        {
            using ParsedHead relaxed = new(bytes, isRequest, Http1Leniency.Unsafe, piece);
            Assert.Equal(Http1Result.Complete, relaxed.Result);
            Assert.Equal(at, relaxed.Message.ToleratedAt);
            using ParsedHead strict = new(bytes, isRequest, Http1Leniency.Strict, piece);
            // Another protocol's version is refused, and let pass without a word.
            bool isAccepted = at < 0 && !text.Contains("RTSP", System.StringComparison.Ordinal);
            Assert.Equal(isAccepted ? Http1Result.Complete : Http1Result.Invalid, strict.Result);
            Assert.Equal(-1, strict.Message.ToleratedAt);
        }
    }
}
