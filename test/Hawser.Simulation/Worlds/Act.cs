namespace Hawser.Simulation.Worlds;

/// <summary>The kinds of things that happen in a world, as a trace names them.</summary>
internal enum Act : byte
{
    // Between the two ends.
    Syn,
    SynDropped,
    Refused,
    Established,
    Arrived,
    FinArrived,
    ResetArrived,
    LinkReset,

    // What an actor does.
    ActorSent,
    ActorRead,
    ActorFin,
    ActorClosed,
    ActorReset,
    ServerUp,
    ServerRefuses,
    ServerSilent,
    ServerResets,

    // What a proxy asks of its kernel.
    Accept,
    Connect,
    Receive,
    Send,
    SpliceIn,
    SpliceOut,
    Shutdown,
    Close,
    CloseReset,
    UnreadBytes,
    UnacknowledgedBytes,
    Failure,
    OpenSocket,
    Log,
    Turn,
    Stall,
    ClockJump,
    Phase,
}
