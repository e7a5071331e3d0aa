using System.Collections.Generic;
using Hawser.Base.Random;

namespace Hawser.Simulation.Scenarios;

/// <summary>All scenarios, by name.</summary>
internal static class ScenarioTable
{
    public const string Scale = "scale";

    public static IReadOnlyDictionary<string, ScenarioMaker> All { get; } = new Dictionary<string, ScenarioMaker>
    {
        ["calm"] = CommonScenarios.Calm,
        ["mixed"] = CommonScenarios.Mixed,
        ["timeouts"] = CommonScenarios.Timeouts,
        ["bulk"] = CommonScenarios.Bulk,
        ["queues"] = LoadScenarios.Queues,
        ["flapping"] = LoadScenarios.Flapping,
        ["limits"] = LoadScenarios.Limits,
        ["weights"] = LoadScenarios.Weights,
        [Scale] = LoadScenarios.Scale,
        ["proxy-protocol"] = ChainScenarios.ProxyProtocol,
        ["chain"] = ChainScenarios.Chain,
        ["stop"] = CommonScenarios.Stop,
        ["reload"] = ReloadScenarios.Reload,
        ["random"] = RandomScenario.Make,
        ["http-calm"] = HttpScenarios.Calm,
        ["http-reuse"] = HttpScenarios.Reuse,
        ["http-retries"] = HttpScenarios.Retries,
        ["http-queues"] = HttpScenarios.Queues,
        ["http-priorities"] = HttpScenarios.Priorities,
        ["http-timeouts"] = HttpScenarios.Timeouts,
        ["http-bulk"] = HttpScenarios.Bulk,
        ["http-rules"] = HttpRuleScenarios.Rules,
        ["http-reload"] = ReloadScenarios.HttpReload,
        ["http-stop"] = HttpScenarios.Stop,
        ["http-random"] = HttpRandomScenario.Make,
    };

    /// <summary>The named one, or the one that the seed draws; the big one is never drawn.</summary>
    public static Scenario Make(string? name, Prng random)
    {
        List<string> drawn = [];
        foreach (string one in All.Keys)
        {
            if (one != Scale)
                drawn.Add(one);
        }

        string chosen = drawn[(int)random.NextBelow((uint)drawn.Count)];
        return All[name ?? chosen](random);
    }
}
