using Hawser.Base.Time;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// Within step 6: "tcp-response content", before the first byte of the server goes to the client. Without "tcp-response
/// inspect-delay" the rules run as soon as the server is connected, with what is there; with it they may hold the
/// response back, up to one block of it.
/// </summary>
internal static unsafe class ResponseRulesStep
{
    /// <returns>Whether the response may go on; the session's phase says if it was refused.</returns>
    public static bool Run(Session session)
    {
        EventLoop loop = session.Loop;
        RuleSet rules = ((BackendRules)session.Backend!.Rules!).Response!;
        if (!session.HasInspected)
        {
            session.HasInspected = true;
            session.PhaseDeadline = rules.InspectDelay.IsSet ? loop.Now.After(rules.InspectDelay) : Instant.Never;
        }

        if (rules.InspectDelay.IsSet) Receive(session);
        bool isFinal = !rules.InspectDelay.IsSet
            || session.PhaseDeadline <= loop.Now
            || session.Response.IsSourceDone
            || session.Response.BlockLength >= loop.Buffers.BlockBytes;
        switch (rules.Run(session, RuleSource.Of(session, isFinal)))
        {
            case RuleVerdict.Undecided:
                return false;
            case RuleVerdict.SilentDrop:
                _ = RequestRulesStep.Refuse(session, RuleVerdict.SilentDrop, isLogged: true, isResponse: true);
                session.Phase = SessionPhase.Finish;
                return false;
            case RuleVerdict.Reject:
                HttpRulesStep.CountDeniedResponse(session);
                session.End(TerminationCause.Proxy, TerminationPhase.Data);
                session.IsAborted = true;
                session.Phase = SessionPhase.Finish;
                return false;
            case RuleVerdict.Close:
                session.IsAborted = true;
                session.Phase = SessionPhase.Finish;
                return false;
            default:
                session.AwaitsResponseRules = false;
                session.PhaseDeadline = Instant.Never;
                return true;
        }
    }

    /// <summary>
    /// In mode http, as soon as there is a server, and again with what it has sent: rules that do not wait for the response
    /// see nothing of it, as in HAProxy.
    /// </summary>
    /// <returns>None: the response goes on. Undecided: its rules wait. Close: nothing was sent, and an error may be.</returns>
    public static RuleVerdict RunHttp(Session session)
    {
        EventLoop loop = session.Loop;
        RuleSet rules = ((BackendRules)session.Backend!.Rules!).Response!;
        if (!session.HasInspected)
        {
            session.HasInspected = true;
            session.PhaseDeadline = rules.InspectDelay.IsSet ? loop.Now.After(rules.InspectDelay) : Instant.Never;
        }

        bool isFull = session.Http!.IsResponseHeadComplete && rules.InspectDelay.IsSet && !ResponseWait.Receive(session, session.Http.Response);
        bool isFinal = !rules.InspectDelay.IsSet || session.PhaseDeadline <= loop.Now || session.Response.IsSourceDone || isFull;
        RuleVerdict verdict = rules.Run(session, RuleSource.Of(session, isFinal));
        if (verdict == RuleVerdict.Undecided) return verdict;
        session.AwaitsResponseRules = false;
        session.HasInspected = false;
        session.PhaseDeadline = Instant.Never;
        switch (verdict)
        {
            case RuleVerdict.SilentDrop:
                _ = RequestRulesStep.Refuse(session, RuleVerdict.SilentDrop, isLogged: true, isResponse: true);
                session.IsAborted = true;
                return verdict;
            case RuleVerdict.Reject:
                HttpRulesStep.CountDeniedResponse(session);
                session.End(TerminationCause.Proxy, TerminationPhase.Data);
                session.IsAborted = true;
                return verdict;
            case RuleVerdict.Close:
                return verdict;
            default:
                return RuleVerdict.None;
        }
    }

    /// <summary>What has come so far, up to one block.</summary>
    private static void Receive(Session session)
    {
        EventLoop loop = session.Loop;
        Connection server = session.ServerSide;
        Channel response = session.Response;
        while (server.IsReadable && !response.IsSourceDone)
        {
            int room = response.Room(loop.Buffers);
            if (room == 0) break;
            int received = loop.Kernel.Receive(server.Descriptor, response.RoomStart, room);
            if (received > 0)
            {
                response.Appended(received);
                response.BytesIn += received;
                server.Received(loop);
                if (received < room && !server.IsPeerClosed) server.IsReadable = false;
            }
            else if (received == 0)
            {
                response.FinReceived();
            }
            else if (received == -(int)KernelError.Interrupted)
            {
                continue;
            }
            else
            {
                // An error is met again, and told, when forwarding reads.
                if (received == -(int)KernelError.WouldBlock) server.IsReadable = false;
                break;
            }
        }

        response.ReturnIfEmpty(loop.Buffers);
    }
}
