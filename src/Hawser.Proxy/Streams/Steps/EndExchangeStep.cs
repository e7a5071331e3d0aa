using Hawser.Proxy.Accounting;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Step 7 in mode http: a request is done; its connections wait for others, or are closed.</summary>
internal static class EndExchangeStep
{
    public static SessionPhase Run(Session session)
    {
        HttpExchange http = session.Http!;
        bool goesOn = http.KeepsClient && !session.IsAborted && !session.Request.IsSourceDone
            && !session.Home.Process.IsStopping && !IsListenerGone(session);
        http.KeepsClient = goesOn;
        SessionLog.LearnAddresses(session);
        if (!http.IsAnswered) ServerReuse.Give(session);
        if (!goesOn) return SessionPhase.Finish;
        FinishStep.Settle(session, session.Request.Held);
        session.Variables?.ClearTransaction();
        RequestRetry.Forget(session, http);
        session.Http = null;
        session.Home.Exchanges.Return(http);
        session.Request.NextMessage();
        session.Home.Release(session.Response);
        session.Response.Reset();
        session.Facts.RestoreAddresses(session.ClientSide);
        if (session.Source.IsRetired && session.Source.Successor is { } successor) session.MoveTo(successor);
        session.BeginTransaction();
        // Its next request may be here already, and one after that: each has a turn of its own.
        if (session.Request.Held > 0 || session.ClientSide.IsReadable)
        {
            session.YieldsBeforePhase = true;
            session.Loop.Schedule(session);
        }

        return SessionPhase.RequestHead;
    }

    /// <summary>A reload has closed it, or has made something else than mode http of it.</summary>
    internal static bool IsListenerGone(Session session) => session.Source is { IsRetired: true, Successor: not { Frontend.Http: not null } };
}
