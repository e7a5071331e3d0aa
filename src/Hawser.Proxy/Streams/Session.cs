using System;
using Hawser.Base.Network;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Expressions.Samples;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Steps;

namespace Hawser.Proxy.Streams;

/// <summary>
/// One client's session: the client, a server, and the two channels between them. Lives on one loop from accept to log
/// line, then goes back to that loop's pool; nothing of it is allocated again. In mode http it begins anew with each
/// request of its client, and what that needs beyond this is its <see cref="HttpExchange"/>.
/// This file is its state and its driver; what each phase does is in <c>Steps/</c>.
/// </summary>
public sealed class Session : Waiter
{
    private readonly SessionTimer _timer;

    internal Session(ProxyLoop home)
    {
        Home = home;
        ClientSide = new Connection(this);
        ServerSide = new Connection(this);
        _timer = new SessionTimer(this);
        FindVariables = VariablesOf;
    }

    // Touched by every byte.

    /// <summary>Never null; another object after each time its client has waited as an <see cref="IdleClient"/>.</summary>
    internal Connection ClientSide;

    /// <summary>Never null; another object with each connection that is used again.</summary>
    internal Connection ServerSide;
    internal readonly Channel Request = new();
    internal readonly Channel Response = new();
    internal SessionPhase Phase;
    internal readonly ProxyLoop Home;

    /// <summary>The request under way, in mode http: from its first byte to its log line. Null in mode tcp.</summary>
    internal HttpExchange? Http;

    // Who it is for.
    internal Frontend Frontend = null!;
    internal SessionSource Source = null!;
    internal Backend? Backend;

    /// <summary>The server it goes to or went to last: what the log names.</summary>
    internal Server? Target;

    /// <summary>The server that has counted this session; it counts again when it goes to another one.</summary>
    internal Server? CountedServer;

    /// <summary>"option contstats": null until it is first counted while it is under way.</summary>
    internal CountedBytes? Counted;

    /// <summary>Large transfers may go through a kernel pipe.</summary>
    internal bool MaySplice;

    /// <summary>A slot of <see cref="Target"/> is held and must be released.</summary>
    internal bool HoldsSlot;

    // Timeouts in force; the backend's part is filled when the backend is known.
    internal Milliseconds ServerTimeout;
    internal Milliseconds TunnelTimeout;
    internal Milliseconds ServerFinTimeout;
    internal Milliseconds ConnectTimeout;
    internal Milliseconds QueueTimeout;

    /// <summary>"set-timeout client"; not set: the frontend's.</summary>
    internal Milliseconds ClientTimeoutSaid;

    /// <summary>
    /// "set-timeout" in the rules of a listen section, for the server's side: in force when the backend is that section's.
    /// </summary>
    internal Milliseconds ServerTimeoutSaid;
    internal Milliseconds TunnelTimeoutSaid;
    internal Milliseconds ConnectTimeoutSaid;
    internal Milliseconds QueueTimeoutSaid;

    /// <summary>End of the handshake, the queue, the connection attempt or the turn-around, whichever is under way.</summary>
    internal Instant PhaseDeadline;

    /// <summary>End of "on-timeout drain"; Never when not draining.</summary>
    internal Instant DrainDeadline;

    // How it ended.
    internal TerminationCause Cause;
    internal TerminationPhase CausePhase;
    internal bool IsAborted;

    /// <summary>The client closed while the server was being connected to; decided when this turn's events are seen.</summary>
    internal int GivingUpTurns;
    internal HandshakeError HandshakeError;

    /// <summary>"on-timeout reset": both sides get a reset.</summary>
    internal bool IsResetToBoth;

    /// <summary>
    /// "option nolinger" of the frontend: a client that has sent its FIN is closed by a reset, which may outrun what it
    /// has not read. One that has not gets a FIN first, as HAProxy does.
    /// </summary>
    internal bool IsClientReset => Http is null && Request.IsFinReceived && !ClientSide.IsFinSent && Frontend.Config.Options.NoLinger;

    // Mode http.

    /// <summary>The frontend's mode, or what "switch-mode" made of it.</summary>
    internal bool IsHttp;

    /// <summary>Whose connection <see cref="ServerSide"/> is, while it waits for this client's next request.</summary>
    internal Server? AttachedServer;

