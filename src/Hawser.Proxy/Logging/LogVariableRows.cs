using System;
using System.Buffers;
using System.Runtime.CompilerServices;
using Hawser.Base.Bytes;
using Hawser.Base.Time;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.LogFormat;
using Hawser.Expressions.Samples;
using Hawser.Protocols.Http;

namespace Hawser.Proxy.Logging;

/// <summary>
/// The aliases of manual section 8.2.6 over a <see cref="SessionLogSource"/>. A TCP session has no request: the rows
/// of mode http write what HAProxy 3.5 writes for one that never arrived.
/// </summary>
public static class LogVariableRows
{
    private const AvailableFrom Connect = AvailableFrom.Connect;
    private const AvailableFrom Close = AvailableFrom.Close;

    /// <summary><c>23/Nov/2026:09:08:01 +0100</c>, with room for years of five digits.</summary>
    private const int LongestDate = 32;

    private static readonly SearchValues<byte> s_plain = SearchValues.Create(
        " !$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private static ReadOnlySpan<byte> NoRequest => "<BADREQ>"u8;

    public static AliasRows All { get; } = new(
    [
        // Dates.
        Row("t", Connect, static (s, ref w) => WriteLocalMilliseconds(s, ref w, Of(s).AcceptDate), "1.5", "accept date, local, with milliseconds"),
        Row("T", Connect, static (s, ref w) => WriteUtc(s, ref w, Of(s).AcceptDate), "1.5", "accept date, UTC, with the zone"),
        Row("Tl", Connect, static (s, ref w) => WriteLocal(s, ref w, Of(s).AcceptDate), "1.5", "accept date, local, with the zone"),
        Row("Ts", Connect, static (s, ref w) => w.WriteIdentifier((uint)Of(s).AcceptDate.Seconds, 4), "1.5", "accept date in seconds since 1970"),
        Row("ms", Connect, static (s, ref w) => w.WriteMillisecondOfSecond((int)(Of(s).AcceptDate.Milliseconds % 1000)), "1.5", "milliseconds of the accept date"),
        Http("tr", Connect, static (s, ref w) => WriteLocalMilliseconds(s, ref w, RequestDate(s)), "1.7", "request date, local, with milliseconds"),
        Http("trg", Connect, static (s, ref w) => WriteUtc(s, ref w, RequestDate(s)), "1.7", "request date, UTC, with the zone"),
        Http("trl", Connect, static (s, ref w) => WriteLocal(s, ref w, RequestDate(s)), "1.7", "request date, local, with the zone"),

        // Timers.
        Row("Th", Close, static (s, ref w) => w.WriteNumber(Of(s).HandshakeMs), "1.7", "milliseconds of the handshakes"),
        Row("Tw", Close, static (s, ref w) => w.WriteNumber(Of(s).QueueMs), "1.5", "milliseconds in queues"),
        Row("Tc", Close, static (s, ref w) => w.WriteNumber(Of(s).ConnectMs), "1.5", "milliseconds to connect to the server"),
        Row("Td", Close, static (s, ref w) => w.WriteNumber(Of(s).DataMs), "1.7", "milliseconds of data transfer"),
        Row("Tt", Close, static (s, ref w) => w.WriteMarkedNumber(Of(s).TotalMs, Of(s).IsLogAsap), "1.5", "milliseconds from accept to close"),
        Row("Tu", Close, static (s, ref w) => w.WriteMarkedNumber(Of(s).UserMs, Of(s).IsLogAsap), "2.2", "milliseconds as the user sees them"),
        Http("Ta", Close, static (s, ref w) => w.WriteMarkedNumber(Of(s).UserMs, Of(s).IsLogAsap), "1.7", "milliseconds the request was active"),
        Http("Ti", Close, static (s, ref w) => w.WriteNumber(HttpOf(s)?.IdleMs ?? SessionLogRecord.NotReached), "1.7", "milliseconds idle before the request"),
        Http("Tq", Close, static (s, ref w) => w.WriteNumber(HttpOf(s) is { RequestMs: >= 0 } http ? Of(s).HandshakeMs + http.IdleMs + http.RequestMs : SessionLogRecord.NotReached), "1.5", "Th + Ti + TR"),
        Http("TR", Close, static (s, ref w) => w.WriteNumber(HttpOf(s)?.RequestMs ?? SessionLogRecord.NotReached), "1.7", "milliseconds to receive the request"),
        Http("Tr", Close, static (s, ref w) => w.WriteNumber(HttpOf(s)?.ResponseMs ?? SessionLogRecord.NotReached), "1.5", "milliseconds to the server's response"),

        // Addresses.
        Row("ci", Connect, static (s, ref w) => w.WriteAddress(Of(s).Client), "1.5", "client address"),
        Row("cp", Connect, static (s, ref w) => w.WritePort(Of(s).Client), "1.5", "client port"),
        Row("fi", Connect, static (s, ref w) => w.WriteAddress(Of(s).FrontendAddress), "1.5", "address the client connected to"),
        Row("fp", Connect, static (s, ref w) => w.WritePort(Of(s).FrontendAddress), "1.5", "port the client connected to"),
        Row("bi", Connect, static (s, ref w) => w.WriteAddress(Of(s).BackendSource), "1.5", "source address towards the server"),
        Row("bp", Connect, static (s, ref w) => w.WritePort(Of(s).BackendSource), "1.5", "source port towards the server"),
        Row("si", Connect, static (s, ref w) => w.WriteAddress(Of(s).ServerAddress), "1.5", "server address"),
        Row("sp", Connect, static (s, ref w) => w.WritePort(Of(s).ServerAddress), "1.5", "server port"),

        // Names.
        Row("f", Connect, static (s, ref w) => w.WriteText(Of(s).FrontendName), "1.5", "frontend"),
        Row("ft", Connect, static (s, ref w) => w.WriteText(Of(s).FrontendTransportName), "1.5", "frontend, with ~ for TLS"),
        Row("b", Connect, static (s, ref w) => w.WriteText(Of(s).BackendName), "1.5", "backend"),
        Row("s", Connect, static (s, ref w) => w.WriteText(Of(s).ServerName), "1.5", "server"),
        Row("H", Connect, static (s, ref w) => w.WriteText(((SessionLogSource)s).Process.Hostname), "1.5", "host name"),
        Row("ID", Close, static (s, ref w) => w.WriteText(Of(s).UniqueId.Span), "1.5", "unique id"),
        Row("OG", Connect, static (s, ref w) => w.WriteText(OriginName(Of(s).Origin)), "3.1", "the step the line was made at", AliasRestriction.Log),

        // Bytes.
        Row("B", Close, static (s, ref w) => w.WriteMarkedNumber(Of(s).ResponseBytesIn, Of(s).IsLogAsap), "1.5", "bytes from server to client"),
        Row("U", Close, static (s, ref w) => w.WriteNumber(Of(s).RequestBytesIn), "1.5", "bytes from client to server"),

        // Counts.
        Row("ac", Close, static (s, ref w) => w.WriteNumber(Of(s).ActiveConnections), "1.5", "connections of the process"),
        Row("fc", Close, static (s, ref w) => w.WriteNumber(Of(s).FrontendConnections), "1.5", "connections of the frontend"),
        Row("bc", Close, static (s, ref w) => w.WriteNumber(Of(s).BackendConnections), "1.5", "connections of the backend"),
        Row("sc", Close, static (s, ref w) => w.WriteNumber(Of(s).ServerConnections), "1.5", "connections of the server"),
        Row("rc", Close, static (s, ref w) => w.WriteMarkedNumber(Of(s).Retries, Of(s).IsRedispatched), "1.5", "retries, with + after a redispatch"),
        Row("sq", Close, static (s, ref w) => w.WriteNumber(Of(s).ServerQueue), "1.5", "requests before this one in the server's queue"),
        Row("bq", Close, static (s, ref w) => w.WriteNumber(Of(s).BackendQueue), "1.5", "requests before this one in the backend's queue"),
        Row("lc", Connect, static (s, ref w) => w.WriteIdentifier(Of(s).LogCounter, 4), "1.5", "lines the frontend has logged"),
        Row("rt", Connect, static (s, ref w) => w.WriteIdentifier(Of(s).RequestCounter, 4), "1.5", "number of the session in the process"),
        Row("pid", Connect, static (s, ref w) => w.WriteIdentifier((uint)((SessionLogSource)s).Process.ProcessId, 4), "1.5", "process id"),

        // State.
        Row("ts", Close, static (s, ref w) => WriteState(s, ref w, ""u8), "1.5", "termination state"),
        Http("tsc", Connect, static (s, ref w) => WriteStateWithCookie(s, ref w), "1.5", "termination state with the cookie's"),

        // What only a request or TLS has.
        Http("CC", Connect, static (s, ref w) => WriteCapture(ref w, HttpOf(s)?.Cookies, 0), "1.5", "captured request cookie"),
        Http("CS", Connect, static (s, ref w) => WriteCapture(ref w, HttpOf(s)?.Cookies, 1), "1.5", "captured response cookie"),
        Http("HM", Connect, static (s, ref w) => w.WriteText(Line(s) is { } line ? line.Method : NoRequest), "1.6", "HTTP method"),
        Http("HP", Connect, static (s, ref w) => WriteOfLine(s, Line(s) is { } line ? WithoutQuery(line.Target) : NoRequest, ref w), "1.6", "HTTP URI without query string"),
        Http("HPO", Connect, static (s, ref w) => WriteOfLine(s, Line(s) is { } line ? PathOnly(line.Target) : NoRequest, ref w, isPart: true), "2.3", "HTTP path"),
        Http("HQ", Connect, static (s, ref w) => WriteOfLine(s, Line(s) is { } line ? QueryOf(line.Target) : NoRequest, ref w, isPart: true), "1.6", "HTTP query string"),
        Http("HU", Connect, static (s, ref w) => WriteOfLine(s, Line(s) is { } line ? line.Target : NoRequest, ref w), "1.6", "HTTP URI"),
        Http("HV", Connect, static (s, ref w) => w.WriteText(Line(s) is { } line ? line.Version : NoRequest), "1.6", "HTTP version"),
        Http("r", Connect, static (s, ref w) => WriteOfLine(s, Line(s) is { } line ? line.RequestLine : NoRequest, ref w), "1.5", "HTTP request line"),
        Row("ST", Connect, static (s, ref w) => w.WriteNumber(HttpOf(s)?.Status ?? 0), "1.5", "HTTP status"),
        Row("hr", Connect, static (s, ref w) => WriteCaptures(s, Of(s).RequestCaptures, ref w), "1.5", "captured request headers"),
        Row("hrl", Connect, static (s, ref w) => WriteCaptureList(s, Of(s).RequestCaptures, ref w), "1.5", "captured request headers, CLF"),
        Row("hs", Connect, static (s, ref w) => WriteCaptures(s, Of(s).ResponseCaptures, ref w), "1.5", "captured response headers"),
        Row("hsl", Connect, static (s, ref w) => WriteCaptureList(s, Of(s).ResponseCaptures, ref w), "1.5", "captured response headers, CLF"),
        Row("sslc", Connect, static (_, ref w) => w.WriteAbsent(), "1.5", "TLS cipher", AliasRestriction.Tls),
        Row("sslv", Connect, static (_, ref w) => w.WriteAbsent(), "1.5", "TLS version", AliasRestriction.Tls),
    ]);

    private static AliasRow Row(
        string name,
        AvailableFrom from,
        AliasEvaluator evaluate,
        string since,
        string description,
        AliasRestriction restriction = AliasRestriction.None) => new(name, restriction, from, evaluate, since, description);

    private static AliasRow Http(
        string name, AvailableFrom from, AliasEvaluator evaluate, string since, string description) =>
        Row(name, from, evaluate, since, description, AliasRestriction.Http);

    private static HttpLogRecord? HttpOf(SampleSource source) => Of(source).Http;

    /// <summary>Null: no valid request line came.</summary>
    private static HttpLogRecord? Line(SampleSource source) => HttpOf(source) is { RequestLine.IsEmpty: false } http ? http : null;

    private static UnixTime RequestDate(SampleSource source) => HttpOf(source)?.RequestDate ?? Of(source).AcceptDate;

    private static ReadOnlySpan<byte> WithoutQuery(ReadOnlySpan<byte> target)
    {
        int mark = target.IndexOf((byte)'?');
        return mark < 0 ? target : target[..mark];
    }

    private static ReadOnlySpan<byte> QueryOf(ReadOnlySpan<byte> target)
    {
        int mark = target.IndexOf((byte)'?');
        return mark < 0 ? default : target[mark..];
    }

    /// <summary>Without scheme and authority, which a target of HTTP/2 or of a proxy's client may have.</summary>
    private static ReadOnlySpan<byte> PathOnly(ReadOnlySpan<byte> target) =>
        TargetText.TryPathAndQuery(target, out ReadOnlySpan<byte> path) ? WithoutQuery(path) : default;

    /// <summary>A part of the request line: a quote in it must not end the field it stands in.</summary>
    private static void WriteOfLine(SampleSource source, ReadOnlySpan<byte> text, ref LogFormatWriter writer, bool isPart = false)
    {
        if (text.ContainsAnyExcept(s_plain))
        {
            ByteWriter encoded = new(source.Scratch.Take(default));
            _ = CaptureStore.TryEncode(ref encoded, text, isPartOfList: false);
            text = encoded.Written;
        }

        if (isPart) writer.WritePart(text);
        else writer.WriteAsFits(text);
    }

    private static void WriteCapture(ref LogFormatWriter writer, CaptureStore? captures, int slot)
    {
        if (captures is not null && captures.TryGet(slot, out ReadOnlySpan<byte> value)) writer.WriteText(value);
        else writer.WriteAbsent();
    }

    private static void WriteStateWithCookie(SampleSource source, ref LogFormatWriter writer)
    {
        ReadOnlySpan<byte> cookie =
            [HttpOf(source)?.RequestCookieState ?? (byte)'-', HttpOf(source)?.ResponseCookieState ?? (byte)'-'];
        WriteState(source, ref writer, cookie);
    }

    private static SessionLogRecord Of(SampleSource source) => ((SessionLogSource)source).Record;

    [SkipLocalsInit]
    private static void WriteLocalMilliseconds(SampleSource source, ref LogFormatWriter writer, UnixTime date)
    {
        ByteWriter text = new(stackalloc byte[LongestDate]);
        ((SessionLogSource)source).Dates.TryWriteLocal(ref text, date);
        writer.WriteFixed(text.Written);
    }

    [SkipLocalsInit]
    private static void WriteUtc(SampleSource source, ref LogFormatWriter writer, UnixTime date)
    {
        ByteWriter text = new(stackalloc byte[LongestDate]);
        ((SessionLogSource)source).Dates.TryWriteUtc(ref text, date);
        writer.WriteFixed(text.Written);
    }

    [SkipLocalsInit]
    private static void WriteLocal(SampleSource source, ref LogFormatWriter writer, UnixTime date)
    {
        ByteWriter text = new(stackalloc byte[LongestDate]);
        ((SessionLogSource)source).Dates.TryWriteLocalWithZone(ref text, date);
        writer.WriteFixed(text.Written);
    }

    private static void WriteState(SampleSource source, ref LogFormatWriter writer, scoped ReadOnlySpan<byte> suffix)
    {
        Span<byte> text = stackalloc byte[4];
        text[0] = Of(source).TerminationCause;
        text[1] = Of(source).TerminationPhase;
        suffix.CopyTo(text[2..]);
        writer.WriteFixed(text[..(2 + suffix.Length)]);
    }

    /// <summary><c>{one|two}</c>; what does not fit in a block is left out.</summary>
    private static void WriteCaptures(SampleSource source, CaptureStore? captures, ref LogFormatWriter writer)
    {
        if (captures is null)
        {
            writer.WriteEmptyList();
            return;
        }

        ByteWriter text = new(source.Scratch.Take(default));
        _ = text.TryWrite("{"u8);
        for (int slot = 0; slot < captures.Count; slot++)
            _ = (slot == 0 || text.TryWrite("|"u8)) && CaptureStore.TryEncode(ref text, captures[slot]);
        _ = text.TryWrite("}"u8);
        writer.WriteAsFits(text.Written);
    }

    /// <summary>One text after the other, with a dash for an empty one.</summary>
    private static void WriteCaptureList(SampleSource source, CaptureStore? captures, ref LogFormatWriter writer)
    {
        if (captures is null)
        {
            writer.WriteEmptyList();
            return;
        }

        writer.BeginList();
        for (int slot = 0; slot < captures.Count; slot++)
        {
            ByteWriter text = new(source.Scratch.Take(default));
            _ = CaptureStore.TryEncode(ref text, captures[slot]);
            writer.NextInList(isFirst: slot == 0);
            if (text.Position > 0) writer.WriteAsFits(text.Written);
            else writer.WriteText(writer.WritesDashes ? "-"u8 : default);
        }

        writer.EndList();
    }

    private static ReadOnlySpan<byte> OriginName(LogOrigin origin) => origin switch
    {
        LogOrigin.SessionError => "sess_error"u8,
        LogOrigin.SessionKilled => "sess_killed"u8,
        LogOrigin.Accept => "txn_accept"u8,
        LogOrigin.Request => "txn_request"u8,
        LogOrigin.Connect => "txn_connect"u8,
        LogOrigin.Response => "txn_response"u8,
        LogOrigin.Close => "txn_close"u8,
        LogOrigin.TcpRequestConnection => "tcp-req-conn"u8,
        LogOrigin.TcpRequestSession => "tcp-req-sess"u8,
        LogOrigin.TcpRequestContent => "tcp-req-cont"u8,
        LogOrigin.TcpResponseContent => "tcp-res-cont"u8,
        LogOrigin.HttpRequest => "http-req"u8,
        LogOrigin.HttpResponse => "http-res"u8,
        LogOrigin.HttpAfterResponse => "http-after-res"u8,
        _ => "unspec"u8,
    };
}
