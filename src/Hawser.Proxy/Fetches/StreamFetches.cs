using System;
using System.Buffers.Text;
using System.Text;
using Hawser.Config.Diagnostics;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Fetches;

/// <summary>How a session fares (manual, sections 7.3.2 to 7.3.4).</summary>
internal static class StreamFetches
{
    public static FetchRow[] Rows { get; } =
    [
        Stream("prio_class", static s => s.PriorityClass, "1.9", "the class of set-priority-class"),
        Stream("prio_offset", static s => s.PriorityOffset, "1.9", "the offset of set-priority-offset, in milliseconds"),
        Stream("cpu_calls", static s => s.Facts.Calls, "2.0", "how often the session was worked on"),
        NotMeasured("cpu_ns_avg"),
        NotMeasured("cpu_ns_tot"),
        NotMeasured("lat_ns_avg"),
        NotMeasured("lat_ns_tot"),
        SessionRows.Number("last_rule_line", FetchContexts.Running, static s => s.Facts.LastRule is { IsKnown: true } rule ? rule.Line : null, "2.6", "the line of the last rule of content that ended its set"),
        new("last_rule_file", ArgumentSignature.None, SampleType.String, FetchContexts.Running, static (SampleSource source, Arguments _, ref Sample sample) => TryRule(source, withLine: false, ref sample), "2.6", "the file of the last rule of content that ended its set"),
        new("last_entity", ArgumentSignature.None, SampleType.String, FetchContexts.Running, static (SampleSource source, Arguments _, ref Sample sample) => TryRule(source, withLine: true, ref sample), "3.1", "file and line of the last rule of content that ended its set"),
        Absent("waiting_entity", SampleType.String, FetchContexts.Running, "3.1", "what waited when a session was cut off: no rule of ours is left waiting then"),
        new("term_events", ArgumentSignature.None, SampleType.String, FetchContexts.Running, static (SampleSource _, Arguments _, ref Sample sample) =>
        {
            sample.SetString("-"u8);
            return true;
        }, "3.2", "-: termination events are not kept"),

        Captured("capture.req.hdr", FetchContexts.Stream, static session => session.RequestCaptures, "what was captured of the request in a slot"),
        Captured("capture.res.hdr", FetchContexts.ServerConnected, static session => session.ResponseCaptures, "what was captured of the response in a slot"),

        // One session is one stream on each side.
        SessionRows.Number("fs.id", FetchContexts.ClientSession, OfStream(0), "3.0", "the stream's number on the client's connection: 0"),
        SessionRows.Row("fs.aborted", SampleType.Boolean, FetchContexts.ClientSession, static (Session s, ref Sample sample) =>
        {
            sample.SetBoolean(s.Cause == Accounting.TerminationCause.ClientAbort);
            return IsStream(s);
        }, "3.0", "whether the client has aborted"),
        Absent("fs.rst_code", SampleType.Integer, FetchContexts.ClientSession, "3.0", "the code of a reset stream: TCP has none"),
        SessionRows.Number("bs.id", FetchContexts.ServerConnected, static s => s.Facts.WasForwarded ? 0 : null, "3.0", "the stream's number on the server's connection: 0"),
        SessionRows.Flag("bs.aborted", FetchContexts.ServerConnected, static s => s.Cause == Accounting.TerminationCause.ServerAbort && s.CausePhase == Accounting.TerminationPhase.Data, "3.0", "whether the server has aborted"),
        Absent("bs.rst_code", SampleType.Integer, FetchContexts.ServerConnected, "3.0", "the code of a reset stream: TCP has none"),
        SessionRows.Number("fc_nb_streams", FetchContexts.Connected, OfStream(1), "3.1", "streams of the client's connection: 1"),
        SessionRows.Number("fc_settings_streams_limit", FetchContexts.ClientSession, OfStream(1), "3.1", "streams that the client's connection may have: 1"),
        SessionRows.Number("bc_nb_streams", FetchContexts.ServerConnected, static s => s.Facts.WasForwarded ? 1 : null, "3.1", "streams of the server's connection: 1"),
        SessionRows.Number("bc_settings_streams_limit", FetchContexts.ServerConnected, static s => s.Facts.WasForwarded ? 1 : null, "3.1", "streams that the server's connection may have: 1"),
        SessionRows.Flag("bc_reused", FetchContexts.ServerConnected, static s => s.Http is { IsServerReused: true }, "2.8", "whether the server's connection was there before"),
        SessionRows.Number("fc_http_major", FetchContexts.Connected, static s => s.IsHttp && IsStream(s) ? 1 : null, "1.7", "HTTP's major version on the client's connection"),
        SessionRows.Number("bc_http_major", FetchContexts.ServerConnected, static s => s.IsHttp && s.Facts.WasForwarded ? 1 : null, "1.7", "HTTP's major version on the server's connection"),
        SessionRows.Number("fc_glitches", FetchContexts.Connected, static s => s.IsHttp && IsStream(s) ? 0 : null, "3.0", "small offences of the client against its protocol: none of HTTP/1 is counted"),
        SessionRows.Number("bc_glitches", FetchContexts.ServerConnected, static s => s.IsHttp && s.Facts.WasForwarded ? 0 : null, "3.0", "small offences of the server against its protocol: none of HTTP/1 is counted"),
        SessionRows.Row("internal.strm.is_htx", SampleType.Boolean, FetchContexts.Running, static (Session s, ref Sample sample) =>
        {
            sample.SetBoolean(s.IsHttp);
            return IsStream(s);
        }, "2.0", "whether it is a stream of HTTP"),
    ];

    private static FetchRow Stream(string name, Func<Session, long> read, string since, string description) =>
        SessionRows.Number(name, FetchContexts.Running, session => IsStream(session) ? read(session) : null, since, description);

    private static SessionRows.NumberReader OfStream(long value) => session => IsStream(session) ? value : null;

    /// <summary>As in HAProxy, a stream begins behind the rules of connection and session.</summary>
    private static bool IsStream(Session session) => session.Phase >= SessionPhase.RequestRules;

    private static FetchRow Captured(
        string name, FetchContexts contexts, Func<Session, CaptureStore> find, string description) =>
        new(name, ArgumentSignature.Required(ArgumentType.Integer), SampleType.String, contexts,
            (SampleSource source, Arguments arguments, ref Sample sample) =>
            {
                if (SessionRows.SessionOf(source) is not { } session) return false;
                sample.SetString(find(session)[arguments.Integer(0)]);
                return !sample.Bytes.IsEmpty;
            },
            "1.5",
            description);

    /// <summary>What HAProxy says as well while "profiling.tasks" is off.</summary>
    private static FetchRow NotMeasured(string name) =>
        Stream(name, static _ => 0, "2.0", "nanoseconds of work or of waiting for it: 0, they are not measured");

    private static FetchRow Absent(string name, SampleType type, FetchContexts contexts, string since, string description) =>
        new(name, ArgumentSignature.None, type, contexts, static (SampleSource _, Arguments _, ref Sample _) => false, since, description);

    private static bool TryRule(SampleSource source, bool withLine, ref Sample sample)
    {
        if (SessionRows.SessionOf(source)?.Facts.LastRule is not { IsKnown: true } rule) return false;
        Span<byte> text = source.Scratch.Take(default);
        if (!Encoding.UTF8.TryGetBytes(rule.File, text, out int length)) return false;
        if (withLine && length + 1 < text.Length)
        {
            text[length++] = (byte)':';
            _ = Utf8Formatter.TryFormat(rule.Line, text[length..], out int digits);
            length += digits;
        }

        sample.SetString(text[..length]);
        return true;
    }
}
