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

    /// <summary>1 while in a mailbox; interlocked.</summary>
    internal int IsPosted;

    /// <summary>It asked for a block (<see cref="EventLoop.WaitForBuffer"/>) and has not been run since.</summary>
    public bool IsWaitingForBuffer { get; internal set; }

    public abstract void Run(EventLoop loop);
}
