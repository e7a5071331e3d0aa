using System;
using System.Threading;
using Hawser.Base.Time;

namespace Hawser.Io.Loop;

/// <summary>
/// The share of its time that a loop works instead of waiting in the poller (manual, "cpu_usage_thr"; management manual,
/// "Idle_pct"), over its last tenth of a second. Written by the loop with two looks at the clock per turn, one of which it
/// takes anyway and neither of which is a system call; read by everybody.
/// </summary>
public sealed class LoopLoad
{
    /// <summary>Tens to hundreds of requests under load, as the manual says of HAProxy's measure.</summary>
    private const long WindowUs = 100_000;

    private const long Unset = long.MinValue;

    private long _sinceUs = Unset;
    private long _workUs;
    private long _idleUs;
    private long _asleepSinceUs = Unset;
    private int _percent;

    /// <param name="now">A loop that waits is measured up to here: it does not know yet that it works no more.</param>
    /// <returns>0 to 100.</returns>
    public int PercentAt(UnixTime now)
    {
        long asleepSince = Volatile.Read(ref _asleepSinceUs);
        bool isOld = asleepSince != Unset && now.Microseconds - asleepSince >= WindowUs;
        return isOld ? 0 : Volatile.Read(ref _percent);
    }

    /// <summary>The mean of several loops.</summary>
    public static int MeanAt(UnixTime now, ReadOnlySpan<LoopLoad> loads)
    {
        int sum = 0;
        foreach (LoopLoad load in loads)
            sum += load.PercentAt(now);
        return loads.IsEmpty ? 0 : (sum + (loads.Length / 2)) / loads.Length;
    }

    /// <summary>The loop is about to wait in the poller.</summary>
    internal void Waits(UnixTime now)
    {
        // The wall clock may be set meanwhile: nothing lasts less than no time.
        if (_sinceUs != Unset)
            _workUs += long.Max(0, now.Microseconds - _sinceUs);
        _sinceUs = now.Microseconds;
        Volatile.Write(ref _asleepSinceUs, now.Microseconds);
    }

    /// <summary>A turn begins, behind <see cref="Waits"/> or without having waited.</summary>
    internal void Wakes(UnixTime now)
    {
        long passed = _sinceUs == Unset ? 0 : long.Max(0, now.Microseconds - _sinceUs);
        if (_asleepSinceUs == Unset)
            _workUs += passed;
        else
            _idleUs += passed;
        Volatile.Write(ref _asleepSinceUs, Unset);
        _sinceUs = now.Microseconds;
        long measured = _workUs + _idleUs;
        if (measured < WindowUs)
            return;
        Volatile.Write(ref _percent, (int)(((_workUs * 100) + (measured / 2)) / measured));
        _workUs = 0;
        _idleUs = 0;
    }
}
