using System;

namespace Hawser.Base.Time;

/// <summary>A point on a loop's monotonic clock, in milliseconds since an arbitrary start.</summary>
public readonly record struct Instant(long Milliseconds) : IComparable<Instant>
{
    /// <summary>Later than every instant a clock shows: the deadline of something without a limit.</summary>
    public static readonly Instant Never = new(long.MaxValue);

    public bool IsNever => Milliseconds == long.MaxValue;

    /// <summary>The deadline a timeout gives from here; <see cref="Never"/> when the timeout is unset.</summary>
    public Instant After(Milliseconds timeout) => timeout.IsSet ? new Instant(Milliseconds + timeout.Value) : Never;

    public int CompareTo(Instant other) => Milliseconds.CompareTo(other.Milliseconds);

    public static Instant Earlier(Instant a, Instant b) => a.Milliseconds <= b.Milliseconds ? a : b;

    public static Milliseconds operator -(Instant later, Instant earlier) =>
        new(later.Milliseconds - earlier.Milliseconds);

    public static bool operator <(Instant a, Instant b) => a.Milliseconds < b.Milliseconds;

    public static bool operator >(Instant a, Instant b) => a.Milliseconds > b.Milliseconds;

    public static bool operator <=(Instant a, Instant b) => a.Milliseconds <= b.Milliseconds;

    public static bool operator >=(Instant a, Instant b) => a.Milliseconds >= b.Milliseconds;

    public override string ToString() => IsNever ? "never" : $"{Milliseconds} ms";
}
