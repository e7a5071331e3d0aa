namespace Hawser.Simulation.Faults;

/// <summary>What may go wrong around a proxy. Each has its own probability in a run, often 0.</summary>
internal enum FaultKind
{
    /// <summary>A receive gives less than there is; the rest is announced a moment later, as if it had just come.</summary>
    ShortReceive,

    /// <summary>A receive says EAGAIN although something is about to be announced.</summary>
    ReceiveWouldBlock,

    /// <summary>A send takes less than there is room for; room is announced later.</summary>
    ShortSend,

    SendWouldBlock,

    /// <summary>A splice moves less than it could, or nothing.</summary>
    ShortSplice,

    /// <summary>The poller reports a descriptor for no reason.</summary>
    SpuriousWakeUp,

    /// <summary>The wait is interrupted by a signal.</summary>
    InterruptedWait,

    /// <summary>accept(2): aborted, EMFILE, ENFILE, ENOBUFS, ENOMEM, nothing there after all.</summary>
    AcceptFailure,

    /// <summary>socket(2): EMFILE, ENFILE, ENOBUFS, ENOMEM.</summary>
    SocketFailure,

    /// <summary>connect(2) fails at once: no route, no port, no memory.</summary>
    ConnectFailure,

    /// <summary>epoll_ctl(2): ENOMEM.</summary>
    WatchFailure,

    /// <summary>pipe2(2): EMFILE.</summary>
    PipeFailure,

    /// <summary>A log datagram is refused: ENOBUFS, EAGAIN.</summary>
    LogFailure,

    /// <summary>Bytes arrive and peers act while the proxy is inside a system call.</summary>
    TimePasses,

    /// <summary>The process does not get its processor for a while.</summary>
    Stall,

    /// <summary>The calendar clock is set.</summary>
    ClockJump,

    LinkReset,
    LinkCut,
    DelayedFin,

    /// <summary>Few descriptors: EMFILE comes by itself.</summary>
    FewDescriptors,
}
