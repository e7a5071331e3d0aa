using Hawser.Base.Time;
using Hawser.Io.Loop;

namespace Hawser.Proxy.Streams;

/// <summary>
/// Memory is not kept for a burst that is over: what a loop's pools have not needed for ten to fifteen seconds they let
/// go of, a bounded number of objects each turn. A loop whose pools are low has no such timer.
/// </summary>
internal sealed class MemoryRest(ProxyLoop home) : LoopTimer
{
    /// <summary>Objects of each pool that are let go of in one turn.</summary>
    private const int DropsPerTurn = 64;

    /// <summary>Sessions of the process up to which a collection keeps nobody waiting that matters.</summary>
    private const int QuietSessions = 64;

    private static readonly Milliseconds Period = new(5000);
    private static readonly Milliseconds BetweenDrops = new(10);

    private bool _isDropping;

    /// <summary>Something was returned to a pool that is high.</summary>
    public void Begin()
    {
        if (Deadline.IsNever)
            home.Loop.SetTimer(this, home.Loop.Now.After(Period));
    }

    public override void OnTimer(EventLoop loop)
    {
        if (!_isDropping)
            home.EndPoolPeriod();
        _isDropping = home.DropSurplus(DropsPerTurn);
        if (_isDropping)
        {
            loop.SetTimer(this, loop.Now.After(BetweenDrops));
            return;
        }

        bool isDone = home.Process.Memory?.TryGiveBack(home.Process.ActiveSessions <= QuietSessions) ?? true;
        if (home.ArePoolsHigh || !isDone)
            loop.SetTimer(this, loop.Now.After(Period));
    }
}
