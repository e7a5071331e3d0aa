using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Streams.Steps;

namespace Hawser.Proxy.Streams;

/// <summary>
/// Which deadline of a session is next, and what happens when it comes (manual, "timeout client" and its family).
/// <para>A side's inactivity timer counts from its last activity and runs while the session waits to read from it, or
/// from the last progress of a send that is blocked. Reading is not waited for while what was read cannot be passed
/// on: then it is the other side's fault.</para>
/// </summary>
internal static class Timeouts
{
    public static Instant Next(Session session) => session.Phase switch
    {
        SessionPhase.Idle or SessionPhase.Finish => Instant.Never,
        SessionPhase.Forward => NextWhileForwarding(session),
        SessionPhase.Handshake => session.PhaseDeadline,
        SessionPhase.RequestHead => RequestHeadStep.Deadline(session),
        SessionPhase.Exchange => Instant.Earlier(session.PhaseDeadline, NextOfExchange(session)),
        SessionPhase.Answer => Instant.Earlier(session.PhaseDeadline, Instant.Earlier(ClientWrite(session), ClientBody(session))),
        SessionPhase.Service => session.PhaseDeadline,
        SessionPhase.Tarpit => session.PhaseDeadline,
        _ => Instant.Earlier(session.PhaseDeadline, ClientRead(session)),
    };

    public static void Fire(Session session)
    {
        Instant now = session.Loop.Now;
        switch (session.Phase)
        {
            case SessionPhase.Handshake when session.PhaseDeadline <= now:
                HandshakeStep.TimedOut(session);
                break;

            case SessionPhase.RequestRules or SessionPhase.BackendRules:
                if (session.PhaseDeadline > now && ClientRead(session) <= now)
                    RequestRulesStep.ClientTimedOut(session);
                break;

            case SessionPhase.Queue:
                if (ClientRead(session) <= now)
                    QueueStep.GiveUp(session, TerminationCause.ClientTimeout);
                else if (session.PhaseDeadline <= now)
                    QueueStep.GiveUp(session, TerminationCause.ServerTimeout);
                break;

            case SessionPhase.Connect or SessionPhase.TurnAround:
                if (ClientRead(session) <= now)
                {
                    // Noted, and no more is read; the attempt under way still has its own time.
                    session.End(TerminationCause.ClientTimeout, TerminationPhase.Connect);
                    Cut(session, session.Request, session.ClientSide);
                }

                if (session.PhaseDeadline <= now)
                    ConnectStep.PhaseEnded(session);
                break;

            case SessionPhase.RequestHead when RequestHeadStep.Deadline(session) <= now:
                RequestHeadStep.TimedOut(session);
                break;

            case SessionPhase.HttpRequestRules or SessionPhase.HttpBackendRules or SessionPhase.PrepareRequest:
                if (session.PhaseDeadline > now && ClientRead(session) <= now)
                {
                    session.End(TerminationCause.ClientTimeout, TerminationPhase.Data);
                    session.Phase = AnswerStep.OrFinish(session, 408);
                }

                break;

            case SessionPhase.Exchange:
                // The client is judged first, as in mode tcp.
                if (ClientWrite(session) <= now || ClientBody(session) <= now)
                    ExchangeStep.ClientTimedOut(session);
                else if (ServerWrite(session) <= now || ServerAnswer(session) <= now)
                    ExchangeStep.ServerTimedOut(session);
                break;

            case SessionPhase.Answer when Instant.Earlier(ClientWrite(session), ClientBody(session)) <= now:
                session.End(TerminationCause.ClientTimeout, TerminationPhase.Data);
                session.IsAborted = true;
                session.Phase = SessionPhase.Finish;
                break;

            case SessionPhase.Forward:
                FireWhileForwarding(session, now);
                break;
        }
    }

