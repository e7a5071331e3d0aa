using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;

namespace Hawser.Proxy.Streams;

/// <summary>Where a session came from: a listener, above this folder. Told when the session ends.</summary>
public abstract class SessionSource
{
    public required Frontend Frontend { get; init; }

    /// <summary>What "-d" shows of where it came from.</summary>
    public int ListenerDescriptor { get; init; }

    /// <summary>What stands for the port of a UNIX address in logs: the listener's id.</summary>
    public uint UnixId { get; init; }

    /// <summary>The bind line's name, or its id: what error lines call the listener.</summary>
    public byte[] Name { get; init; } = [];

    /// <summary>The listener's, with "option socket-stats"; null otherwise.</summary>
    public TrafficCounters[]? Counters { get; init; }

    /// <summary>"accept-proxy": the connection begins with a PROXY header.</summary>
    public bool ExpectsProxyHeader { get; init; }

    /// <summary>False with "nosplice".</summary>
    public bool MaySplice { get; init; } = true;

    /// <summary>Reads of one direction in one turn of the loop ("nice").</summary>
    public int ReadsPerTurn { get; init; } = TurnShare.ReadsFor(nice: 0);

    /// <summary>The name on the bind line; empty without.</summary>
    public byte[] GivenName { get; init; } = [];

    /// <summary>A reload has put another configuration in its place: sessions that are here go on, new ones do not come.</summary>
    public bool IsRetired { get; protected set; }

    /// <summary>Where the listener's connections go since then; null when the listener is gone, or this one still serves it.</summary>
    public abstract SessionSource? Successor { get; }

    /// <summary>A session goes over to the successor between two requests, with its places in the counts.</summary>
    public abstract void SessionMoved(SessionSource successor);

    /// <summary>Sessions that came from the same place and live.</summary>
    public virtual int ActiveSessions => 0;

    /// <summary>The session's slots of process, frontend and listener are free again.</summary>
    public abstract void SessionEnded(EventLoop loop);
}
