using System;
using Hawser.Base.Random;

namespace Hawser.Simulation.Scenarios;

/// <summary>A configuration and who meets there.</summary>
internal sealed record Scenario
{
    public required string Name { get; init; }

    /// <summary>
    /// The proxies' configurations, one or two, as files; without logging, which the simulator adds. Frontends listen
    /// at 10.200.0.N; servers are at 10.100.0.N, port 8000.
    /// </summary>
    public required string[] Configurations { get; init; }

    public ActorMix Actors { get; init; } = new();

    /// <summary>Servers at 10.100.0.1 and following.</summary>
    public int Servers { get; init; } = 1;

    /// <summary>Average time between two clients, in microseconds.</summary>
    public int ArrivalGapUs { get; init; } = 2000;

    /// <summary>No faults, whatever the seed says.</summary>
    public bool IsCalm { get; init; }

    /// <summary>The proxies are stopped, softly or at once, while the storm is on.</summary>
    public bool IsStoppedUnderLoad { get; init; }

    /// <summary>The listeners are paused and resumed now and then.</summary>
    public bool IsPausedNowAndThen { get; init; }

    /// <summary>
    /// The proxy is reloaded now and then: the configuration of the number-th time, from 1. Null: it is not.
    /// </summary>
    public Func<Prng, int, string>? NextConfiguration { get; init; }

    /// <summary>Every server is served in proportion to its weight, which is then checked.</summary>
    public bool HasExactWeights { get; init; }
}

/// <summary>Draws a scenario for a seed.</summary>
internal delegate Scenario ScenarioMaker(Prng random);
