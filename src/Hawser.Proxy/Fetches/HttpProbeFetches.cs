using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Fetches;

/// <summary>Whether there is a request of HTTP (manual, section 7.3.5).</summary>
internal static class HttpProbeFetches
{
    public static FetchRow[] Rows { get; } =
    [
        Row("req.proto_http", "1.5"),
        Row("req_proto_http", "1.3"),
    ];

    private static FetchRow Row(string name, string since) =>
        new(name, ArgumentSignature.None, SampleType.Boolean, FetchContexts.Stream, IsHttp, since, "true for a complete HTTP request");

    private static bool IsHttp(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (SessionRows.SessionOf(source) is not { } session) return false;
        sample.SetBoolean(true);
        if (session.IsHttp) return HttpSources.Record(source) is { RequestLine.IsEmpty: false };
        ReadOnlySpan<byte> bytes = BufferFetches.Bytes(source, ofResponse: false);
        if (bytes.IsEmpty)
        {
            sample.MayChange = true;
            return false;
        }

        Http1Result result = session.Home.Probe.Look(bytes, isRequest: true);
        sample.MayChange = result == Http1Result.NeedMore;
        return result == Http1Result.Complete;
    }
}
