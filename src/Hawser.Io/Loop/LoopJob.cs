namespace Hawser.Io.Loop;

/// <summary>
/// A unit of work that a loop runs: scheduled by its own loop (<see cref="EventLoop.Schedule"/>) or posted by another
/// one (<see cref="EventLoop.Post"/>). The links are inside the job, so both queues are bounded by the number of jobs,
/// never allocate and never overflow; being asked for twice before it ran runs it once.
/// </summary>
public abstract class LoopJob
{
    internal LoopJob? NextInRunQueue;
    internal LoopJob? NextInMailbox;
    internal LoopJob? NextInWait;
    internal bool IsScheduled;
    internal bool IsWaitingForBuffer;

    /// <summary>1 while in a mailbox; interlocked.</summary>
    internal int IsPosted;

    public abstract void Run(EventLoop loop);
}
