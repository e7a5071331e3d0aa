using System;

namespace Hawser.Io.Kernels;

/// <summary>What a descriptor is ready for.</summary>
[Flags]
public enum Readiness : uint
{
    None = 0,
    Readable = 1,
    Writable = 4,
    Error = 8,

    /// <summary>Both directions are shut: a reset, or FIN in both.</summary>
    HangUp = 16,

    /// <summary>The peer has sent its FIN; what it sent before may still wait to be read.</summary>
    PeerClosed = 0x2000,
}

/// <summary>One descriptor's readiness, as a wait returns it.</summary>
public struct ReadyEvent
{
    public Readiness Readiness;

    /// <summary>What the descriptor was registered with.</summary>
    public ulong Token;
}

/// <summary>How a descriptor is watched.</summary>
public enum WatchMode
{
    /// <summary>Reported once per change, both directions: connections.</summary>
    EdgeBoth,

    /// <summary>Reported while there is something to read: wake-ups, signals.</summary>
    LevelRead,

    /// <summary>As <see cref="LevelRead"/>, waking one of the pollers that share it: listeners.</summary>
    LevelReadExclusive,
}
