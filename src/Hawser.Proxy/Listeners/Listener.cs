using System.Threading;
using Hawser.Config.Model;
using Hawser.Io.Kernels;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Listeners;

/// <summary>One address a frontend listens on. Its sockets are shared by the loops, or one per loop with shards.</summary>
public sealed class Listener
{
    private Listener? _before;

    public required Frontend Frontend { get; init; }

    public required BindConfig Config { get; init; }

    /// <summary>The "bind" line's "id", or counted per frontend from 1.</summary>
    public required int Id { get; init; }

    /// <summary>"guid-prefix" and the listener's place in its line, from 0; null without.</summary>
    public string? Guid { get; init; }

    /// <summary>As HAProxy writes it in messages: <c>[127.0.0.1:80]</c> without the brackets.</summary>
    public required string Text { get; init; }

    /// <summary>What it is bound to; empty for an inherited descriptor.</summary>
    public SocketAddress Address;

    /// <summary>Multipath TCP ("mptcp@").</summary>
    public bool IsMultipath { get; init; }

    /// <summary>A negative "mss", by how many bytes segments to its clients are made smaller; 0 for none.</summary>
    public int SegmentReduction { get; init; }

    /// <summary>The inherited descriptor ("fd@"), or -1.</summary>
    public int InheritedDescriptor { get; init; } = -1;

    /// <summary>The file to be removed at the end; null for all but UNIX paths.</summary>
    public string? UnixPath { get; init; }

    /// <summary>"backlog", or what stands in for it: a "maxconn" of the line or of the frontend; null without any.</summary>
    public int? WrittenBacklog { get; init; }

    /// <summary>Length of the kernel's accept queue, which may know a shorter maximum; once the frontend's limit is known.</summary>
    public int Backlog => WrittenBacklog is > 0 and var written ? written : Frontend.MaximumSessions;

    /// <summary>"maxconn" of the bind line; int.MaxValue when not given.</summary>
    public int MaximumSessions { get; init; } = int.MaxValue;

    /// <summary>Loops that accept from it, 1 and up.</summary>
    public required int Loops { get; init; }

    /// <summary>Whether this loop accepts from it ("thread").</summary>
    /// <param name="loop">From 0; a thread's number is one more.</param>
    public bool IsFor(int loop) => Config.Threads is not { } threads || threads.Contains(loop + 1);

    /// <summary>Owner of a UNIX socket's file; null: the process's.</summary>
    public int? UserId { get; init; }

    /// <summary>Group of a UNIX socket's file; null: the process's.</summary>
    public int? GroupId { get; init; }

    /// <summary>Listening descriptors: one, or one per shard.</summary>
    public int[] Descriptors { get; set; } = [];

    /// <summary>
    /// What its sockets must be made with, as a text to compare: a reload keeps the sockets where it reads the same.
    /// </summary>
    public string SocketSettings { get; set; } = "";

    /// <summary>What can only be said when a socket is made: where it differs a reload makes new ones.</summary>
    public string SocketNature { get; set; } = "";

    /// <summary>The listener whose sockets it takes, until the reload is done; null when it has its own.</summary>
    public Listener? Before
    {
        get => _before;
        init
        {
            _before = value;
            Room = new SessionRoom(value?.Room);
        }
    }

    public SessionRoom Room { get; private init; } = new();

    /// <summary>A reload hands the sockets on from <see cref="Before"/>.</summary>
    public bool KeepsSockets => _before is { } before && before.SocketNature == SocketNature;

    /// <summary>Sockets that share the address, one per loop; 1 for a single one.</summary>
    public int Shards { get; set; } = 1;

    /// <summary>Acceptors that still use the descriptors: the last one to stop closes them.</summary>
    internal int Acceptors;

    /// <summary>One acceptor lets go for good.</summary>
    internal void AcceptorStopped(Kernel kernel)
    {
        if (Interlocked.Decrement(ref Acceptors) > 0)
            return;
        foreach (int descriptor in Descriptors)
            kernel.Close(descriptor);
        Descriptors = [];
    }

    /// <summary>With "option socket-stats"; null otherwise.</summary>
    public TrafficCounters[]? Counters { get; init; }

    /// <summary>Of these only <see cref="TrafficPeaks.Sessions"/> is kept ("smax").</summary>
    public TrafficPeaks Peaks { get; init; } = new();

    /// <summary>Nobody accepts for the listener before this one any more.</summary>
    internal void CloseBefore()
    {
        Room.CloseBefore();
        _before = null;
    }
}