    /// <summary>Others that only this client may use again; null until there is one.</summary>
    internal ParkedConnections? Parked;

    /// <summary>The response before asked for a password (401, 407).</summary>
    internal bool IsPasswordAsked;

    /// <summary>Requests that have begun on the client's connection.</summary>
    internal int Requests;

    /// <summary>Since when the next request is waited for.</summary>
    internal Instant IdleSince;

    /// <summary>The request's first byte, and its whole head.</summary>
    internal Instant RequestAt;
    internal Instant RequestHeadAt;

    // What the log tells.
    internal UnixTime AcceptDate;
    internal Instant AcceptedAt;
    internal Instant HandshakeDoneAt;
    internal Instant SlotAt;
    internal Instant ConnectedAt;
    internal int RetriesLeft;
    internal int Retries;
    internal bool IsRedispatched;

    /// <summary>The next slot is for another try at the same server: <see cref="SlotAt"/> stays.</summary>
    internal bool IsSlotTimeKept;
    internal int ServerQueueSeen;
    internal int BackendQueueSeen;

    /// <summary>The server's other sessions when this one gave its slot back (%sc).</summary>
    internal int? ServerConnectionsLeft;
    internal uint Number;
    internal bool IsLogged;
    internal bool IsServerCloseTold;
    internal bool IsClientCloseTold;
    internal LossLedger RequestLoss;
    internal LossLedger ResponseLoss;

    // What rules have said.

    /// <summary>"set-log-level silent".</summary>
    internal const int Silent = -2;

    /// <summary>As <see cref="SyslogLevel"/>; -1: not said.</summary>
    internal int LogLevel;

    /// <summary>"set-bc-mark" and "set-bc-tos"; -1: not said.</summary>
    internal long ServerMark;
    internal int ServerTypeOfService;

    /// <summary>"set-retries": how often a connection to the server is tried again; -1: as the backend says.</summary>
    internal int RetriesSaid;

    /// <summary>Reads of one direction in one turn of the loop: the bind line's "nice", or "set-nice".</summary>
    internal int ReadsPerTurn;

    /// <summary>The next phase begins behind the others.</summary>
    internal bool YieldsBeforePhase;

    /// <summary>A PROXY header comes first; "expect-proxy" may say so.</summary>
    internal bool ExpectsProxyHeader;

    /// <summary>"tcp-response content" rules have yet to see the server's first bytes.</summary>
    internal bool AwaitsResponseRules;

    /// <summary>The set of rules that is under way has begun to wait.</summary>
    internal bool HasInspected;

    /// <summary>Null until it first meets a rule.</summary>
    internal SessionVariables? Variables;

    /// <summary>What rules and logs know of it besides.</summary>
    internal readonly SessionFacts Facts = new();

    internal CaptureStore RequestCaptures => Facts.RequestCaptures;

    internal CaptureStore ResponseCaptures => Facts.ResponseCaptures;

    /// <summary>For the source of samples: made once.</summary>
    internal readonly Func<VariableScope, VariableStore?> FindVariables;

    // Links of the loop's list and pool.
    internal Session? NextSession;
    internal Session? PreviousSession;

    internal EventLoop Loop => HomeLoop;

    internal HttpProxy? FrontendHttp => Frontend.Http;

    internal HttpProxy? BackendHttp => Backend?.Protocol as HttpProxy;

    /// <summary>Begins with a client that was just accepted. Its slots of the process and frontend are taken.</summary>
    internal void Start(SessionSource source, int descriptor, in NetworkAddress peer)
    {
        BeginConnection(source);
        ClientSide.IsIndependent = source.Frontend.Config.Options.IndependentStreams;
        ClientSide.Peer = peer;
        ClientSide.Local = default;
        BeginTransaction();
        bool isOpen = ClientSide.Open(Loop, descriptor, isEstablished: true);
        Home.Debug?.Accepted(this);
        if (!isOpen)
        {
            End(TerminationCause.Resource, TerminationPhase.Connect);
            Phase = SessionPhase.Finish;
        }
        else
        {
            Phase = ConnectionRulesStep.Begin(this, source.ExpectsProxyHeader);
            if (Phase == SessionPhase.Handshake)
                PhaseDeadline = Loop.Now.After(Frontend.HandshakeTimeout);
            else if (Phase != SessionPhase.Finish)
                HandshakeDoneAt = Loop.Now;
            IdleSince = Loop.Now;
        }

        Advance();
    }

