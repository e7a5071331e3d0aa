using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Io.Sockets;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// Step 5: a connection to the server; retries on the same one after a pause, or on another one at once (manual,
/// "retries" and "option redispatch").
/// </summary>
internal static class ConnectStep
{
    /// <summary>Pause before the same server is tried again: the smaller of this and "timeout connect".</summary>
    private static readonly Milliseconds s_turnAroundMaximum = new(1000);

    /// <summary>Longer than the pause, so that the second attempt comes before the next client.</summary>
    private static readonly Milliseconds s_shortageMargin = new(200);

    /// <summary>Opens the connection; the slot is held.</summary>
    public static SessionPhase Start(Session session)
    {
        Server server = session.Target!;
        EventLoop loop = session.Loop;
        ulong identity = 0;
        if (session.Http is not null)
        {
            identity = ConnectionIdentity.Of(session, server);
            if (ServerReuse.TryTake(session, server, identity)) return Connected(session);
            if (server.Idle.Length > 0) server.Idle[loop.Index].MakeRoom();
        }

        server.Counters[loop.Index].Connections++;
        server.Backend.Counters[loop.Index].Connections++;
        server.Peaks.CountSession(server.Counters, loop.Index, loop.Now);
        session.Facts.WasForwarded = true;
        SocketAddress address = ServerAddress.Of(server.Endpoint, session.ClientSide, loop);

        int descriptor = server.Outgoing.Open(loop.Kernel, address.Family, session.ClientSide.Peer, out SourcePortLease sourcePort);
        if (descriptor < 0)
            return NoSocket(session, (KernelError)(-descriptor));
        if (session.ServerMark >= 0)
            loop.Kernel.SetOption(descriptor, SocketOption.Mark, unchecked((int)session.ServerMark));
        if (session.ServerTypeOfService >= 0)
            TypeOfService.Set(loop.Kernel, descriptor, address.Family, session.ServerTypeOfService);
        // With "tfo" the SYN may wait for the first write: only a client that has spoken may ask for it, or a server that
        // speaks first would never hear of it.
        if (server.Config.TcpFastOpen && session.Request.Pending > 0)
            loop.Kernel.SetOption(descriptor, SocketOption.FastOpenConnect, 1);
        int result = loop.Kernel.Connect(descriptor, address);
        if (result < 0 && result != -(int)KernelError.InProgress)
        {
            loop.Kernel.Close(descriptor);
            sourcePort.Return();
            session.Facts.ServerError = (KernelError)(-result);
            return result == -(int)KernelError.AddressNotAvailable
                ? NoSocket(session, KernelError.AddressNotAvailable)
                : Failed(session, TerminationCause.ServerAbort);
        }

        session.ServerSide.SourcePort = sourcePort;
        if (!session.ServerSide.Open(loop, descriptor, isEstablished: result >= 0))
            return NoSocket(session, KernelError.TooManyDescriptors);
        session.ServerSide.Identity = identity;
        session.ServerSide.Peer = SocketAddresses.ToNetworkAddress(address, unixListenerId: 0);
        if (result >= 0)
            return Connected(session);
        session.PhaseDeadline = loop.Now.After(session.ConnectTimeout);
        return SessionPhase.Connect;
    }

    public static SessionPhase Run(Session session)
    {
        Connection server = session.ServerSide;
        if (server.IsWritable || server.HasError)
        {
            // The poller reports a failed attempt as an error; without one there is nothing to ask for.
            session.Facts.ServerError = server.HasError || server.IsPeerClosed
                ? session.Loop.Kernel.TakeError(server.Descriptor)
                : KernelError.None;
            return session.Facts.ServerError == KernelError.None
                ? Connected(session)
                : Failed(session, TerminationCause.ServerAbort);
        }

        return WatchClient(session);
    }

    public static SessionPhase RunTurnAround(Session session) => WatchClient(session);

    /// <summary>The attempt's or the pause's time is over.</summary>
    public static void PhaseEnded(Session session)
    {
        session.PhaseDeadline = Instant.Never;
        session.Phase = session.Phase == SessionPhase.TurnAround
            ? SessionPhase.ChooseServer
            : Failed(session, TerminationCause.ServerTimeout);
    }

    private static SessionPhase WatchClient(Session session)
    {
        switch (ClientIntake.Run(session))
        {
            case ClientState.Failed:
                session.End(TerminationCause.ClientAbort, session.Http is null ? TerminationPhase.Data : TerminationPhase.Connect);
                session.IsAborted = true;
                return SessionPhase.Finish;
            case ClientState.GaveUp when session.GivingUpTurns < (session.Http is null ? 1 : 2):
                // The server's answer may stand in the same batch of events: it counts first.
                session.GivingUpTurns++;
                session.Loop.Schedule(session);
                return session.Phase;
            case ClientState.GaveUp:
                // Who has gone is told nothing.
                session.End(TerminationCause.ClientAbort, TerminationPhase.Connect);
                return SessionPhase.Finish;
            default:
                return session.Phase;
        }
    }

