using System;

namespace Hawser.Base.Time;

/// <summary>
/// A length of time. <see cref="None"/> (zero) means "no limit": the configuration language writes an unset or
/// infinite timeout as 0.
/// </summary>
public readonly record struct Milliseconds(long Value) : IComparable<Milliseconds>
{
    public static readonly Milliseconds None = new(0);

    public bool IsSet => Value > 0;

    public static Milliseconds FromSeconds(long seconds) => new(seconds * 1000);

    public int CompareTo(Milliseconds other) => Value.CompareTo(other.Value);

    public Milliseconds Or(Milliseconds fallback) => IsSet ? this : fallback;

    public static bool operator <(Milliseconds a, Milliseconds b) => a.Value < b.Value;

    public static bool operator >(Milliseconds a, Milliseconds b) => a.Value > b.Value;

    public static bool operator <=(Milliseconds a, Milliseconds b) => a.Value <= b.Value;

    public static bool operator >=(Milliseconds a, Milliseconds b) => a.Value >= b.Value;

    public static Milliseconds operator +(Milliseconds a, Milliseconds b) => new(a.Value + b.Value);

    public override string ToString() => $"{Value} ms";
}