    /// <summary>Goes on for a client that has waited between two requests.</summary>
    internal void Resume(IdleClient client)
    {
        BeginConnection(client.Source);
        ClientSide = client.Give(ClientSide);
        ClientSide.Owner = this;
        Requests = client.Requests;
        HandshakeDoneAt = client.HandshakeDoneAt;
        BeginTransaction(client.Since, client.Date, client.Number);
        Phase = SessionPhase.RequestHead;
        ArmTimer();
    }

    /// <summary>
    /// Nothing is known of it but what an <see cref="IdleClient"/> keeps: the client has said nothing yet, no server's
    /// connection is its own, and rules have left nothing that outlives a request.
    /// </summary>
    internal bool IsForgettable => ClientSide is { IsOpen: true, IsReadable: false, IsPeerClosed: false }
        && Request.BlockLength == 0 && !Request.IsSourceDone && !Facts.OutliveRequest
        && Variables is not { HasSessionValues: true } && AttachedServer is null && Parked is not { Count: > 0 }
        && !ServerSide.IsOpen && ReadsPerTurn == Source.ReadsPerTurn && Frontend.Config.Mode == ProxyMode.Http;

    private void BeginConnection(SessionSource source)
    {
        Source = source;
        Frontend = source.Frontend;
        Request.Reset();
        Response.Reset();
        HandshakeError = HandshakeError.None;
        IsResetToBoth = false;
        IsServerCloseTold = false;
        IsClientCloseTold = false;
        IsHttp = Frontend.Config.Mode == ProxyMode.Http;
        Requests = 0;
        AttachedServer = null;
        IsPasswordAsked = false;
        MaySplice = source.MaySplice;
        HandshakeDoneAt = Instant.Never;
        Facts.BeginConnection();
    }

    /// <summary>Everything that belongs to one way to a server: all of a session in mode tcp, one request in mode http.</summary>
    internal void BeginTransaction() => BeginTransaction(Loop.Now, Loop.WallClock, Home.Process.NextSessionNumber());

    private void BeginTransaction(Instant now, UnixTime date, uint number)
    {
        Backend = null;
        Target = null;
        CountedServer = null;
        HoldsSlot = false;
        GrantedServer = null;
        DrainDeadline = Instant.Never;
        PhaseDeadline = Instant.Never;
        Cause = TerminationCause.None;
        CausePhase = TerminationPhase.None;
        IsAborted = false;
        ReadsPerTurn = Source.ReadsPerTurn;
        GivingUpTurns = 0;
        AcceptDate = date;
        AcceptedAt = now;
        RequestAt = Instant.Never;
        RequestHeadAt = Instant.Never;
        IdleSince = now;
        SlotAt = Instant.Never;
        ConnectedAt = Instant.Never;
        Retries = 0;
        IsRedispatched = false;
        IsSlotTimeKept = false;
        ServerQueueSeen = 0;
        BackendQueueSeen = 0;
        ServerConnectionsLeft = null;
        LogLevel = -1;
        ServerMark = -1;
        ServerTypeOfService = -1;
        RetriesSaid = -1;
        ClientTimeoutSaid = default;
        ServerTimeoutSaid = default;
        TunnelTimeoutSaid = default;
        ConnectTimeoutSaid = default;
        QueueTimeoutSaid = default;
        AwaitsResponseRules = false;
        HasInspected = false;
        IsLogged = false;
        RequestLoss = default;
        ResponseLoss = default;
        PriorityClass = 0;
        PriorityOffset = 0;
        Request.Limit = null;
        Response.Limit = null;
        Request.IsUrgent = false;
        Response.IsUrgent = IsHttp;
        Facts.BeginTransaction(Frontend.Captures);
        ServerSide.Local = default;
        ServerSide.Peer = default;
        Number = number;
    }

