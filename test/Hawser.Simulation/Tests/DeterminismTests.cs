using System.Linq;
using Hawser.Base.Network;
using Hawser.Simulation.Actors;
using Hawser.Simulation.Faults;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Runs;
using Hawser.Simulation.Scenarios;
using Hawser.Simulation.Worlds;
using Xunit;

namespace Hawser.Simulation.Tests;

public sealed class DeterminismTests
{
    public static TheoryData<string> Scenarios => SeedTests.Scenarios;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void The_same_seed_is_the_same_run(string scenario)
    {
        RunOptions options = new() { Seed = 77, Scenario = scenario, Sessions = 300 };
        RunResult first = Runs.Simulation.Run(options);
        RunResult second = Runs.Simulation.Run(options with { KeepsTrace = true });

        Assert.Equal(first.TraceHash, second.TraceHash);
        Assert.Equal(first.Events, second.Events);
        Assert.Equal(first.States, second.States);
    }

    [Fact]
    public void Another_seed_is_another_run()
    {
        ulong[] hashes = [.. Enumerable.Range(1, 5).Select(static seed => Runs.Simulation.Run(
            new RunOptions { Seed = (ulong)seed, Scenario = "mixed", Sessions = 100 }).TraceHash)];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    /// <summary>
    /// Clients and servers without a proxy between them, pinned: another machine, runtime or processor that disagrees is
    /// noticed. Only a change of the simulator itself changes the number.
    /// </summary>
    [Fact]
    public void A_world_is_the_same_on_every_machine()
    {
        World world = new(seed: 1, keepsTrace: false);
        FaultPlan faults = new(world, isCalm: false, without: []);
        Network network = new(world, faults, new LinkPlan(world, faults));
        Scenario scenario = CommonScenarios.Mixed(world.Stream(SeedUse.Scenario));
        ServerActor server = new(network, NetworkAddress.FromIPv4(0x0A640001, 8000), index: 0, scenario.Actors);
        ClientPopulation clients = new(network, scenario, [server.Address], count: 500, static _ => true);
        clients.Begin();
        while (world.RunNext(long.MaxValue) && !(clients.HasAllStarted && clients.Present.Count == 0))
        {
        }

        Assert.Equal(500, clients.Started);
        Assert.Equal("b347e186daaf81ce", world.Trace.Hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Every_fault_strikes_somewhere()
    {
        long[] struck = new long[System.Enum.GetValues<FaultKind>().Length];
        foreach (string scenario in ScenarioTable.All.Keys.Where(static name => name != ScenarioTable.Scale))
        {
            for (ulong seed = 1; seed <= 8; seed++)
            {
                RunResult result = Runs.Simulation.Run(new RunOptions { Seed = seed, Scenario = scenario, Sessions = 300 });
                foreach ((string fault, long count) in result.Faults)
                    struck[(int)System.Enum.Parse<FaultKind>(fault)] += count;
            }
        }

        // These two are states of a run, not dice that are thrown.
        foreach (FaultKind kind in System.Enum.GetValues<FaultKind>().Except([FaultKind.FewDescriptors, FaultKind.ClockJump]))
            Assert.True(struck[(int)kind] > 0, $"{kind} never struck");
    }
}
