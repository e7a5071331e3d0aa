using BenchmarkDotNet.Attributes;
using Hawser.Base.Time;
using Hawser.Io.Buffers;
using Hawser.Io.Loop;
using Hawser.MicroBenchmarks.Engine;

namespace Hawser.MicroBenchmarks;

/// <summary>Timers of a loop that has ten thousand of them.</summary>
public class TimerBenchmarks
{
    private const int Timers = 10_000;
    private const int BlockBytes = 16384;

    private readonly EventLoop _loop = new(0, new PeerKernel("", "", clients: 0, closes: false), new BufferPool(BlockBytes, blocksMaximum: 1));
    private readonly Timer[] _timers = new Timer[Timers];
    private Instant _later;
    private int _next;

    [GlobalSetup]
    public void Prepare()
    {
        _later = _loop.Now.After(new Milliseconds(1_000_000));
        for (int i = 0; i < Timers; i++)
        {
            _timers[i] = new Timer();
            _loop.SetTimer(_timers[i], _later);
        }
    }

    /// <summary>What each byte that arrives does: the deadline moves away.</summary>
    [Benchmark]
    public void Postpone()
    {
        _later = _later.After(new Milliseconds(1));
        _loop.SetTimer(_timers[Next()], _later);
    }

    /// <summary>A request ends and a shorter time begins; then the longer one again.</summary>
    [Benchmark]
    public void HurryAndRest()
    {
        Timer timer = _timers[Next()];
        _loop.SetTimer(timer, _loop.Now.After(new Milliseconds(500_000)));
        _loop.SetTimer(timer, _later);
    }

    /// <summary>A session's timer leaves the queue with it, and another one comes.</summary>
    [Benchmark]
    public void RemoveAndAdd()
    {
        Timer timer = _timers[Next()];
        _loop.RemoveTimer(timer);
        _loop.SetTimer(timer, _later);
    }

    private int Next() => _next = (_next + 1) % Timers;

    private sealed class Timer : LoopTimer
    {
        public override void OnTimer(EventLoop loop)
        {
        }
    }
}
