using System.Collections.Generic;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Runs;

/// <summary>What came of a run.</summary>
internal sealed record RunResult
{
    public required RunOptions Options { get; init; }

    public required string Scenario { get; init; }

    /// <summary>What the proxies were started with.</summary>
    public required string[] Configurations { get; init; }

    /// <summary>Null when every invariant held.</summary>
    public required Violation? Violation { get; init; }

    /// <summary>The client it was seen at; -1 when it concerns none.</summary>
    public int ViolatingClient { get; init; } = -1;

    /// <summary>Two runs are the same when their hashes are.</summary>
    public required ulong TraceHash { get; init; }

    public required long Events { get; init; }

    /// <summary>Sessions that the proxies logged.</summary>
    public required long Sessions { get; init; }

    public required long VirtualMs { get; init; }

    public required IReadOnlyDictionary<string, long> States { get; init; }

    public required IReadOnlyDictionary<string, long> Faults { get; init; }

    public Trace? Trace { get; init; }

    /// <summary>The client that each connection belongs to; -1 for none. Filled with the trace.</summary>
    public IReadOnlyDictionary<int, int>? Clients { get; init; }
}
