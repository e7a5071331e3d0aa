using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Fetches;
using Hawser.Expressions.Samples;
using Hawser.Protocols.Http;
using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Fetches;

/// <summary>
/// What is known of a request and its response also when their bytes are gone: method, version, status, captures, timers
/// (manual, section 7.3.6).
/// </summary>
internal static unsafe class HttpRecordFetches
{
    public static FetchRow[] Rows { get; } =
    [
        new("method", ArgumentSignature.None, SampleType.Method, FetchContexts.Stream, Method, "1.3", "the request's method") { ReadsHttp = true },
        Version("req.ver", "1.5"),
        Version("req_ver", "1.3"),
        ResponseVersion("res.ver", "1.5"),
        ResponseVersion("resp_ver", "1.3"),
        Number("status", FetchContexts.ServerConnected, static (http, response) => response?.Status ?? (http is { ServerStatus: > 0 } ? http.Status : null), "1.3", "the response's status"),
        Number("txn.status", FetchContexts.ServerConnected, static (http, response) => http is { RequestLine.IsEmpty: false, Status: > 0 } ? http.Status : response?.Status, "3.1", "the status that the log line shows"),
        Number("server_status", FetchContexts.ServerConnected, static (http, _) => http is { RequestLine.IsEmpty: false } ? http.ServerStatus : null, "3.0", "the status that the server sent"),
        new("http_first_req", ArgumentSignature.None, SampleType.Boolean, FetchContexts.Stream, static (SampleSource source, Arguments _, ref Sample sample) =>
        {
            HttpLogRecord? http = HttpSources.Record(source);
            sample.SetBoolean(http?.IsFirst ?? true);
            return http is not { RequestLine.IsEmpty: true };
        }, "1.3", "whether it is its connection's first request") { ReadsHttp = true },

        Text("capture.req.method", FetchContexts.Stream, static http => http.Method, "1.5", "the method as it was received"),
        Text("capture.req.uri", FetchContexts.Stream, static http => TargetText.TryPathAndQuery(http.Target, out ReadOnlySpan<byte> path) ? path : default, "1.5", "path and query as they were received"),
        Text("capture.req.ver", FetchContexts.Stream, static http => http.Version, "1.5", "the request's version, with HTTP/"),
        Text("capture.res.ver", FetchContexts.Stream, static http => ResponseVersion(http), "1.5", "the response's version, with HTTP/"),

        Number("req.timer.idle", FetchContexts.RequestBuffer, static (http, _) => http?.IdleMs ?? SessionLogRecord.NotReached, "3.0", "milliseconds idle before the request"),
        Number("req.timer.hdr", FetchContexts.RequestBuffer, static (http, _) => http?.RequestMs ?? SessionLogRecord.NotReached, "3.0", "milliseconds to receive the request"),
        new("req.timer.tq", ArgumentSignature.None, SampleType.Integer, FetchContexts.RequestBuffer, static (SampleSource source, Arguments _, ref Sample sample) =>
        {
            SessionLogRecord record = ((SessionLogSource)source).Record;
            sample.SetInteger(record.Http is { RequestMs: >= 0 } http ? record.HandshakeMs + http.IdleMs + http.RequestMs : SessionLogRecord.NotReached);
            return true;
        }, "3.0", "milliseconds of handshakes, idleness and receiving the request") { ReadsHttp = true },
        Number("res.timer.hdr", FetchContexts.ResponseBuffer, static (http, _) => http?.ResponseMs ?? SessionLogRecord.NotReached, "3.0", "milliseconds to the server's response"),
        new("txn.timer.total", ArgumentSignature.None, SampleType.Integer, FetchContexts.Stream, static (SampleSource source, Arguments _, ref Sample sample) =>
        {
            sample.SetInteger(((SessionLogSource)source).Record.UserMs);
            return true;
        }, "3.0", "milliseconds the request was active") { AvailableFrom = AvailableFrom.Close },
        new("request_date", ArgumentSignature.Optional(ArgumentType.Text), SampleType.Integer, FetchContexts.Stream, static (SampleSource source, Arguments arguments, ref Sample sample) =>
        {
            SessionLogRecord record = ((SessionLogSource)source).Record;
            sample.SetInteger(DateFetches.InUnit(record.Http?.RequestDate ?? record.AcceptDate, arguments));
            return true;
        }, "3.0", "when the request's first byte came, in a unit")
        {
            ReadsHttp = true,
            Prepare = static (arguments, _) => DateFetches.PrepareUnit(arguments, 0),
        },
    ];

