using System;
using System.Collections.Generic;
using Hawser.Base.Random;

namespace Hawser.Simulation.Scenarios;

/// <summary>All scenarios, by name.</summary>
internal static class ScenarioTable
{
    public static IReadOnlyDictionary<string, ScenarioMaker> All { get; } = new Dictionary<string, ScenarioMaker>
    {
        ["echo"] = Echo,
    };

    public static Scenario Make(string? name, Prng random)
    {
        string[] names = [.. All.Keys];
        string chosen = names[random.NextBelow((uint)names.Length)];
        return All[name ?? chosen](random);
    }

    private static Scenario Echo(Prng random) => new()
    {
        Name = "echo",
        Configurations =
        [
            """
            defaults
                mode tcp
                {log}
                timeout connect 2s
                timeout client 10s
                timeout server 8s
            listen in
                bind 10.200.0.1:80
                server s1 10.100.0.1:8000
            """,
        ],
        Actors = new ActorMix { HasOddActors = false },
        IsCalm = true,
    };
}