    /// <summary>Runs the step of the phase until it stays: the whole way of a session, in order.</summary>
    private void Advance()
    {
        Facts.Calls++;
        SessionPhase phase;
        do
        {
            phase = Phase;
            Phase = phase switch
            {
                SessionPhase.Handshake => HandshakeStep.Run(this),
                SessionPhase.SessionRules => RequestRulesStep.RunSessionRules(this),
                SessionPhase.RequestHead => RequestHeadStep.Run(this),
                SessionPhase.RequestRules => RequestRulesStep.RunContentRules(this),
                SessionPhase.HttpRequestRules => HttpRulesStep.RunFrontend(this),
                SessionPhase.ChooseBackend => ChooseBackendStep.Run(this),
                SessionPhase.BackendRules => RequestRulesStep.RunBackendRules(this),
                SessionPhase.HttpBackendRules => HttpRulesStep.RunBackend(this),
                SessionPhase.PrepareRequest => PrepareRequestStep.Run(this),
                SessionPhase.ChooseServer => ChooseServerStep.Run(this),
                SessionPhase.Queue => QueueStep.Run(this),
                SessionPhase.Connect => ConnectStep.Run(this),
                SessionPhase.TurnAround => ConnectStep.RunTurnAround(this),
                SessionPhase.Forward => ForwardStep.Run(this),
                SessionPhase.Exchange => ExchangeStep.Run(this),
                SessionPhase.Tarpit => TarpitStep.Run(this),
                SessionPhase.Service => ServiceStep.Run(this),
                SessionPhase.Answer => AnswerStep.Run(this),
                SessionPhase.EndExchange => EndExchangeStep.Run(this),
                SessionPhase.Finish => FinishStep.Run(this),
                _ => SessionPhase.Idle,
            };
        }
        while (Phase != phase && !TakeYield());

        if (phase == SessionPhase.Idle || (phase == SessionPhase.RequestHead && Http is null && Requests > 0 && Home.TryForget(this)))
            return;
        ArmTimer();
    }

    /// <summary>A step has asked for a turn of its own for the next phase.</summary>
    private bool TakeYield()
    {
        bool yields = YieldsBeforePhase;
        YieldsBeforePhase = false;
        return yields;
    }

    internal override void OnConnectionReady(EventLoop loop, Connection connection) => Advance();

    /// <summary>A slot was granted, or the session asked to go on in a later turn.</summary>
    public override void Run(EventLoop loop) => Advance();

    /// <summary>
    /// Records why the session ends; the first reason stands, as in HAProxy's logs.
    /// </summary>
    internal void End(TerminationCause cause, TerminationPhase phase)
    {
        if (Cause != TerminationCause.None)
            return;
        Cause = cause;
        CausePhase = phase;
    }

    /// <summary>
    /// Ends it from outside: its server went down, an operator or a stop said so. HAProxy calls the phase C whatever it
    /// was.
    /// </summary>
    internal void Kill(TerminationCause cause)
    {
        if (Phase is SessionPhase.Idle or SessionPhase.Finish)
            return;
        End(cause, TerminationPhase.Connect);
        IsAborted = true;
        Phase = SessionPhase.Finish;
        Advance();
    }

    /// <summary>How it is now, for an operator.</summary>
    internal SessionSummary Summary() => new()
    {
        Number = Number,
        Loop = Loop.Index,
        AcceptDate = AcceptDate,
        AcceptedAt = AcceptedAt,
        Client = ClientSide.Peer,
        Server = ServerSide.Peer,
        Frontend = Frontend,
        Backend = Backend,
        Target = Target,
        Phase = Phase,
        ClientDescriptor = ClientSide.Descriptor,
        ServerDescriptor = ServerSide.Descriptor,
        RequestBytesIn = Request.BytesIn,
        RequestBytesOut = Request.BytesOut,
        ResponseBytesIn = Response.BytesIn,
        ResponseBytesOut = Response.BytesOut,
        ClientActivity = ClientSide.LastActivity,
        ServerActivity = ServerSide.LastActivity,
        Expires = _timer.Deadline,
        Retries = Retries,
        IsClientFinSent = ClientSide.IsFinSent,
        IsServerFinSent = ServerSide.IsFinSent,
        IsSpliced = Request.Pipe.IsOpen || Response.Pipe.IsOpen,
    };

