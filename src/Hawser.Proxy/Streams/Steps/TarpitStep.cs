using Hawser.Base.Time;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Within step 6: "tarpit" lets a refused client wait for "timeout tarpit" before it is answered.</summary>
internal static class TarpitStep
{
    public static SessionPhase Begin(Session session, HttpProxy proxy)
    {
        Milliseconds connect = new(session.Frontend.Config.Timeouts.ConnectMs?.Value ?? 0);
        session.PhaseDeadline = session.Loop.Now.After(session.Http!.TarpitTimeout.Or(proxy.TarpitTimeout).Or(connect));
        session.End(TerminationCause.Proxy, TerminationPhase.Tarpit);
        return SessionPhase.Tarpit;
    }

    public static SessionPhase Run(Session session)
    {
        if (session.PhaseDeadline <= session.Loop.Now || session.PhaseDeadline.IsNever)
        {
            session.PhaseDeadline = Instant.Never;
            session.SlotAt = session.Loop.Now;
            // Its log line tells no time of the request, as HAProxy's.
            session.Http!.Log.RequestMs = SessionLogRecord.NotReached;
            return session.Http!.DelayedReply!.TryBegin(session, RuleSource.Of(session, isFinal: true))
                ? AnswerStep.Begin(session)
                : AnswerStep.OrFinish(session, 500);
        }

        return HttpIntake.Run(session) == ClientState.Waits ? SessionPhase.Tarpit : SessionPhase.Finish;
    }
}
