using System.Threading;
using Hawser.Base.Time;
using Hawser.Expressions.Samples;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;

namespace Hawser.Proxy.Streams;

/// <summary>What all loops of a process share: how many sessions there are and may be. All interlocked.</summary>
public sealed class ProcessState
{
    private int _activeSessions;
    private uint _sessionCounter;
    private long _resourceErrors;
    private long _limitReached;
    private uint _faults;

    /// <summary>Global "maxconn".</summary>
    public int MaximumSessions { get; set; }

    /// <summary>Where services answer: loop 0, on which states of servers change. Null until the loops are made.</summary>
    public EventLoop? ControlLoop { get; set; }

    /// <summary>Of all loops; empty until these are made.</summary>
    public LoopLoad[] Loads { get; set; } = [];

    public UnixTime Started { get; init; }

    /// <summary>The limits of variables, and those that all sessions share.</summary>
    public VariableLimits Variables { get; init; } = new(0, 0, 0, 0, 0);

    /// <summary>Where memory that pools let go of goes; null: nowhere, as in a simulated world.</summary>
    public MemoryReturn? Memory { get; set; }

    /// <summary>New connections per second of the process ("maxconnrate"); null without a limit.</summary>
    public RateMeter? ConnectionRate { get; set; }

    /// <summary>Sessions per second of the process ("maxsessrate"); null without a limit.</summary>
    public RateMeter? SessionRate { get; set; }

    /// <summary>Connections that failed for lack of our own resources: descriptors, memory, ports.</summary>
    public long ResourceErrors => Interlocked.Read(ref _resourceErrors);

    public void CountResourceError() => Interlocked.Increment(ref _resourceErrors);

    /// <summary>Times that an accepted connection was the last that "maxconn" allows.</summary>
    public long LimitReached => Interlocked.Read(ref _limitReached);

    public void CountLimitReached() => Interlocked.Increment(ref _limitReached);

    /// <summary>Messages that were refused because they broke the protocol, and captured.</summary>
    public uint Faults => Volatile.Read(ref _faults);

    /// <summary>The next one's number, from 0.</summary>
    public uint NextFaultNumber() => Interlocked.Increment(ref _faults) - 1;

    /// <summary>New connections and sessions of all frontends: one window per loop ("ConnRate", "SessRate").</summary>
    public TrafficCounters[] Rates { get; init; } = [];

    public TrafficPeaks Peaks { get; } = new();

    /// <summary>Where "debug" writes to when nothing else is said.</summary>
    public EventRing Events { get; } = new("buf0", "in-memory ring buffer");

    public int ActiveSessions => Volatile.Read(ref _activeSessions);

    /// <summary>Clients of the runtime API: a soft stop waits for them too. Written on loop 0.</summary>
    public volatile int ControlConnections;

    /// <summary>A soft stop is under way: nothing new is accepted.</summary>
    public volatile bool IsStopping;

    /// <summary>False when "maxconn" is reached; nothing is counted then.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _activeSessions) <= MaximumSessions)
            return true;
        Interlocked.Decrement(ref _activeSessions);
        return false;
    }

    /// <summary>The number of sessions left.</summary>
    public int Leave() => Interlocked.Decrement(ref _activeSessions);

    /// <summary>The session's number in the process, from 0 (%rt).</summary>
    public uint NextSessionNumber() => Interlocked.Increment(ref _sessionCounter) - 1;
}
