using System;
using Hawser.Base.Network;
using Hawser.Base.Time;
using Hawser.Expressions.Acls;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// Step 2: the rules of the request. Those of "tcp-request content" may wait for the client's data, up to
/// "tcp-request inspect-delay", until it has closed, or until no more fits in the buffer.
/// </summary>
internal static class RequestRulesStep
{
    /// <summary>Where a session goes when its handshakes are done: past everything that its frontend does not have.</summary>
    public static SessionPhase First(Session session) =>
        session.Frontend.Rules?.Session is null ? BeginStream(session) : SessionPhase.SessionRules;

    /// <summary>Nobody has refused it so far: from here on it counts as one of the frontend's sessions.</summary>
    private static SessionPhase BeginStream(Session session)
    {
        session.Frontend.Counters[session.Loop.Index].Sessions++;
        if (session.Source.Counters is { } listener) listener[session.Loop.Index].Sessions++;
        session.Frontend.Peaks.CountSession(session.Frontend.Counters, session.Loop.Index, session.Loop.Now);
        if (session.IsHttp)
        {
            session.Frontend.Counters[session.Loop.Index].Http1Sessions++;
            return SessionPhase.RequestHead;
        }

        SessionLog.AtStep(session, LogStep.Accept);
        return BeforeBackend(session);
    }

    /// <summary>The frontend's rules of what has come.</summary>
    internal static SessionPhase BeforeBackend(Session session) =>
        session.Frontend.Rules?.Content is null ? AfterContentRules(session) : SessionPhase.RequestRules;

    private static SessionPhase AfterContentRules(Session session) =>
        session.IsHttp ? SessionPhase.HttpRequestRules : SessionPhase.ChooseBackend;

    public static SessionPhase RunSessionRules(Session session)
    {
        FrontendRules rules = session.Frontend.Rules!;
        RuleVerdict verdict = rules.Session!.Run(session, RuleSource.Of(session, isFinal: true));
        if (verdict is RuleVerdict.Reject or RuleVerdict.SilentDrop) return Refuse(session, verdict, isLogged: false);
        return BeginStream(session);
    }

    public static SessionPhase RunContentRules(Session session) =>
        Run(session, session.Frontend.Rules!.Content!, AfterContentRules(session));

    public static SessionPhase RunBackendRules(Session session)
    {
        BackendRules rules = (BackendRules)session.Backend!.Rules!;
        session.AwaitsResponseRules = rules.Response is not null;
        SessionPhase next = ChooseBackendStep.AfterBackendRules(session);
        return rules.Content is { } content ? Run(session, content, next) : next;
    }

    /// <summary>The first "use-server" that applies and whose server takes sessions; null: the balancer decides.</summary>
    public static Server? ServerByRule(Session session, BackendRules rules)
    {
        SessionLogSource source = RuleSource.Of(session, isFinal: true);
        foreach (ServerRule rule in rules.Servers)
        {
            if (rule.Condition.Evaluate(source) != AclResult.Pass) continue;
            Server? server = rule.Server
                ?? (rule.Name is null ? null : ComputedName.Find(rule.Name, source, rules.ServersByName));
            if (server is { IsUp: true, IsInMaintenance: false }) return server;
            // An unknown computed name ends the search; a server that is down leaves the next rule its chance.
            if (server is null) return null;
        }

        return null;
    }

    /// <summary>The client was silent for too long while rules waited for it.</summary>
    public static void ClientTimedOut(Session session)
    {
        session.End(TerminationCause.ClientTimeout, TerminationPhase.Request);
        session.Phase = SessionPhase.Finish;
    }

