namespace Hawser.Base.Time;

/// <summary>A point of wall-clock time: microseconds since 1970-01-01T00:00:00Z.</summary>
public readonly record struct UnixTime(long Microseconds)
{
    public long Seconds => Microseconds / 1_000_000;

    public long Milliseconds => Microseconds / 1000;
}
