using System;
using Hawser.Base.Network;

namespace Hawser.Expressions.Compilation;

/// <summary>What may stand between a fetch method's parentheses.</summary>
public enum ArgumentShape : byte
{
    None,

    /// <summary>One string, required; it may be empty.</summary>
    Text,

    /// <summary>One signed integer, required.</summary>
    Integer,

    /// <summary>One boolean, required: true, false, yes, no, on, off, or an integer.</summary>
    Boolean,

    /// <summary>One IPv4 address, required.</summary>
    IPv4,

    /// <summary>One IPv6 address, required.</summary>
    IPv6,

    /// <summary>An optional unit: s, ms or us.</summary>
    OptionalTimeUnit,

    /// <summary>An optional signed offset in seconds and an optional unit: s, ms or us.</summary>
    OptionalOffsetAndTimeUnit,
}

/// <summary>A unit of time that a date can be asked in; the value is the number of microseconds.</summary>
public enum TimeUnit
{
    Seconds = 1_000_000,
    Milliseconds = 1000,
    Microseconds = 1,
}

/// <summary>The arguments of one use of a fetch method, checked and converted when it was compiled.</summary>
public readonly record struct FetchArguments
{
    public FetchArguments()
    {
    }

    public ReadOnlyMemory<byte> Text { get; init; }

    public long Integer { get; init; }

    public NetworkAddress Address { get; init; }

    public TimeUnit Unit { get; init; } = TimeUnit.Seconds;
}
