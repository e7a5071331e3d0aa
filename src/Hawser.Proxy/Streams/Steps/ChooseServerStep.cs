using Hawser.Base.Time;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Step 3: a server and one of its slots, or a place in a queue.</summary>
internal static class ChooseServerStep
{
    public static SessionPhase Run(Session session) => Choose(session, avoid: null);

    /// <param name="session">Whose server it is.</param>
    /// <param name="avoid">The server that failed it; null for the first choice.</param>
    public static SessionPhase Choose(Session session, Server? avoid)
    {
        Backend backend = session.Backend!;
        TakeOutcome outcome;
        Server? server;
        if (session.Target is null && avoid is null && session.Http is null && backend.Rules is BackendRules { Servers.Length: > 0 } rules)
            session.Target = RequestRulesStep.ServerByRule(session, rules);
        if (session.Target is null && avoid is null && session.Http is not null) session.Target = ServerReuse.Preferred(session, backend);
        if (session.Target is { } decided && avoid is null)
        {
            server = decided;
            outcome = backend.TakeFrom(session, decided);
        }
        else
        {
            outcome = backend.Take(session, backend.Key?.Of(session) ?? default, avoid, out server);
            if (server is not null)
            {
                server.Counters[session.Loop.Index].Balanced++;
                backend.Counters[session.Loop.Index].Balanced++;
            }

            // A key may lead to the same server again.
            if (avoid is not null && server != avoid) LeaveServer(session, avoid);
            else if (avoid is not null) ConnectStep.CountRetry(session, avoid);
        }

        switch (outcome)
        {
            case TakeOutcome.Taken:
                return HasSlot(session, server!);

            case TakeOutcome.Queued:
                session.Target = server;
                if (server is null)
                    session.BackendQueueSeen = session.QueueLengthSeen;
                else
                    session.ServerQueueSeen = session.QueueLengthSeen;
                session.PhaseDeadline = session.Loop.Now.After(session.QueueTimeout);
                return SessionPhase.Queue;

            case TakeOutcome.QueueFull:
                session.Target = server;
                session.End(TerminationCause.ServerAbort, TerminationPhase.Queue);
                return AnswerStep.OrFinish(session, 503);

            default:
                session.Target = null;
                backend.Counters[session.Loop.Index].ConnectionErrors++;
                session.End(TerminationCause.ServerAbort, TerminationPhase.Connect);
                return AnswerStep.OrFinish(session, 503);
        }
    }

    /// <summary>A session counts at its server each time it tries to connect to it.</summary>
    private static void CountServer(Session session, Server server)
    {
        session.CountedServer = server;
        TrafficCounters counters = server.Counters[session.Loop.Index];
        counters.Sessions++;
        counters.LastSessionSeconds = session.Loop.WallClock.Seconds;
        session.Backend!.Counters[session.Loop.Index].LastSessionSeconds = counters.LastSessionSeconds;
    }

    private static void LeaveServer(Session session, Server failed)
    {
        session.IsRedispatched = true;
        session.Http?.LeftServer();
        failed.Counters[session.Loop.Index].Redispatches++;
        session.Backend!.Counters[session.Loop.Index].Redispatches++;
    }

    /// <summary>The slot is held from here to the end of the session or of the attempt.</summary>
    public static SessionPhase HasSlot(Session session, Server server)
    {
        session.Target = server;
        session.HoldsSlot = true;
        // A request that goes out again has had its turn already.
        if (session.Http is not { IsResendDue: true } && !session.IsSlotTimeKept) session.SlotAt = session.Loop.Now;
        session.IsSlotTimeKept = false;
        session.PhaseDeadline = Instant.Never;
        if (session.Http is not null && server.RedirectPrefix is { } prefix && ServerRedirect.TryBegin(session, prefix))
        {
            session.End(TerminationCause.Local, TerminationPhase.Connect);
            return AnswerStep.Begin(session);
        }

        CountServer(session, server);
        return ConnectStep.Start(session);
    }
}
