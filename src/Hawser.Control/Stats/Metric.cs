using System;

namespace Hawser.Control.Stats;

/// <summary>One metric of the Prometheus exporter.</summary>
/// <param name="Name">Without its prefix.</param>
/// <param name="Field">Position in <see cref="StatFields"/>, or for the process in <see cref="InfoFields"/>.</param>
public sealed record Metric(string Name, int Field, bool IsCounter, MetricShape Shape = MetricShape.Number)
{
    /// <summary>What its label "mod" says; null for what is no module's.</summary>
    public string? Module { get; init; }

    /// <summary>Has a meaning in "mode http" only: no sample otherwise.</summary>
    public bool IsHttpOnly => Name.StartsWith("http_", StringComparison.Ordinal) || Field == (int)StatField.Intercepted;

    /// <summary>Where the column is empty the sample is "NaN", as HAProxy has it; others are left out.</summary>
    public bool IsNaNWhenEmpty => Field is (int)StatField.SessionsLimit or (int)StatField.CheckFailures or (int)StatField.CheckDowns
        or (int)StatField.Downtime or (int)StatField.QueueLimit or (int)StatField.Throttle or (int)StatField.IdleConnectionsLimit;
}
