using Hawser.Base.Time;

namespace Hawser.Io.Loop;

/// <summary>
/// A deadline of one object. Moving a deadline later costs a store: the queue keeps the old place and asks again when
/// that comes. Only an earlier deadline moves the timer in the queue.
/// </summary>
public abstract class LoopTimer
{
    /// <summary>Place in the queue's heap, or -1.</summary>
    internal int HeapIndex = -1;

    /// <summary>When it is to fire; <see cref="Instant.Never"/> when it is not. Set by <see cref="EventLoop.SetTimer"/>.</summary>
    public Instant Deadline { get; internal set; } = Instant.Never;

    /// <summary>The deadline has come. It is unset by then; setting it again is the way to repeat.</summary>
    public abstract void OnTimer(EventLoop loop);
}
