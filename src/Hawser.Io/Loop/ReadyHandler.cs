using Hawser.Io.Kernels;

namespace Hawser.Io.Loop;

/// <summary>Something that owns a descriptor watched by one loop. Called on that loop only.</summary>
public abstract class ReadyHandler
{
    /// <summary>Names the watch in the loop's table; <see cref="EventLoop.NotWatched"/> when not watched.</summary>
    internal ulong WatchToken { get; set; } = EventLoop.NotWatched;

    public abstract void OnReady(EventLoop loop, Readiness readiness);
}
