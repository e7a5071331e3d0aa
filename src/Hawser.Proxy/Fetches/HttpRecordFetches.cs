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
    private static readonly ArgumentSignature s_slot = ArgumentSignature.Required(ArgumentType.Integer);

    public static FetchRow[] Rows { get; } =
    [
        new("method", ArgumentSignature.None, SampleType.Method, FetchContexts.Stream, Method, "1.3", "the request's method") { ReadsHttp = true },
        Version("req.ver", "1.5"),
        Version("req_ver", "1.3"),
        ResponseVersion("res.ver", "1.5"),
        ResponseVersion("resp_ver", "1.3"),
        Number("status", FetchContexts.ServerConnected, static (http, response) => response?.Status ?? Known(http?.Status), "1.3", "the response's status"),
        Number("txn.status", FetchContexts.ServerConnected, static (http, response) => Known(http?.Status) ?? response?.Status, "3.1", "the status that the log line shows"),
        Number("server_status", FetchContexts.ServerConnected, static (http, _) => Known(http?.ServerStatus), "3.0", "the status that the server sent"),
        new("http_first_req", ArgumentSignature.None, SampleType.Boolean, FetchContexts.Stream, static (SampleSource source, Arguments _, ref Sample sample) =>
        {
            sample.SetBoolean(HttpSources.Record(source)?.IsFirst ?? true);
            return true;
        }, "1.3", "whether it is its connection's first request") { ReadsHttp = true },

        Text("capture.req.method", FetchContexts.Stream, static http => http.Method, "1.5", "the method as it was received"),
        Text("capture.req.uri", FetchContexts.Stream, static http => TargetText.TryPathAndQuery(http.Target, out ReadOnlySpan<byte> path) ? path : default, "1.5", "path and query as they were received"),
        Text("capture.req.ver", FetchContexts.Stream, static http => http.Version, "1.5", "the request's version, with HTTP/"),
        Text("capture.res.ver", FetchContexts.Stream, static http => http.ResponseVersion, "1.5", "the response's version, with HTTP/"),
        Capture("capture.req.hdr", FetchContexts.Stream, static http => http.RequestCaptures, "what \"capture\" kept of the request in a slot"),
        Capture("capture.res.hdr", FetchContexts.ServerConnected, static http => http.ResponseCaptures, "what \"capture\" kept of the response in a slot"),

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

    private delegate CaptureStore RecordCaptures(HttpLogRecord http);

    private delegate long? RecordNumber(HttpLogRecord? http, HttpMessage? response);

    private static long? Known(int? status) => status > 0 ? status : null;

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

    private static FetchRow Capture(string name, FetchContexts contexts, RecordCaptures captures, string description) =>
        new(name, s_slot, SampleType.String, contexts,
            (SampleSource source, Arguments arguments, ref Sample sample) =>
            {
                long slot = arguments.Integer(0);
                if (slot > int.MaxValue || HttpSources.Record(source) is not { } http) return false;
                if (!captures(http).TryGet((int)slot, out ReadOnlySpan<byte> value)) return false;
                sample.SetString(value);
                return true;
            },
            "1.5",
            description)
        {
            ReadsHttp = true,
            Prepare = static (arguments, _) => arguments.Integer(0) < 0 ? "capture identifier must be >= 0" : null,
        };

    private static bool Method(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (HttpSources.Record(source) is { } http && ((SessionLogSource)source).RequestMessage is null)
        {
            sample.SetMethod(http.Method);
            return !http.Method.IsEmpty;
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
                return HttpSources.Message(source, ofResponse: false, ref sample) is { } message
                    && TryNumber(message.VersionText.In(message.Block), ref sample);
            },
            since,
            "the request's version, such as 1.1") { ReadsHttp = true };

    private static FetchRow ResponseVersion(string name, string since) =>
        new(name, ArgumentSignature.None, SampleType.String, FetchContexts.ServerConnected,
            static (SampleSource source, Arguments _, ref Sample sample) =>
            {
                if (HttpSources.Record(source) is { ResponseVersion.IsEmpty: false } http) return TryNumber(http.ResponseVersion, ref sample);
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
