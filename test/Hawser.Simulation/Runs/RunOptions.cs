using System.Collections.Generic;
using Hawser.Simulation.Faults;

namespace Hawser.Simulation.Runs;

/// <summary>What one run is made from: everything else follows.</summary>
internal sealed record RunOptions
{
    public required ulong Seed { get; init; }

    /// <summary>Null: the seed chooses.</summary>
    public string? Scenario { get; init; }

    /// <summary>Clients that come.</summary>
    public int Sessions { get; init; } = 2000;

    /// <summary>Of the clients, those that take part; null: all.</summary>
    public IReadOnlySet<int>? Only { get; init; }

    /// <summary>Faults left out.</summary>
    public IReadOnlyCollection<FaultKind> Without { get; init; } = [];

    /// <summary>Every event is kept, for a timeline.</summary>
    public bool KeepsTrace { get; init; }
}
