using System;
using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;

namespace Hawser.Config.Binding;

/// <summary>What a run over the files gave.</summary>
/// <param name="Model">Null as soon as there is one alert.</param>
/// <param name="Diagnostics">All findings of the run in the order HAProxy would print them.</param>
public sealed record ConfigurationResult(ConfigModel? Model, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>True when the process must not start: an alert, or a warning under <c>zero-warning</c>.</summary>
    public bool IsFatal { get; init; }

    /// <summary>The source line of a place, for the carets of later findings; null when there is none.</summary>
    public Func<Origin, string?> LineAt { get; init; } = static _ => null;
}
