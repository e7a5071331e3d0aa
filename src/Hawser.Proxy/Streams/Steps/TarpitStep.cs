using Hawser.Base.Time;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Within step 6: "tarpit" lets a refused client wait for "timeout tarpit" before it is answered.</summary>
internal static class TarpitStep
{
    public static SessionPhase Begin(Session session, HttpProxy proxy)
    {
        Milliseconds connect = new(session.Frontend.Config.Timeouts.ConnectMs?.Value ?? 0);
        session.PhaseDeadline = session.Loop.Now.After(proxy.TarpitTimeout.Or(connect));
        session.End(TerminationCause.Proxy, TerminationPhase.Tarpit);
        return SessionPhase.Tarpit;
    }

    public static SessionPhase Run(Session session)
    {
        if (session.PhaseDeadline <= session.Loop.Now || session.PhaseDeadline.IsNever)
        {
            session.PhaseDeadline = Instant.Never;
            return AnswerStep.Begin(session);
        }

        return HttpIntake.Run(session) == ClientState.Waits ? SessionPhase.Tarpit : SessionPhase.Finish;
    }
}
