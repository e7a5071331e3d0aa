using Hawser.Base.Time;

namespace Hawser.Proxy.Accounting;

/// <summary>
/// Events per second over a sliding second: the current period's count plus the share of the previous one that still
/// lies within the last second. Written by one loop with plain stores; readers elsewhere may be an event or two off.
/// </summary>
public struct RateWindow
{
    private const long PeriodMs = 1000;

    private long _startMs;
    private long _current;
    private long _previous;

    /// <summary>The most that <see cref="Count"/> has seen; <see cref="TrafficPeaks"/> has the most of all loops.</summary>
    public long Most { get; private set; }

    /// <returns>True when the rate may be the highest ever: it is on this loop, or a period is complete.</returns>
    public bool Count(Instant now, long events = 1)
    {
        bool hasTurned = Turn(now);
        _current += events;
        long rate = Rate(now);
        if (rate <= Most)
            return hasTurned;
        Most = rate;
        return true;
    }

    public readonly long Rate(Instant now)
    {
        long elapsed = now.Milliseconds - _startMs;
        if (elapsed < PeriodMs)
            return _current + (_previous * (PeriodMs - long.Max(0, elapsed)) / PeriodMs);
        return elapsed < 2 * PeriodMs ? _current * ((2 * PeriodMs) - elapsed) / PeriodMs : 0;
    }

    /// <summary>"clear counters": the highest rate is the present one again.</summary>
    public void ForgetMost() => Most = 0;

    private bool Turn(Instant now)
    {
        long elapsed = now.Milliseconds - _startMs;
        if (elapsed < PeriodMs)
            return false;
        bool isNext = elapsed < 2 * PeriodMs;
        _previous = isNext ? _current : 0;
        _current = 0;
        _startMs = isNext ? _startMs + PeriodMs : now.Milliseconds;
        return isNext;
    }
}
