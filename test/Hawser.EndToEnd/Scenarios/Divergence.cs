using System;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>A difference from the oracle that is meant; each one stands in docs/divergences.md under its title.</summary>
/// <param name="Title">The heading in the document.</param>
/// <param name="FromOracle">Makes of the oracle's normalised report the one hawser must produce.</param>
public sealed record Divergence(string Title, Func<string, string> FromOracle)
{
    /// <summary>Lines that only hawser logs.</summary>
    public int ExtraLogLines { get; init; }
}
