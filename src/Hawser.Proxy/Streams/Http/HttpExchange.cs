using System;
using Hawser.Base.Time;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// One request and its response in mode http: the two heads, how far each body is, and what rules have said about them.
/// Rented from the loop with the request's first bytes and given back after its log line, so that an idle connection
/// holds none. Its memory is used again: after warm-up nothing is allocated.
/// </summary>
public sealed class HttpExchange
{
    private readonly int _blockBytes;
    private byte[]? _answerBuffer;

    /// <param name="fieldsMaximum">"tune.http.maxhdr".</param>
    /// <param name="blockBytes">"tune.bufsize": the longest body of an answer that is made while running.</param>
    /// <param name="uriBytesMaximum">"tune.http.logurilen": how much of the request line is kept for logs.</param>
    public HttpExchange(int fieldsMaximum, int blockBytes, int uriBytesMaximum)
    {
        Request = new HttpMessage(fieldsMaximum);
        Response = new HttpMessage(fieldsMaximum);
        _blockBytes = blockBytes;
        Log = new HttpLogRecord(uriBytesMaximum);
    }

    /// <summary>The request's head, from its first byte until it went to a server or was answered.</summary>
    public HttpMessage Request { get; }

    /// <summary>The response's head: the server's, or one of our own.</summary>
    public HttpMessage Response { get; }

    /// <summary>What the log line tells of it.</summary>
    public HttpLogRecord Log { get; }

    // How far the messages are.
    internal Http1HeadParser RequestParser;
    internal Http1HeadParser ResponseParser;
    internal BodyFilter RequestBody;
    internal BodyFilter ResponseBody;
    internal bool IsRequestHeadComplete;
    internal bool IsRequestHeadSent;
    internal bool IsResponseHeadBegun;
    internal bool IsResponseHeadComplete;
    internal bool IsResponseHeadSent;

    /// <summary>The client asked for another protocol, or for a tunnel, and the server agreed: bytes from here on.</summary>
    internal bool IsTunnel;

    /// <summary>What the heads of the request and of all responses counted for, the interim ones included.</summary>
    internal long RequestHeadBytes;
    internal long ResponseHeadBytes;

    /// <summary>Bytes of the channels when the tunnel began.</summary>
    internal long TunnelRequestAt;
    internal long TunnelResponseAt;
    /// <summary>The client has asked for a head only, whatever method rules have put in the place of its own.</summary>
    internal bool IsHeadWanted;

    /// <summary>"retry-on": the request as it was sent, whole, in a block of its own; null: it is not kept.</summary>
    internal unsafe byte* Kept;
    internal int KeptBytes;

    /// <summary>The kept request is to be sent, to another server perhaps.</summary>
    internal bool IsResendDue;

    /// <summary>The client's connection takes another request after this one.</summary>
    internal bool KeepsClient;

    /// <summary>The server's connection can be used for another request after this one.</summary>
    internal bool KeepsServer;

    /// <summary>The server's response is not passed on, and whether all of it has come.</summary>
    internal bool IsResponseDiscarded;
    internal bool IsDiscardedWhole;

    /// <summary>The server's connection had served a request before this one.</summary>
    internal bool IsServerReused;

    // What rules have said.

    /// <summary>The answer is ours: its head is <see cref="Response"/>, and this follows it.</summary>
    public ReadOnlyMemory<byte> AnswerBody { get; internal set; }

    internal bool IsAnswered;
    internal int AnswerBodySent;

    /// <summary>What the log shows for an answer of our own, whatever its page says; 0: the response's status.</summary>
    internal int LoggedStatus;

    /// <summary>"tarpit": what is answered when the client has waited.</summary>
    internal Reply? DelayedReply;

    /// <summary>"http-after-response" has failed: the error that is answered instead passes no rules.</summary>
    internal bool SkipsAfterRules;

    /// <summary>"disable-l7-retry": only failed connections are tried again.</summary>
    internal bool IsRetryDisabled;

    /// <summary>"set-timeout tarpit".</summary>
    internal Milliseconds TarpitTimeout;

    /// <summary>"early-hint": bytes of the informational response that is being put together in <see cref="AnswerBuffer"/>.</summary>
    internal int HintBytes;

    /// <summary>Who answers in the place of a server; null: nobody.</summary>
    internal HttpService? Service;

    /// <summary>The way to <see cref="Service"/> and back, until all of its answer is here.</summary>
    internal ServiceCall? ServiceCall;

    /// <summary>What log lines name in the place of a server.</summary>
    internal byte[]? ServiceName;