    /// <summary>What it lost, at its end.</summary>
    internal LossRecord Loss() => new()
    {
        Number = Number,
        Date = Loop.WallClock,
        Client = ClientSide.Peer,
        Frontend = Frontend.Name,
        Backend = Backend?.Name,
        Server = Target?.Name,
        FrontendTimeouts = Frontend.Config.Timeouts,
        BackendTimeouts = (Backend?.Config ?? Frontend.Config).Timeouts,
        Cause = Cause,
        Phase = CausePhase,
        Request = RequestLoss,
        Response = ResponseLoss,
    };

    /// <summary>
    /// Its listener goes on under another configuration, or is gone: where it waits for a request, the next one is the
    /// new configuration's.
    /// </summary>
    internal void FollowReload()
    {
        if (!Source.IsRetired || Phase != SessionPhase.RequestHead || Http is not null)
            return;
        if (Source.Successor is { Frontend.Http: not null } successor)
            MoveTo(successor);
        else
            CloseIfIdle();
    }

    /// <summary>Between two requests: from here on it belongs to the listener's new configuration.</summary>
    internal void MoveTo(SessionSource successor)
    {
        Source.SessionMoved(successor);
        Source = successor;
        Frontend = successor.Frontend;
        MaySplice = successor.MaySplice;
        ReadsPerTurn = successor.ReadsPerTurn;
        ClientSide.IsIndependent = Frontend.Config.Options.IndependentStreams;
        Facts.BeginTransaction(Frontend.Captures);
        ArmTimer();
    }

    /// <summary>In the pool: it must not keep a configuration alive that is over.</summary>
    internal void Forget()
    {
        Source = null!;
        Frontend = null!;
        Backend = null;
        Target = null;
        CountedServer = null;
        AttachedServer = null;
        GrantedServer = null;
    }

    /// <summary>
    /// Ends it when it waits for its next request; with "option idle-close-on-response" that request's response ends it.
    /// </summary>
    internal void CloseIfIdle()
    {
        if (Phase != SessionPhase.RequestHead || Http is not null || Requests == 0 || Frontend.Config.Http.IdleCloseOnResponse)
            return;
        RequestHeadStep.CloseIdle(this);
        Advance();
    }

    /// <summary>
    /// Puts the timer where the nearest deadline is. Called after each advance; when nothing got earlier this is a
    /// few comparisons and a store.
    /// </summary>
    private void ArmTimer()
    {
        Instant deadline = Timeouts.Next(this);
        if (deadline != _timer.Deadline)
            Loop.SetTimer(_timer, deadline);
    }

    /// <summary>Its request is invalid, or has never come.</summary>
    internal void CountRequestError()
    {
        Frontend.Counters[Loop.Index].RequestErrors++;
        if (Source.Counters is { } listener)
            listener[Loop.Index].RequestErrors++;
    }

    /// <summary>Its nearest deadline has come.</summary>
    internal void TimeOut() => OnTimer();

    /// <summary>Its timer does not fire any more. It keeps its place in the queue, which its next client may well use.</summary>
    internal void StopTimer() => Loop.SetTimer(_timer, Instant.Never);

    /// <summary>The object is not used again.</summary>
    internal void RemoveTimer() => Loop.RemoveTimer(_timer);

    private void OnTimer()
    {
        if (Phase == SessionPhase.Idle)
            return;
        Timeouts.Fire(this);
        Advance();
    }

    /// <summary>As in HAProxy, transactions begin only where content rules do.</summary>
    /// <summary>The rules of "tcp-request connection" see a connection whose PROXY header is still to come.</summary>
    internal bool IsBeforeProxyHeader => Phase <= SessionPhase.Handshake && Source.ExpectsProxyHeader;

    /// <summary>Bytes pass both ways and nothing is looked at any more: "timeout tunnel" is in force where it is set.</summary>
    internal bool IsTunnel => !ConnectedAt.IsNever && (Http?.IsTunnel ?? (Phase >= SessionPhase.Forward && !AwaitsResponseRules));

    private VariableStore? VariablesOf(VariableScope scope) => scope switch
    {
        VariableScope.Process => Home.Process.Variables.ProcessVariables,
        VariableScope.Session => Variables?.Of(scope),
        _ => Phase >= SessionPhase.RequestRules ? Variables?.Of(scope) : null,
    };

    private sealed class SessionTimer(Session session) : LoopTimer
    {
        public override void OnTimer(EventLoop loop) => session.OnTimer();
    }
}
