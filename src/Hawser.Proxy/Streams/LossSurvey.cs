using System;
using Hawser.Io.Loop;

namespace Hawser.Proxy.Streams;

/// <summary>Asks one loop for its last sessions that lost data: posted to the loop, and back.</summary>
public sealed class LossSurvey : LoopJob
{
    private readonly ProxyLoop _home;
    private readonly EventLoop _asker;
    private readonly Action _answered;
    private readonly LossRecord[] _found = new LossRecord[LossRing.Capacity];
    private int _count;

    /// <param name="asker">The loop that <paramref name="answered"/> is called on.</param>
    public LossSurvey(ProxyLoop home, EventLoop asker, Action answered)
    {
        _home = home;
        _asker = asker;
        _answered = answered;
    }

    /// <summary>Newest first.</summary>
    public ReadOnlySpan<LossRecord> Found => _found.AsSpan(0, _count);

    public void Ask() => _home.Loop.Post(this);

    public override void Run(EventLoop loop)
    {
        _count = _home.Losses.CopyTo(_found);
        _asker.Post(new Answer(_answered));
    }

    private sealed class Answer(Action answered) : LoopJob
    {
        public override void Run(EventLoop loop) => answered();
    }
}
