using System;
using Hawser.Io.Loop;

namespace Hawser.Proxy.Backends;

/// <summary>
/// From how many descriptors in use on connections to servers are not kept any more, and closed where a new one is needed
/// ("tune.pool-low-fd-ratio", "tune.pool-high-fd-ratio"). Each loop knows what it watches; the sum is made only where one
/// of the two is configured. It may lag behind other loops by a turn.
/// </summary>
/// <param name="loops">All of the process.</param>
public sealed class DescriptorShare(EventLoop[] loops)
{
    private const int Unlimited = int.MaxValue;

    private readonly IdleConnections?[] _lastKept = new IdleConnections?[loops.Length];

    /// <summary>Written by loop 0, read by all.</summary>
    private volatile int _keptBelow = Unlimited;
    private volatile int _closedFrom = Unlimited;

    /// <summary>Another one should not wait.</summary>
    public bool IsKeptNoMore => _keptBelow != Unlimited && InUse() >= _keptBelow;

    private bool IsClosing => _closedFrom != Unlimited && InUse() >= _closedFrom;

    /// <param name="maximum">Descriptors that the process may come to need; 0: nobody has said so.</param>
    /// <param name="lowPercent">Null: no limit.</param>
    /// <param name="highPercent">Null: no limit.</param>
    public void Limit(int maximum, int? lowPercent, int? highPercent)
    {
        _keptBelow = Of(maximum, lowPercent);
        _closedFrom = Of(maximum, highPercent);
    }

    /// <summary>A loop has kept one there: one of the next to be closed.</summary>
    internal void Kept(EventLoop loop, IdleConnections idle) => _lastKept[loop.Index] = idle;

    /// <summary>A request found none that it could use and opens one: another one makes room for it, of the same server if it has any.</summary>
    internal void MakeRoom(EventLoop loop, IdleConnections wanted)
    {
        if (IsClosing && !wanted.TryCloseOldest()) _lastKept[loop.Index]?.TryCloseOldest();
    }

    private int InUse()
    {
        int sum = 0;
        foreach (EventLoop loop in loops) sum += loop.WatchedCount;
        return sum;
    }

    private static int Of(int maximum, int? percent) =>
        percent is { } share && maximum > 0 ? (int)Math.Min(Unlimited - 1, (long)maximum * share / 100) : Unlimited;
}
