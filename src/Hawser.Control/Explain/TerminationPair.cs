using System;
using System.Collections.Immutable;

namespace Hawser.Control.Explain;

/// <summary>A likely cause.</summary>
/// <param name="Evidence">
/// What in the line speaks for it: causes whose evidence is there come first, those whose evidence is missing last.
/// </param>
public sealed record Cause(string Text, Func<LogLine, bool>? Evidence = null);

/// <summary>What is known about the first two letters of a termination state together.</summary>
/// <param name="Letters">Two letters.</param>
/// <param name="Meaning">One or two sentences about this event in this phase.</param>
/// <param name="Causes">Most likely first, before evidence is weighed.</param>
/// <param name="Next">What to look at, most useful first.</param>
public sealed record TerminationPair(
    string Letters, string Meaning, ImmutableArray<Cause> Causes, ImmutableArray<string> Next)
{
    /// <summary>The timers that can have fired, the most specific first; empty when no timer ends it like this.</summary>
    public ImmutableArray<TimerKind> Timers { get; init; } = [];

    /// <summary>Replaces <see cref="Meaning"/> in TCP lines; null: the same.</summary>
    public string? TcpMeaning { get; init; }
}
