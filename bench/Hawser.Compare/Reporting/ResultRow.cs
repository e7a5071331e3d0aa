using System;

namespace Hawser.Compare.Reporting;

/// <summary>A line of the table.</summary>
/// <param name="Ratio">Hawser ÷ rival, median of the pairs; null where there is nothing to compare with.</param>
/// <param name="Goal">Most that the ratio may be; null: none is set.</param>
internal sealed record ResultRow(
    string Scenario, string Rival, string Ours, string Theirs, double? Ratio, double Lowest, double Highest,
    double? Goal)
{
    /// <summary>Stands in the goal's column when the goal is not a ratio.</summary>
    public string? Note { get; init; }

    public string[] Cells() =>
    [
        Scenario,
        Rival,
        Ours,
        Theirs,
        Ratio is { } ratio ? FormattableString.Invariant($"{ratio:F2} ({Lowest:F2}–{Highest:F2})") : "-",
        Note ?? (Goal is { } goal
            ? FormattableString.Invariant($"≤ {goal:F2}: {(Ratio <= goal ? "met" : "missed")}")
            : "-"),
    ];
}