    /// <returns>Null or empty: no value.</returns>
    private delegate ReadOnlySpan<byte> RecordText(HttpLogRecord http);

    private delegate long? RecordNumber(HttpLogRecord? http, HttpMessage? response);

    private static FetchRow Number(string name, FetchContexts contexts, RecordNumber read, string since, string description) =>
        new(name, ArgumentSignature.None, SampleType.Integer, contexts,
            (SampleSource source, Arguments _, ref Sample sample) =>
            {
                HttpMessage? response = (contexts & FetchContexts.Response) == 0 ? null : HttpSources.Message(source, ofResponse: true, ref sample);
                if (read(HttpSources.Record(source), response) is not { } value) return false;
                sample.SetInteger(value);
                return true;
            },
            since,
            description)
        {
            ReadsHttp = true,
        };

    private static FetchRow Text(string name, FetchContexts contexts, RecordText read, string since, string description) =>
        new(name, ArgumentSignature.None, SampleType.String, contexts,
            (SampleSource source, Arguments _, ref Sample sample) =>
            {
                if (HttpSources.Record(source) is not { } http) return false;
                ReadOnlySpan<byte> text = read(http);
                sample.SetString(text);
                return !text.IsEmpty;
            },
            since,
            description)
        {
            ReadsHttp = true,
        };

    private static bool Method(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (HttpSources.Record(source) is { } http && ((SessionLogSource)source).RequestMessage is null)
        {
            // As in HAProxy, only the methods it has numbers for are known without the request itself.
            sample.SetMethod(http.Method);
            return HttpMethods.Find(http.Method) != HttpMethod.Other;
        }

        if (HttpSources.Message(source, ofResponse: false, ref sample) is not { } message) return false;
        sample.SetMethod(message.MethodText.In(message.Block));
        return true;
    }

    private static FetchRow Version(string name, string since) =>
        new(name, ArgumentSignature.None, SampleType.String, FetchContexts.Stream,
            static (SampleSource source, Arguments _, ref Sample sample) =>
            {
                if (HttpSources.Record(source) is { } http) return TryNumber(http.Version, ref sample);
                if (HttpSources.Message(source, ofResponse: false, ref sample) is not { } message) return false;
                if (!message.VersionText.IsEmpty) return TryNumber(message.VersionText.In(message.Block), ref sample);
                sample.SetString("1.0"u8);
                return true;
            },
            since,
            "the request's version, such as 1.1") { ReadsHttp = true };

    /// <summary>Of an answer of our own: the request's.</summary>
    private static ReadOnlySpan<byte> ResponseVersion(HttpLogRecord http) =>
        http.ServerStatus == 0 && http.Status > 0 ? http.Version : http.ResponseVersion;

    private static FetchRow ResponseVersion(string name, string since) =>
        new(name, ArgumentSignature.None, SampleType.String, FetchContexts.ServerConnected,
            static (SampleSource source, Arguments _, ref Sample sample) =>
            {
                // An answer of our own has no status in the record before it is sent.
                bool isAtHand = ((SessionLogSource)source).ResponseMessage is not null;
                if (HttpSources.Record(source) is { } http)
                    return TryNumber(isAtHand && http.ServerStatus == 0 ? http.Version : ResponseVersion(http), ref sample);
                return HttpSources.Message(source, ofResponse: true, ref sample) is { } message
                    && TryNumber(message.VersionText.In(message.Block), ref sample);
            },
            since,
            "the response's version, such as 1.1") { ReadsHttp = true };

    /// <summary>What follows the slash.</summary>
    private static bool TryNumber(ReadOnlySpan<byte> version, ref Sample sample)
    {
        int slash = version.IndexOf((byte)'/');
        sample.SetString(version[(slash + 1)..]);
        return slash >= 0;
    }
}
