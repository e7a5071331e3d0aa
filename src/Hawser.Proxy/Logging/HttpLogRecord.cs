using System;
using Hawser.Base.Time;

namespace Hawser.Proxy.Logging;

/// <summary>
/// What the log line and the rules may ask about one request after its bytes are gone: the request line as it was
/// received, what was captured, its timers. One per exchange, used again.
/// </summary>
public sealed class HttpLogRecord(int requestLineBytesMaximum)
{
    private readonly byte[] _requestLine = new byte[requestLineBytesMaximum];
    private readonly byte[] _responseVersion = new byte[8];
    private int _requestLineLength;
    private int _responseVersionLength;

    /// <summary>
    /// %r: as it was received, before any rule; cut at "tune.http.logurilen". Empty when no valid one came.
    /// </summary>
    public ReadOnlySpan<byte> RequestLine => _requestLine.AsSpan(0, _requestLineLength);

    /// <summary>Where in <see cref="RequestLine"/> the target begins and how long it is.</summary>
    public int TargetAt { get; private set; }

    public int TargetLength { get; private set; }

    public ReadOnlySpan<byte> Method => TargetAt > 0 ? RequestLine[..(TargetAt - 1)] : default;

    public ReadOnlySpan<byte> Target => RequestLine.Slice(TargetAt, TargetLength);

    /// <summary>"HTTP/1.1"; empty when the line was cut.</summary>
    public ReadOnlySpan<byte> Version
    {
        get
        {
            int at = TargetAt + TargetLength + 1;
            return at < _requestLineLength ? RequestLine[at..] : default;
        }
    }

    /// <summary>%ST; 0 when nothing was answered, -1 when the connection was closed without an answer.</summary>
    public int Status { get; set; }

    /// <summary>The status that the server sent; 0 without its response.</summary>
    public int ServerStatus { get; private set; }

    /// <summary>"HTTP/1.1"; empty without a server's response.</summary>
    public ReadOnlySpan<byte> ResponseVersion => _responseVersion.AsSpan(0, _responseVersionLength);

    /// <summary>The first request of its connection.</summary>
    public bool IsFirst { get; set; } = true;

    /// <summary>%CC and %CS, slots 0 and 1: "capture cookie".</summary>
    public CaptureStore Cookies { get; } = new();

    /// <summary>%tsc, third and fourth character: what the persistence cookie was and what was done with it.</summary>
    public byte RequestCookieState { get; set; } = (byte)'-';

    public byte ResponseCookieState { get; set; } = (byte)'-';

    /// <summary>%tr: when the request's first byte was there.</summary>
    public UnixTime RequestDate { get; set; }

    /// <summary>%Ti: from the end of the handshakes, or of the request before, to the first byte.</summary>
    public long IdleMs { get; set; }

    /// <summary>%TR: from the first byte to the whole head; -1: it never came.</summary>
    public long RequestMs { get; set; } = SessionLogRecord.NotReached;

    /// <summary>%Tr: from the server's connection to its whole head; -1: it never came.</summary>
    public long ResponseMs { get; set; } = SessionLogRecord.NotReached;

    /// <summary>Keeps a request line for the log.</summary>
    /// <param name="isPathMissing">The target is an authority whose path, "/", was not written.</param>
    public void SetRequestLine(
        ReadOnlySpan<byte> method, ReadOnlySpan<byte> target, bool isPathMissing, ReadOnlySpan<byte> version)
    {
        int at = 0;
        Append(method, ref at);
        Append(" "u8, ref at);
        TargetAt = at;
        Append(target, ref at);
        if (isPathMissing) Append("/"u8, ref at);
        TargetLength = at - TargetAt;
        if (!version.IsEmpty)
        {
            Append(" "u8, ref at);
            Append(version, ref at);
        }

        _requestLineLength = at;
    }

    /// <summary>Keeps what a server's response began with.</summary>
    public void SetResponse(int status, ReadOnlySpan<byte> version)
    {
        ServerStatus = status;
        _responseVersionLength = Math.Min(version.Length, _responseVersion.Length);
        version[.._responseVersionLength].CopyTo(_responseVersion);
    }

    public void Reset()
    {
        ServerStatus = 0;
        _responseVersionLength = 0;
        _requestLineLength = 0;
        TargetAt = 0;
        TargetLength = 0;
        Status = 0;
        IsFirst = true;
        Cookies.Clear();
        RequestCookieState = ResponseCookieState = (byte)'-';
        RequestDate = default;
        IdleMs = 0;
        RequestMs = ResponseMs = SessionLogRecord.NotReached;
    }

    private void Append(ReadOnlySpan<byte> text, ref int at)
    {
        int length = Math.Min(text.Length, _requestLine.Length - at);
        text[..length].CopyTo(_requestLine.AsSpan(at));
        at += length;
    }
}
