using System;
using System.Collections.Immutable;

namespace Hawser.Control.Explain;

/// <summary>A likely cause.</summary>
/// <param name="Evidence">
/// Whether the line speaks for it; null where it has no field about it. Causes that it speaks for come first, those it
/// speaks against last.
/// </param>
public sealed record Cause(string Text, Func<LogLine, bool?>? Evidence = null);

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