    private static SessionPhase Connected(Session session)
    {
        bool isReused = session.Http is { IsServerReused: true };
        if (!isReused && session.Target!.Config.SendProxy != SendProxyVersion.None)
        {
            HeaderProgress progress = ProxyHeaderSender.Send(session, session.Target);
            if (progress == HeaderProgress.Failed)
                return Failed(session, TerminationCause.ServerAbort);
            if (progress == HeaderProgress.Waits)
                return WaitToSendHeader(session);
        }

        session.PhaseDeadline = Instant.Never;
        session.ConnectedAt = session.Loop.Now;
        session.ServerSide.LastActivity = session.Loop.Now;
        session.Target!.Observer?.OnConnect(session.Loop, succeeded: true);
        SessionLog.AtStep(session, LogStep.Connect);
        if (session.Http is not null)
            return SessionPhase.Exchange;
        SessionLog.At(session, LogStep.Connect);
        return SessionPhase.Forward;
    }

    /// <summary>The connection counts as made when its header is out: "timeout connect" goes on.</summary>
    private static SessionPhase WaitToSendHeader(Session session)
    {
        if (session.PhaseDeadline.IsNever)
            session.PhaseDeadline = session.Loop.Now.After(session.ConnectTimeout);
        return SessionPhase.Connect;
    }

    /// <param name="session">Whose attempt it was.</param>
    /// <param name="cause">What the log says if it was the last one.</param>
    private static SessionPhase Failed(Session session, TerminationCause cause)
    {
        bool isServersFault = cause != TerminationCause.Resource;
        Server failed = session.Target!;
        Backend backend = session.Backend!;
        session.ServerSide.Close(session.Loop, reset: true);
        if (isServersFault)
            failed.Observer?.OnConnect(session.Loop, succeeded: false);
        FinishStep.ReleaseSlot(session);
        session.PhaseDeadline = Instant.Never;
        if (session.RetriesLeft == 0 || session.Cause != TerminationCause.None)
        {
            failed.Counters[session.Loop.Index].ConnectionErrors++;
            backend.Counters[session.Loop.Index].ConnectionErrors++;
            session.End(cause, TerminationPhase.Connect);
            return AnswerStep.OrFinish(session, 503);
        }

        NextTry(session);
        if (isServersFault && MayRedispatch(session, backend) && backend.HasAnother(failed))
            return Redispatch(session, failed);
        CountRetry(session, failed);
        // Bound to its server it has had its turn in the queue, for the log.
        session.IsSlotTimeKept = !isServersFault || !MayRedispatch(session, backend);
        if (cause == TerminationCause.ServerTimeout)
            return SessionPhase.ChooseServer;
        Milliseconds pause = session.ConnectTimeout.IsSet && session.ConnectTimeout < s_turnAroundMaximum
            ? session.ConnectTimeout
            : s_turnAroundMaximum;
        session.PhaseDeadline = session.Loop.Now.After(pause);
        return SessionPhase.TurnAround;
    }

    /// <summary>A server took the request and failed it ("retry-on"): it goes out again at once.</summary>
    public static SessionPhase Again(Session session, Server failed)
    {
        NextTry(session);
        Backend backend = session.Backend!;
        if (MayRedispatch(session, backend) && backend.HasAnother(failed)) return Redispatch(session, failed);
        CountRetry(session, failed);
        return SessionPhase.ChooseServer;
    }

    private static void NextTry(Session session)
    {
        session.RetriesLeft--;
        session.Retries++;
    }

    /// <summary>It goes to the same server again; a redispatch counts as that and not as a retry.</summary>
    internal static void CountRetry(Session session, Server failed)
    {
        failed.Counters[session.Loop.Index].Retries++;
        session.Backend!.Counters[session.Loop.Index].Retries++;
    }

    private static SessionPhase Redispatch(Session session, Server failed)
    {
        session.Target = null;
        return ChooseServerStep.Choose(session, avoid: failed);
    }

    /// <summary>
    /// "option redispatch": with an algorithm that is free to choose, any retry goes to another server; one that is
    /// bound to the client's key leaves its server only at the given interval, counted from the first retry (positive)
    /// or from the last one (negative).
    /// </summary>
    private static bool MayRedispatch(Session session, Backend backend)
    {
        int interval = backend.Config.RedispatchInterval;
        if (interval == 0)
            return false;
        if (session.Http?.PersistenceRule == PersistenceRule.Force)
            return false;
        if (!backend.IsBound && session.Http is not { IsDirect: true })
            return true;
        int every = interval > 0 ? interval : session.Retries + session.RetriesLeft + 1 + interval;
        return every == 0 || session.Retries % every == 0;
    }

    /// <summary>
    /// Our own side has no descriptor, memory or port left for it; that may pass, so it is tried again (manual, section
    /// 8.5: "RC").
    /// </summary>
    private static SessionPhase NoSocket(Session session, KernelError error)
    {
        session.Home.Process.CountResourceError();
        session.Home.ShortageUntil = session.Loop.Now.After(s_turnAroundMaximum + s_shortageMargin);
        session.Home.Limits.CannotConnect(session.Loop, session.Backend!, error);
        return Failed(session, TerminationCause.Resource);
    }
}
