using System;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;

namespace Hawser.Proxy.Streams;

/// <summary>
/// "clear counters": each loop clears what it writes itself, so that no count is lost between two stores. Posted to the
/// loop, and back when it is done.
/// </summary>
/// <param name="counters">Per object, an instance for each loop.</param>
/// <param name="all">False: only the highest values.</param>
public sealed class CounterReset(
    EventLoop home, TrafficCounters[][] counters, bool all, EventLoop asker, Action answered) : LoopJob
{
    public void Ask() => home.Post(this);

    public override void Run(EventLoop loop)
    {
        foreach (TrafficCounters[] perLoop in counters)
        {
            if (all)
                perLoop[loop.Index].Clear();
            else
                perLoop[loop.Index].ClearMaxima();
        }

        asker.Post(new Answer(answered));
    }

    private sealed class Answer(Action answered) : LoopJob
    {
        public override void Run(EventLoop loop) => answered();
    }
}
