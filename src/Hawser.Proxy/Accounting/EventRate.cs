using Hawser.Base.Time;

namespace Hawser.Proxy.Accounting;

/// <summary>
/// Events per second as one loop saw them: the current second's count and the share of the one before that still lies
/// within the last second. Written by that loop; readers of other loops may see a second change halfway.
/// </summary>
public struct EventRate
{
    private const long PeriodMs = 1000;

    private long _startMs;
    private int _current;
    private int _previous;

    public void Count(Instant now)
    {
        long elapsed = now.Milliseconds - _startMs;
        if (elapsed >= PeriodMs)
        {
            _previous = elapsed < 2 * PeriodMs ? _current : 0;
            _current = 0;
            _startMs = elapsed < 2 * PeriodMs ? _startMs + PeriodMs : now.Milliseconds;
        }

        _current++;
    }

    public readonly int PerSecond(Instant now)
    {
        long elapsed = now.Milliseconds - _startMs;
        return elapsed switch
        {
            < PeriodMs => _current + (int)(_previous * (PeriodMs - long.Max(0, elapsed)) / PeriodMs),
            < 2 * PeriodMs => (int)(_current * ((2 * PeriodMs) - elapsed) / PeriodMs),
            _ => 0,
        };
    }
}
