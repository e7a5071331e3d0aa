using Hawser.Proxy.Accounting;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Step 4: waits for a slot, watching the client.</summary>
internal static class QueueStep
{
    public static SessionPhase Run(Session session)
    {
        if (session.GrantedServer is { } server)
        {
            session.GrantedServer = null;
            return ChooseServerStep.HasSlot(session, server);
        }

        switch (ClientIntake.Run(session))
        {
            case ClientState.Failed:
                GiveUp(session, TerminationCause.ClientAbort, session.Http is null ? TerminationPhase.Data : TerminationPhase.Queue);
                break;
            case ClientState.GaveUp:
                GiveUp(session, TerminationCause.ClientAbort);
                break;
            // "option abortonclose": one that has closed is taken for gone although its request is here.
            case ClientState.Waits when session.Request.IsSourceDone && session.Backend!.AbortsOnClose:
                GiveUp(session, TerminationCause.ClientAbort);
                break;
        }

        return session.Phase;
    }

    /// <summary>The place in the queue, or a slot granted meanwhile, is given back by the last step.</summary>
    public static void GiveUp(
        Session session, TerminationCause cause, TerminationPhase phase = TerminationPhase.Queue)
    {
        session.End(cause, phase);
        if (cause == TerminationCause.ServerTimeout)
            session.Backend!.Counters[session.Loop.Index].ConnectionErrors++;
        // HAProxy tells the time in the queue but for a client that timed out there.
        if (cause != TerminationCause.ClientTimeout)
            session.SlotAt = session.Loop.Now;
        // Who has gone is told nothing.
        session.Phase = cause == TerminationCause.ClientAbort
            ? SessionPhase.Finish
            : AnswerStep.OrFinish(session, cause == TerminationCause.ClientTimeout ? 408 : 503);
    }
}