    /// <summary>Stops reading a side. What it sends from now on is lost, and counted at the end.</summary>
    public static void Cut(Session session, Channel channel, Connection source)
    {
        if (channel.IsSourceDone)
            return;
        channel.IsSourceDone = true;
        channel.IsSourceCut = true;
        if (source.IsOpen)
            channel.UnreadAtCut = long.Max(0, session.Loop.Kernel.UnreadBytes(source.Descriptor));
    }

    private static Instant NextOfExchange(Session session)
    {
        Instant next = Instant.Earlier(
            Instant.Earlier(ClientWrite(session), ClientBody(session)),
            Instant.Earlier(ServerWrite(session), ServerAnswer(session)));
        bool isLimited = session.Request.Limit is not null || session.Response.Limit is not null;
        return isLimited ? Instant.Earlier(next, Instant.Earlier(session.Request.HeldBackUntil, session.Response.HeldBackUntil)) : next;
    }

    /// <summary>The client still owes a part of its request.</summary>
    private static Instant ClientBody(Session session) =>
        session.Http!.RequestBody.IsDone || session.Request.IsSinkDone ? Instant.Never : ClientRead(session);

    /// <summary>The server has all of the request, or takes no more of it, and still owes a part of its response.</summary>
    private static Instant ServerAnswer(Session session) =>
        (!session.Http!.RequestBody.IsDone && !session.Request.IsSinkDone) || session.Http.IsPausing || session.Http is { IsResponseHeadComplete: true, ResponseBody.IsDone: true }
            ? Instant.Never
            : ServerRead(session);

    private static Instant NextWhileForwarding(Session session)
    {
        if (!session.DrainDeadline.IsNever)
        {
            Instant heldBack = Instant.Earlier(session.Request.HeldBackUntil, session.Response.HeldBackUntil);
            return Instant.Earlier(Instant.Earlier(session.DrainDeadline, DrainQuiet(session)), heldBack);
        }

        Instant reads = Instant.Earlier(ClientRead(session), ServerRead(session));
        Instant writes = Instant.Earlier(ClientWrite(session), ServerWrite(session));
        Instant next = Instant.Earlier(reads, writes);
        Instant held = Instant.Earlier(session.Request.HeldBackUntil, session.Response.HeldBackUntil);
        next = Instant.Earlier(next, held);
        return session.AwaitsResponseRules ? Instant.Earlier(next, session.PhaseDeadline) : next;
    }

    private static void FireWhileForwarding(Session session, Instant now)
    {
        if (!session.DrainDeadline.IsNever)
        {
            if (session.DrainDeadline <= now || DrainQuiet(session) <= now)
                EndBoth(session);
            return;
        }

        // The client is judged first: with equal timeouts HAProxy says cD.
        if (ClientWrite(session) <= now)
            TimedOut(session, TerminationCause.ClientTimeout, isBlocked: true);
        else if (ServerWrite(session) <= now)
            TimedOut(session, TerminationCause.ServerTimeout, isBlocked: true);
        if (session.Phase == SessionPhase.Forward && ClientRead(session) <= now)
            TimedOut(session, TerminationCause.ClientTimeout, isBlocked: false);
        if (session.Phase == SessionPhase.Forward && ServerRead(session) <= now)
            TimedOut(session, TerminationCause.ServerTimeout, isBlocked: false);
    }

    private static void TimedOut(Session session, TerminationCause cause, bool isBlocked)
    {
        if (!session.DrainDeadline.IsNever)
            return;
        bool isFirst = session.Cause == TerminationCause.None;
        session.End(cause, TerminationPhase.Data);
        OnTimeoutConfig action = OnTimeoutOf(session);
        if (isFirst && action.Action == OnTimeoutAction.Drain)
        {
            session.DrainDeadline = session.Loop.Now.After(new Milliseconds(action.DrainMs));
            return;
        }

        if (action.Action == OnTimeoutAction.Reset)
        {
            session.IsResetToBoth = true;
            session.IsAborted = true;
            session.Phase = SessionPhase.Finish;
            return;
        }

        if (isBlocked)
            EndBoth(session);
        else if (cause == TerminationCause.ClientTimeout)
            Cut(session, session.Request, session.ClientSide);
        else
            Cut(session, session.Response, session.ServerSide);
    }

