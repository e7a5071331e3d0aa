using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Step 7: weighs what was lost, closes, gives back what was held, counts, logs.</summary>
internal static class FinishStep
{
    public static SessionPhase Run(Session session)
    {
        if (session.Cause != TerminationCause.None || session.IsAborted)
            Weigh(session);
        SessionLog.LearnAddresses(session);
        session.Home.Debug?.Ended(session);
        Close(session);
        Settle(session);
        if (session.Http is { } http)
        {
            RequestRetry.Forget(session, http);
            session.Http = null;
            session.Home.Exchanges.Return(http);
        }

        session.Variables?.Clear();
        session.Home.Release(session.Request);
        session.Home.Release(session.Response);
        session.StopTimer();
        session.Source.SessionEnded(session.Loop);
        session.Home.Return(session);
        return SessionPhase.Idle;
    }

    /// <summary>
    /// Gives back what was held, counts and logs: all that a session leaves behind, or one request. The server's slot is
    /// given on only when its connection is closed or waits; the log's counts are those without us.
    /// </summary>
    /// <param name="heldForNext">Bytes received of a request behind this one: they are counted with that.</param>
    public static void Settle(Session session, int heldForNext = 0)
    {
        LeaveQueue(session);
        ReleaseSlot(session);
        session.Backend?.SessionLeft();
        Count(session, session.Request.BytesIn - heldForNext);
        if (session.RequestLoss.Lost + session.ResponseLoss.Lost > 0)
            session.Home.Losses.Add(session.Loss());
        SessionLog.AtEnd(session);
    }

    public static void ReleaseSlot(Session session)
    {
        if (!session.HoldsSlot)
            return;
        session.HoldsSlot = false;
        session.ServerConnectionsLeft = session.Backend!.Release(session.Target!);
    }

    /// <summary>
    /// The ledger (docs/loss.md). Only an abnormal end pays for these system calls; at a normal one both sides have
    /// sent their FIN and everything read was written.
    /// </summary>
    private static void Weigh(Session session)
    {
        session.RequestLoss = Weigh(session.Loop, session.Request, session.ClientSide, session.ServerSide);
        session.ResponseLoss = Weigh(session.Loop, session.Response, session.ServerSide, session.ClientSide);
    }

    private static LossLedger Weigh(EventLoop loop, Channel channel, Connection source, Connection sink)
    {
        LossLedger loss = new() { Buffered = channel.Pending };
        if (source.IsOpen)
        {
            long waiting = long.Max(0, loop.Kernel.UnreadBytes(source.Descriptor));
            loss.Unread = channel.IsSourceCut ? long.Min(channel.UnreadAtCut, waiting) : waiting;
            loss.Late = waiting - loss.Unread;
        }

        if (sink.IsOpen && channel.BytesOut > 0)
        {
            long unacknowledged = long.Max(0, loop.Kernel.UnacknowledgedBytes(sink.Descriptor));
            // A FIN takes one place of the sequence space and is the last thing to be acknowledged.
            if (sink.IsFinTaken && unacknowledged > 0)
                unacknowledged--;
            loss.Unconfirmed = long.Min(unacknowledged, channel.BytesOut);
        }

        return loss;
    }

    /// <summary>
    /// A server that has not sent its FIN is closed by a reset: its connection would otherwise linger, and what it may
    /// still send could not be delivered. A client is closed by FIN; its kernel hears of a reset only when it had sent
    /// something that nobody read. "option nolinger" makes it a reset for both.
    /// </summary>
    private static void Close(Session session)
    {
        session.Parked?.CloseAll();
        session.ServerSide.Close(session.Loop, reset: session.IsResetToBoth || !session.Response.IsFinReceived);
        bool isClientReset = session.IsResetToBoth || session.IsClientReset;
        if (session.Cause != TerminationCause.None && !isClientReset)
            session.ClientSide.ShutdownSend(session.Loop);
        session.ClientSide.Close(session.Loop, reset: isClientReset);
    }

    public static void LeaveQueue(Session session)
    {
        if (session.Backend is not { } backend || (session.Queue is null && session.GrantedServer is null))
            return;
        if (backend.Leave(session))
            return;
        Server granted = session.GrantedServer!;
        session.GrantedServer = null;
        backend.Release(granted);
    }

    private static void Count(Session session, long received)
    {
        CountAll(session, received);
        session.Counted?.Clear();
    }

