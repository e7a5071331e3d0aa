using System;
using Hawser.Base.Random;
using Hawser.Base.Time;
using Hawser.Expressions.Samples;
using Hawser.Io.Kernels;
using Hawser.Protocols.Http;

namespace Hawser.Proxy.Logging;

/// <summary>
/// What the rows of log lines and rules read: one session's record, the bytes that wait in its channels, its variables,
/// and the process it runs in. Pointed at one session after the other.
/// </summary>
public sealed unsafe class SessionLogSource(SessionLogRecord record, LogProcess process, Scratch scratch)
    : SampleSource(scratch)
{
    /// <summary>Replaced for every line.</summary>
    public SessionLogRecord Record { get; set; } = record;

    public LogProcess Process { get; } = process;

    public DateTexts Dates { get; } = new(process.Zone);

    /// <summary>When the line is made.</summary>
    public override UnixTime Now => LineTime;

    public override TimeZoneInfo Zone => Process.Zone;

    private byte* _request;
    private byte* _response;
    private int _requestLength;
    private int _responseLength;

    /// <summary>Where random samples come from outside of a session; null inside of one.</summary>
    public Prng? Random { get; init; }

    /// <summary>For what only a socket's options tell; null outside of a session.</summary>
    public Kernel? Kernel { get; init; }

    /// <summary>The client's bytes that wait to be forwarded; only while rules run.</summary>
    public ReadOnlySpan<byte> Request => new(_request, _requestLength);

    /// <summary>The server's bytes that wait to be forwarded; only while rules run.</summary>
    public ReadOnlySpan<byte> Response => new(_response, _responseLength);

    /// <summary>
    /// The request's head in mode http, once it is complete and until it is gone; its body, as it was received, begins
    /// in <see cref="Request"/> at <see cref="HttpMessage.HeadBytes"/>.
    /// </summary>
    public HttpMessage? RequestMessage { get; set; }

    /// <summary>The response's head, likewise.</summary>
    public HttpMessage? ResponseMessage { get; set; }

    public void SetRequest(byte* data, int length)
    {
        _request = data;
        _requestLength = length;
    }

    public void SetResponse(byte* data, int length)
    {
        _response = data;
        _responseLength = length;
    }

    public override VariableStore? Variables(VariableScope scope) => Record.Variables?.Invoke(scope);

    /// <inheritdoc cref="Now"/>
    public UnixTime LineTime { get; set; }
}