    /// <summary>Ends a session that a rule has refused.</summary>
    /// <param name="session">Not connected to any server.</param>
    /// <param name="verdict">Reject or SilentDrop.</param>
    /// <param name="isLogged">False for connections that never become sessions for HAProxy's logs.</param>
    /// <param name="isResponse">A rule over what its server sent.</param>
    public static SessionPhase Refuse(Session session, RuleVerdict verdict, bool isLogged, bool isResponse = false)
    {
        if (!isLogged) session.IsLogged = true;
        if (verdict == RuleVerdict.SilentDrop) SilentDrop(session);
        if (isResponse) HttpRulesStep.CountDeniedResponse(session);
        else CountRefusal(session);
        session.End(TerminationCause.Proxy, TerminationPhase.Request);
        session.PhaseDeadline = Instant.Never;
        return SessionPhase.Finish;
    }

    private static void CountRefusal(Session session)
    {
        int loop = session.Loop.Index;
        CountRefusal(session.Phase, session.Frontend.Counters[loop]);
        if (session.Source.Counters is { } listener) CountRefusal(session.Phase, listener[loop]);
        // As HAProxy does, what "tcp-request content" of a backend refuses counts for the frontend alone.
        if (session.Backend is { } backend && session.Phase != SessionPhase.BackendRules)
            backend.Counters[loop].DeniedRequests++;
    }

    private static void CountRefusal(SessionPhase phase, TrafficCounters counters)
    {
        counters.Denied++;
        if (phase == SessionPhase.SessionRules)
            counters.DeniedSessions++;
        else if (phase is SessionPhase.Idle or SessionPhase.Handshake)
            counters.DeniedConnections++;
        else
            counters.DeniedRequests++;
    }

    private static SessionPhase Run(Session session, RuleSet rules, SessionPhase next)
    {
        EventLoop loop = session.Loop;
        if (!session.HasInspected)
        {
            session.HasInspected = true;
            session.PhaseDeadline = rules.InspectDelay.IsSet ? loop.Now.After(rules.InspectDelay) : Instant.Never;
        }

        ClientState state = ClientIntake.Run(session);
        bool isFull = session.Request.BlockLength >= loop.Buffers.BlockBytes;
        bool isFinal = isFull
            || session.Request.IsSourceDone
            || !rules.InspectDelay.IsSet
            || session.PhaseDeadline <= loop.Now;
        RuleVerdict verdict = rules.Run(session, RuleSource.Of(session, isFinal));
        switch (verdict)
        {
            case RuleVerdict.Undecided when state == ClientState.Failed:
                session.End(TerminationCause.ClientAbort, TerminationPhase.Request);
                return SessionPhase.Finish;
            case RuleVerdict.Undecided:
                return session.Phase;
            case RuleVerdict.Reject or RuleVerdict.SilentDrop or RuleVerdict.Close:
                return Refuse(session, verdict, isLogged: true);
            case RuleVerdict.SwitchMode:
                return BeginHttp(session);
            default:
                session.PhaseDeadline = Instant.Never;
                session.HasInspected = false;
                return next;
        }
    }

    /// <summary>A session of mode tcp goes on in mode http: what it has sent so far is the beginning of its first request.</summary>
    internal static SessionPhase BeginHttp(Session session)
    {
        session.IsHttp = true;
        session.HasInspected = false;
        session.PhaseDeadline = Instant.Never;
        session.IdleSince = session.AcceptedAt;
        session.Request.Hold(session.Request.SendLength);
        return SessionPhase.RequestHead;
    }

    /// <summary>
    /// The client is told nothing: the kernel forgets the connection where we may ask for that, otherwise the reset
    /// that closing sends does not get past the first router.
    /// </summary>
    private static void SilentDrop(Session session)
    {
        Kernel kernel = session.Loop.Kernel;
        int descriptor = session.ClientSide.Descriptor;
        int timeToLive = session.Facts.ResetTimeToLive;
        if (timeToLive > 0 || kernel.SetOption(descriptor, SocketOption.Repair, 1) < 0)
        {
            bool isIPv6 = session.ClientSide.Local.Family == AddressFamily.IPv6;
            kernel.SetOption(descriptor, isIPv6 ? SocketOption.HopLimit : SocketOption.TimeToLive, Math.Max(1, timeToLive));
        }
        session.IsResetToBoth = true;
    }
}