    /// <summary>Both directions end: what is blocked stays undelivered, the server is told by FIN before the reset.</summary>
    private static void EndBoth(Session session)
    {
        Cut(session, session.Request, session.ClientSide);
        Cut(session, session.Response, session.ServerSide);
        if (session.Backend is not { Config.Options.NoLinger: true })
            session.ServerSide.ShutdownSend(session.Loop);
        session.Phase = SessionPhase.Finish;
    }

    private static OnTimeoutConfig OnTimeoutOf(Session session) =>
        session.Backend is { } backend ? backend.Config.OnTimeout : session.Frontend.Config.OnTimeout;

    /// <summary>
    /// While draining, silence as long as the timeout that fired ends it early, once something was delivered.
    /// </summary>
    private static Instant DrainQuiet(Session session)
    {
        Instant started = new(session.DrainDeadline.Milliseconds - OnTimeoutOf(session).DrainMs);
        Instant last = session.ClientSide.LastActivity > session.ServerSide.LastActivity
            ? session.ClientSide.LastActivity
            : session.ServerSide.LastActivity;
        if (last <= started)
            return Instant.Never;
        Milliseconds fired = session.Cause == TerminationCause.ClientTimeout
            ? session.Frontend.ClientTimeout
            : session.ServerTimeout;
        return last.After(fired);
    }

    private static Instant ClientRead(Session session)
    {
        Channel channel = session.Request;
        if (channel.IsSourceDone || channel.Pending > 0 || !channel.HeldBackUntil.IsNever || session.IsWaitingForBuffer
            || !IsClientAwaited(session))
            return Instant.Never;
        return session.ClientSide.LastActivity.After(ClientTimeout(session));
    }

    /// <summary>
    /// In mode http nothing more is expected of a client whose request is whole, nor of one whose request has no more
    /// room here until there is a server.
    /// </summary>
    private static bool IsClientAwaited(Session session)
    {
        if (session.Http is not { } http || session.Phase == SessionPhase.Forward) return true;
        return http.IsRequestHeadSent
            ? !http.RequestBody.IsDone
            : !HttpIntake.HasWholeRequest(session) && HttpIntake.Room(session) > 0;
    }

    private static Instant ServerRead(Session session)
    {
        Channel channel = session.Response;
        if (channel.IsSourceDone || channel.Pending > 0 || !channel.HeldBackUntil.IsNever || session.IsWaitingForBuffer)
            return Instant.Never;
        return session.ServerSide.LastActivity.After(ServerTimeout(session));
    }

    private static Instant ClientWrite(Session session) => session.ClientSide.BlockedSince.IsNever
        ? Instant.Never
        : session.ClientSide.BlockedSince.After(ClientTimeout(session));

    private static Instant ServerWrite(Session session) => session.ServerSide.BlockedSince.IsNever
        ? Instant.Never
        : session.ServerSide.BlockedSince.After(ServerTimeout(session));

    /// <summary>"timeout client", "tunnel" once the tunnel stands, "client-fin" once we sent our FIN to the client.</summary>
    private static Milliseconds ClientTimeout(Session session)
    {
        if (session.ClientSide.IsFinSent && session.Frontend.ClientFinTimeout.IsSet)
            return session.Frontend.ClientFinTimeout;
        Milliseconds own = session.ClientTimeoutSaid.Or(session.Frontend.ClientTimeout);
        return session.Phase == SessionPhase.Forward ? session.TunnelTimeout.Or(own) : own;
    }

    private static Milliseconds ServerTimeout(Session session)
    {
        if (session.ServerSide.IsFinSent && session.ServerFinTimeout.IsSet)
            return session.ServerFinTimeout;
        return session.TunnelTimeout.Or(session.ServerTimeout);
    }
}