    /// <summary>The service was named by a rule: its answer passes "http-response", as a server's would.</summary>
    internal bool IsServiceRuled;

    /// <summary>The head of the service's answer is made.</summary>
    internal bool IsServiceHeadMade;

    /// <summary>The client may change something there ("stats admin").</summary>
    internal bool IsServiceAdmin;

    /// <summary>The answer is to close without one.</summary>
    internal bool IsSilent;

    /// <summary>"strict-mode": a rewriting that found no room is an error (manual, "strict-mode").</summary>
    public bool IsStrict = true;

    /// <summary>The rule to go on with, where rules had to wait.</summary>
    internal int NextRule;

    // Persistence.

    /// <summary>"force-persist" and "ignore-persist".</summary>
    internal PersistenceRule PersistenceRule;

    /// <summary>The server was decided by a cookie or a rule, not by balancing.</summary>
    internal bool IsDirect;

    /// <summary>The dates in the client's cookie (<see cref="CookieDate"/>).</summary>
    internal int CookieLastSeen = CookieDate.None;
    internal int CookieFirstSeen = CookieDate.None;

    /// <summary>"pause" is under way: until <see cref="Session.PhaseDeadline"/>.</summary>
    internal bool IsPausing;

    /// <summary>"http-request" of the side under way is through, and its "redirect" lines are not.</summary>
    internal bool AreRulesDone;

    /// <summary>"http-response" of the backend is through, and the frontend's is not.</summary>
    internal bool AreBackendRulesDone;

    /// <summary>"wait-for-body": bytes of the body to wait for; 0: all that fit. -1: no waiting.</summary>
    public long WaitedBodyBytes = -1;

    /// <summary>"option http-buffer-request" has had its wait.</summary>
    internal bool IsBodyAwaited;
    internal bool IsBodyBuffered;

    /// <summary>The client has closed while the rest of its request was waited for.</summary>
    internal bool IsClientGone;

    /// <summary>"wait-for-body": how long, in milliseconds.</summary>
    public long WaitedBodyMs;

    /// <summary>Room for an answer's body that is made while running, as long as a block.</summary>
    public Span<byte> AnswerBuffer => _answerBuffer ??= GC.AllocateUninitializedArray<byte>(_blockBytes);

    /// <summary>The beginning of <see cref="AnswerBuffer"/> becomes the answer's body.</summary>
    public void UseAnswerBuffer(int length) => AnswerBody = _answerBuffer.AsMemory(0, length);

    /// <summary>Nothing more is expected of a service.</summary>
    internal void DropService()
    {
        ServiceCall?.Abandon();
        ServiceCall = null;
        Service = null;
    }

    /// <summary>The message that rules of that side look at and change.</summary>
    public HttpMessage Message(bool ofResponse) => ofResponse ? Response : Request;

    /// <summary>The server that the client was bound to could not be connected to: another one takes over.</summary>
    internal void LeftServer()
    {
        if (IsDirect && Log.RequestCookieState == 'V') Log.RequestCookieState = (byte)'D';
        IsDirect = false;
    }

    internal void Reset()
    {
        RequestBody = default;
        ResponseBody = default;
        IsRequestHeadComplete = false;
        IsRequestHeadSent = false;
        IsResponseHeadBegun = false;
        IsResponseHeadComplete = false;
        IsResponseHeadSent = false;
        IsTunnel = false;
        IsResendDue = false;
        RequestHeadBytes = 0;
        ResponseHeadBytes = 0;
        IsHeadWanted = false;
        KeepsClient = false;
        KeepsServer = false;
        IsServerReused = false;
        IsResponseDiscarded = false;
        IsDiscardedWhole = false;
        if (Service is not null) DropService();
        ServiceName = null;
        AnswerBody = default;
        IsAnswered = false;
        AnswerBodySent = 0;
        LoggedStatus = 0;
        DelayedReply = null;
        SkipsAfterRules = false;
        IsRetryDisabled = false;
        TarpitTimeout = default;
        HintBytes = 0;
        IsSilent = false;
        IsStrict = true;
        NextRule = 0;
        PersistenceRule = PersistenceRule.None;
        IsDirect = false;
        CookieLastSeen = CookieDate.None;
        CookieFirstSeen = CookieDate.None;
        IsPausing = false;
        AreRulesDone = false;
        AreBackendRulesDone = false;
        WaitedBodyBytes = -1;
        WaitedBodyMs = 0;
        IsBodyAwaited = false;
        IsBodyBuffered = false;
        IsClientGone = false;
        Log.Reset();
    }
}
