using Hawser.Base.Time;

namespace Hawser.Proxy.Connections;

/// <summary>
/// How many bytes one direction of one session may forward in a sliding period: those of the current period and the
/// share of the one before that still lies within it count. Several limits of a direction form a chain.
/// </summary>
public sealed class BandwidthLimit
{
    /// <summary>
    /// A direction that waits goes on when a hundredth of a second's worth has gathered: not a byte per millisecond.
    /// </summary>
    private const long GatherMs = 10;

    private long _limitBytes;
    private long _periodMs;
    private long _gatheredBytes;
    private Instant _start;
    private long _current;
    private long _previous;

    /// <summary>What it limits as well as this one.</summary>
    public BandwidthLimit? Next { get; set; }

    /// <param name="limitBytes">1 and up.</param>
    /// <param name="periodMs">1 and up.</param>
    /// <param name="minimumBytes">So many go at a time, but for the last ones; 0 without.</param>
    public void Begin(long limitBytes, long periodMs, long minimumBytes, Instant now)
    {
        _limitBytes = limitBytes;
        _periodMs = periodMs;
        _gatheredBytes = long.Clamp(long.Max(minimumBytes, limitBytes * GatherMs / periodMs), 1, limitBytes);
        _start = now;
        _current = 0;
        _previous = 0;
    }

    /// <summary>How many of the wanted bytes may go now; 0 as long as fewer may than are worth a call.</summary>
    /// <param name="first">Of the chain; null: no limit.</param>
    public static int Room(BandwidthLimit? first, Instant now, int wanted)
    {
        long room = wanted;
        for (BandwidthLimit? limit = first; limit is not null; limit = limit.Next)
        {
            long available = limit.Available(now);
            if (available < long.Min(wanted, limit._gatheredBytes)) return 0;
            room = long.Min(room, available);
        }

        return (int)room;
    }

    /// <summary>When <see cref="Room"/> will be more than 0.</summary>
    /// <inheritdoc cref="Room" path="/param"/>
    public static Instant RoomAt(BandwidthLimit first, Instant now, int wanted)
    {
        Instant latest = now.After(new Milliseconds(1));
        for (BandwidthLimit? limit = first; limit is not null; limit = limit.Next)
        {
            Instant one = limit.AvailableAt(long.Min(wanted, limit._gatheredBytes));
            if (one > latest) latest = one;
        }

        return latest;
    }

    /// <summary>So many went.</summary>
    public static void Use(BandwidthLimit? first, Instant now, int bytes)
    {
        for (BandwidthLimit? limit = first; limit is not null; limit = limit.Next)
        {
            limit.Turn(now);
            limit._current += bytes;
        }
    }

    private long Available(Instant now)
    {
        Turn(now);
        long elapsed = (now - _start).Value;
        return long.Max(0, _limitBytes - _current - (_previous * (_periodMs - elapsed) / _periodMs));
    }

    /// <summary>After <see cref="Turn"/>: the share of the period before falls with time until the bytes fit.</summary>
    private Instant AvailableAt(long bytes)
    {
        long left = _limitBytes - bytes;
        if (_current <= left)
            return _start.After(new Milliseconds(Share(left - _current, _previous)));
        return _start.After(new Milliseconds(_periodMs + Share(left, _current)));
    }

    /// <summary>Milliseconds of a period after which no more than so many bytes of those of the one before count.</summary>
    private long Share(long bytes, long previous) =>
        previous <= bytes ? 0 : _periodMs - (bytes * _periodMs / previous);

    private void Turn(Instant now)
    {
        long elapsed = (now - _start).Value;
        if (elapsed < _periodMs) return;
        bool isNext = elapsed < 2 * _periodMs;
        _previous = isNext ? _current : 0;
        _current = 0;
        _start = isNext ? _start.After(new Milliseconds(_periodMs)) : now;
    }
}
