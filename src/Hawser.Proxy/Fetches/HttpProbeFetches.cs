using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Fetches;

/// <summary>Whether what waits in a TCP session's buffer is a request of HTTP/1 (manual, section 7.3.5).</summary>
internal static unsafe class HttpProbeFetches
{
    public static FetchRow[] Rows { get; } =
    [
        Row("req.proto_http", "1.5"),
        Row("req_proto_http", "1.3"),
    ];

    private static FetchRow Row(string name, string since) =>
        new(name, ArgumentSignature.None, SampleType.Boolean, FetchContexts.Stream, IsHttp, since, "true for a complete HTTP request");

    /// <summary>The parser changes what it reads, so it gets a copy: these bytes go to the server as they came.</summary>
    private static bool IsHttp(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (SessionRows.SessionOf(source) is not { } session) return false;
        ReadOnlySpan<byte> bytes = BufferFetches.Bytes(source, ofResponse: false);
        Span<byte> copy = source.Scratch.Take(bytes);
        sample.MayChange = bytes.IsEmpty;
        if (bytes.IsEmpty || bytes.Length > copy.Length) return false;
        bytes.CopyTo(copy);
        fixed (byte* block = copy)
        {
            HttpMessage message = session.Home.Probe;
            message.Begin(block, copy.Length, isRequest: true);
            Http1HeadParser parser = new(message, Http1Leniency.Strict);
            Http1Result result = parser.Parse(bytes.Length);
            sample.MayChange = result == Http1Result.NeedMore;
            sample.SetBoolean(true);
            // Versions 0.9 and 2 are no requests that we would serve, but HTTP all the same.
            bool isOld = parser.Error == Http1Error.Version && message.VersionText.IsEmpty && message.Method == HttpMethod.Get;
            return result == Http1Result.Complete || isOld || bytes.StartsWith("PRI * HTTP/2.0\r\n\r\n"u8);
        }
    }
}
