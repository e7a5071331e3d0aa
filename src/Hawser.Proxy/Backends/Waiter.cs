using Hawser.Io.Loop;
using Hawser.Proxy.Connections;

namespace Hawser.Proxy.Backends;

/// <summary>
/// What can wait in a queue for a server's slot: a session. The links are inside it. All members are written under
/// the backend's gate, but <see cref="HomeLoop"/>, which never changes.
/// </summary>
public abstract class Waiter : ConnectionOwner
{
    internal Waiter? NextInQueue;
    internal Waiter? PreviousInQueue;

    /// <summary>Order of arrival in the backend, so that the oldest of two queues goes first.</summary>
    internal long QueueOrder;

    /// <summary>What goes before the order of arrival: class, then time and offset. The lower one is served first.</summary>
    internal long QueueRank;

    /// <summary>"set-priority-class": -2047..2047.</summary>
    public int PriorityClass { get; set; }

    /// <summary>"set-priority-offset", in milliseconds: -524287..524287.</summary>
    public int PriorityOffset { get; set; }

    /// <summary>Whether it is served before another one.</summary>
    internal bool GoesBefore(Waiter other) =>
        QueueRank != other.QueueRank ? QueueRank < other.QueueRank : QueueOrder < other.QueueOrder;

    /// <summary>The queue it stands in, or null.</summary>
    public WaitQueue? Queue { get; internal set; }

    /// <summary>The slot it was given while waiting: it has left the queue and holds the slot already.</summary>
    public Server? GrantedServer { get; internal set; }

    /// <summary>Its place in the queue when it came, from 1: %sq and %bq of the log.</summary>
    public int QueueLengthSeen { get; internal set; }

    /// <summary>The loop that owns the session; a grant is posted to it.</summary>
    public required EventLoop HomeLoop { get; init; }
}

/// <summary>
/// First come, first served, but for priorities; of one server or of a whole backend. Used under the backend's gate.
/// </summary>
public sealed class WaitQueue
{
    private Waiter? _last;

    /// <param name="server">Whose queue it is; null for the backend's own.</param>
    public WaitQueue(Server? server) => Server = server;

    public Server? Server { get; }

    public Waiter? First { get; private set; }

    public int Length { get; private set; }

    /// <summary>At the end, where most belong, or behind the last one that goes before it.</summary>
    public void Add(Waiter waiter)
    {
        Waiter? before = null;
        for (Waiter? last = _last; last is not null && waiter.GoesBefore(last); last = last.PreviousInQueue)
            before = last;
        Insert(waiter, before);
    }

    /// <summary>Takes everybody over from another queue; each keeps his turn. Both are in order.</summary>
    public void Merge(WaitQueue other)
    {
        Waiter? next = First;
        while (other.First is { } waiter)
        {
            other.Remove(waiter);
            while (next is not null && next.GoesBefore(waiter))
                next = next.NextInQueue;
            Insert(waiter, next);
        }
    }

    public void Remove(Waiter waiter)
    {
        if (waiter.PreviousInQueue is null)
            First = waiter.NextInQueue;
        else
            waiter.PreviousInQueue.NextInQueue = waiter.NextInQueue;
        if (waiter.NextInQueue is null)
            _last = waiter.PreviousInQueue;
        else
            waiter.NextInQueue.PreviousInQueue = waiter.PreviousInQueue;
        waiter.PreviousInQueue = null;
        waiter.NextInQueue = null;
        waiter.Queue = null;
        Length--;
    }

    private void Insert(Waiter waiter, Waiter? before)
    {
        Waiter? previous = before is null ? _last : before.PreviousInQueue;
        waiter.Queue = this;
        waiter.PreviousInQueue = previous;
        waiter.NextInQueue = before;
        if (previous is null)
            First = waiter;
        else
            previous.NextInQueue = waiter;
        if (before is null)
            _last = waiter;
        else
            before.PreviousInQueue = waiter;
        Length++;
    }
}
