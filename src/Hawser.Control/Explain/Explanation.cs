using System.Collections.Immutable;
using Hawser.Config.Diagnostics;

namespace Hawser.Control.Explain;

/// <summary>A cause in its final order.</summary>
/// <param name="HasEvidence">True: the line speaks for it; false: against it; null: it says nothing.</param>
public sealed record RankedCause(string Text, bool? HasEvidence);

/// <summary>What the configuration has to do with the end.</summary>
/// <param name="Origin">The line; <see cref="Origin.None"/> when it is about a setting that is missing.</param>
public sealed record ConfigurationNote(string Text, Origin Origin);

/// <summary>Everything there is to say about one line.</summary>
public sealed record Explanation
{
    public required LogLine Line { get; init; }

    /// <summary>"option tcplog" …</summary>
    public required string Format { get; init; }

    /// <summary>One sentence: what happened.</summary>
    public required string Headline { get; init; }

    /// <summary>The two letters one by one; null when the line has none.</summary>
    public string? Letters { get; init; }

    public ImmutableArray<TimerReading> Timers { get; init; } = [];
    public string? WhereTimeWent { get; init; }

    /// <summary>Facts from the other fields.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>What the loss ledger says; empty without its fields.</summary>
    public ImmutableArray<string> Loss { get; init; } = [];

    public ImmutableArray<RankedCause> Causes { get; init; } = [];
    public ImmutableArray<string> Next { get; init; } = [];

    /// <summary>Filled when a configuration was given.</summary>
    public ImmutableArray<ConfigurationNote> Configuration { get; init; } = [];
}