    private static void CountAll(Session session, long received)
    {
        int loop = session.Loop.Index;
        TrafficCounters front = session.Frontend.Counters[loop];
        CountedBytes? counted = session.Counted;
        Add(session, front, received, counted);
        bool isRequest = session.Http is { IsRequestHeadComplete: true };
        if (isRequest)
            front.RequestsEnded++;
        if (isRequest || session.Http is null)
            front.Latency.Add(Took(session));
        // A rule has closed it without a word: one of the other responses, as in HAProxy.
        bool isDropped = isRequest && session.Cause == TerminationCause.Proxy && session.Http is { IsResponseHeadSent: false, Log.Status: <= 0 };
        if (isDropped)
            front.Responses[0]++;
        _ = front.ByteRate.Count(session.Loop.Now, session.Request.BytesOut + session.Response.BytesOut - (counted is null ? 0 : counted.RequestOut + counted.ResponseOut));
        if (session.Source.Counters is { } listener)
            Add(session, listener[loop], received, counted);
        if (session.Backend is not { } backend)
            return;
        Add(session, backend.Counters[loop], received, counted);
        if (isRequest)
            backend.Counters[loop].RequestsEnded++;
        if (isDropped)
            backend.Counters[loop].Responses[0]++;
        if (session.Target is not { } server)
            return;
        TrafficCounters counters = server.Counters[loop];
        // It waited for this server and left before it had a slot.
        if (session.CountedServer != server)
            counters.Sessions++;
        Add(session, counters, received, counted?.Server == server ? counted : null);
        if (session.Http is { IsResponseHeadComplete: true } http)
        {
            counters.Requests++;
            // What it said itself, whatever rules have made of it.
            counters.Responses[ResponseHead.ClassOf(http.Log.ServerStatus)]++;
        }

        AddTimes(session, counters);
        AddTimes(session, backend.Counters[loop]);
    }

    /// <summary>As in HAProxy of what has come to something: a connection in mode tcp, in mode http a response.</summary>
    private static void AddTimes(Session session, TrafficCounters counters)
    {
        if (session.SlotAt.IsNever)
            return;
        HttpExchange? http = session.Http;
        counters.Latency.Add(Took(session));
        if (http is null ? session.ConnectedAt.IsNever : !http.IsResponseHeadComplete)
            return;
        counters.QueueTime.Add((session.SlotAt - (http is null ? session.AcceptedAt : session.RequestHeadAt)).Value);
        if (!session.ConnectedAt.IsNever)
            counters.ConnectTime.Add((session.ConnectedAt - session.SlotAt).Value);
        if (http is not null)
            counters.ResponseTime.Add(http.Log.ResponseMs);
        counters.TotalTime.Add(Took(session));
    }

    /// <summary>Milliseconds of a session, or of a request from its first byte on.</summary>
    private static long Took(Session session) =>
        (session.Loop.Now - (session.Http is null || session.RequestAt.IsNever ? session.AcceptedAt : session.RequestAt)).Value;

    /// <param name="counted">What they know already; null: nothing.</param>
    private static void Add(Session session, TrafficCounters counters, long received, CountedBytes? counted)
    {
        if (counted is not null)
        {
            counters.RequestBytes -= counted.RequestIn;
            counters.ResponseBytes -= counted.ResponseIn;
            counters.RequestBytesOut -= counted.RequestOut;
            counters.ResponseBytesOut -= counted.ResponseOut;
        }

        counters.RequestBytes += received;
        counters.ResponseBytes += session.Response.BytesIn;
        counters.RequestBytesOut += session.Request.BytesOut;
        counters.ResponseBytesOut += session.Response.BytesOut;
        // Zero but after an abnormal end; "option nolinger" makes one that has no cause.
        counters.RequestBytesLost += session.RequestLoss.Lost;
        counters.ResponseBytesLost += session.ResponseLoss.Lost;
        counters.RequestBytesUnconfirmed += session.RequestLoss.Unconfirmed;
        counters.ResponseBytesUnconfirmed += session.ResponseLoss.Unconfirmed;
        if (session.RequestLoss.Lost + session.ResponseLoss.Lost > 0)
            counters.LossySessions++;
        switch (session.Cause, session.CausePhase)
        {
            case (TerminationCause.ClientAbort, not TerminationPhase.Queue):
            case (TerminationCause.ClientTimeout, TerminationPhase.Headers or TerminationPhase.Data):
                counters.ClientAborts++;
                break;
            case (TerminationCause.ServerAbort or TerminationCause.ServerTimeout, TerminationPhase.Data):
                counters.ServerAborts++;
                break;
        }
    }
}
