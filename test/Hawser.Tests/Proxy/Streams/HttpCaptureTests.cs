using System;
using System.Runtime.InteropServices;
using System.Text;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;
using Xunit;

namespace Hawser.Tests.Proxy.Streams;

/// <summary>"capture request header" (manual, section 4.2): the last line of that name, cut at the slot's length.</summary>
public sealed unsafe class HttpCaptureTests : IDisposable
{
    private const int BlockBytes = 1024;

    private readonly byte* _block = (byte*)NativeMemory.Alloc(BlockBytes);

    public void Dispose() => NativeMemory.Free(_block);

    [Theory]
    [InlineData("x: one\r\nX: two\r\n", "two", "")]
    [InlineData("x: one, two\r\ny: three\r\n", "one, ", "thr")]
    [InlineData("", "", "")]
    public void The_last_line_of_each_name_is_kept(string fields, string first, string second)
    {
        byte[] bytes = Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nhost: h\r\n{fields}\r\n");
        bytes.CopyTo(new Span<byte>(_block, BlockBytes));
        HttpMessage message = new(fieldsMaximum: 10);
        message.Begin(_block, BlockBytes, isRequest: true);
        Http1HeadParser parser = new(message, Http1Leniency.Strict);
        Assert.Equal(Http1Result.Complete, parser.Parse(bytes.Length));
        CaptureStore captures = new();
        captures.Begin([5, 3]);
        HttpCapture.Headers(message, [new CapturedHeader([.. "x"u8], 0), new CapturedHeader([.. "y"u8], 1)], captures);
        Assert.Equal([first, second], [Encoding.ASCII.GetString(captures[0]), Encoding.ASCII.GetString(captures[1])]);
    }
}
