using System.Threading;
using Hawser.Base.Time;

namespace Hawser.Proxy.Streams;

/// <summary>
/// Events per second over a sliding period: the current period's count plus the share of the previous one that still
/// lies within the last second. Shared by the loops, without a lock; two loops crossing a period's end at once may
/// count one event in the wrong period.
/// </summary>
public sealed class RateMeter
{
    private const long PeriodMs = 1000;

    private long _periodStartMs;
    private int _current;
    private int _previous;

    public RateMeter(int eventsPerSecondMaximum) => Maximum = eventsPerSecondMaximum;

    public int Maximum { get; }

    /// <summary>Events that may happen now without passing the maximum.</summary>
    public int Remaining(Instant now)
    {
        Turn(now);
        return Maximum - Rate(now);
    }

    public void Count(Instant now)
    {
        Turn(now);
        Interlocked.Increment(ref _current);
    }

    /// <summary>How long until one more event fits; at least a millisecond.</summary>
    public Milliseconds Wait(Instant now)
    {
        if (Remaining(now) > 0)
            return new Milliseconds(1);
        int current = Volatile.Read(ref _current);
        long untilTurn = PeriodMs - (now.Milliseconds - Volatile.Read(ref _periodStartMs));
        if (current >= Maximum)
            return new Milliseconds(long.Max(1, untilTurn));
        // The previous period's share falls linearly; one event fits when it has fallen by one.
        return new Milliseconds(long.Clamp(PeriodMs / long.Max(1, Volatile.Read(ref _previous)), 1, PeriodMs));
    }

    private int Rate(Instant now)
    {
        long left = PeriodMs - (now.Milliseconds - Volatile.Read(ref _periodStartMs));
        return Volatile.Read(ref _current) + (int)(Volatile.Read(ref _previous) * long.Max(0, left) / PeriodMs);
    }

    private void Turn(Instant now)
    {
        long start = Volatile.Read(ref _periodStartMs);
        long elapsed = now.Milliseconds - start;
        if (elapsed < PeriodMs)
            return;
        long newStart = elapsed < 2 * PeriodMs ? start + PeriodMs : now.Milliseconds;
        if (Interlocked.CompareExchange(ref _periodStartMs, newStart, start) != start)
            return;
        int finished = Interlocked.Exchange(ref _current, 0);
        Volatile.Write(ref _previous, elapsed < 2 * PeriodMs ? finished : 0);
    }
}
