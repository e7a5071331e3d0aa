using System;
using Hawser.Base.Time;

namespace Hawser.Expressions.Samples;

/// <summary>
/// What samples are taken from: a session, a check, nothing at all. Each kind is a class of the data plane, and the
/// rows that read it stand beside it and cast to it. One per loop; it is pointed at one session after the other.
/// </summary>
public abstract class SampleSource(Scratch scratch)
{
    /// <summary>Where converters write.</summary>
    public Scratch Scratch { get; } = scratch;

    /// <summary>What look-ups of this loop have answered.</summary>
    public AnswerCache Answers { get; init; } = AnswerCache.None;

    /// <summary>The wall clock when the evaluation began.</summary>
    public abstract UnixTime Now { get; }

    /// <summary>Local time, for what prints dates; UTC where a source has no zone.</summary>
    public virtual TimeZoneInfo Zone => TimeZoneInfo.Utc;

    /// <summary>
    /// No more data will come, or waiting for it is over: what a fetch cannot answer now it will never answer
    /// (<see cref="Sample.MayChange"/> no longer counts).
    /// </summary>
    public bool IsFinal { get; set; } = true;

    /// <summary>Where the variables of a scope are; null when the scope does not exist here.</summary>
    public virtual VariableStore? Variables(VariableScope scope) => null;
}
