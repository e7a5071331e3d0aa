using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Linq;
using Hawser.Proxy.Streams;
using Hawser.Simulation.Runs;
using Hawser.Simulation.Scenarios;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.Simulation.Tests;

/// <summary>What CI runs: a fixed set of seeds for each scenario, and some new ones for each change.</summary>
public sealed class SeedTests(ITestOutputHelper output)
{
    private const int FixedSeeds = 10;
    private const int FixedSessions = 2000;
    private const int NewSeeds = 3;
    private const int NewSessions = 500;

    // A client of mode http has several requests, and more is looked at in each.
    private const int FixedHttpSeeds = 6;
    private const int FixedHttpClients = 400;
    private const int NewHttpClients = 200;

    /// <summary>The compiler derives it from the sources.</summary>
    private static readonly Guid s_build = typeof(Session).Module.ModuleVersionId;

    /// <summary>Each scenario but the big one.</summary>
    public static TheoryData<string> Scenarios =>
        [.. ScenarioTable.All.Keys.Where(static name => name != ScenarioTable.Scale)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_invariant_holds_for_the_fixed_seeds(string scenario) =>
        Run(scenario, first: 1, IsHttp(scenario) ? FixedHttpSeeds : FixedSeeds, IsHttp(scenario) ? FixedHttpClients : FixedSessions);

    /// <summary>
    /// Seeds that every change of the product draws anew: the same sources give the same ones, so that a failure is a
    /// find and comes back. Its message has the command that repeats it.
    /// </summary>
    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_invariant_holds_for_new_seeds(string scenario) =>
        Run(scenario, BinaryPrimitives.ReadUInt32LittleEndian(s_build.ToByteArray()), NewSeeds, IsHttp(scenario) ? NewHttpClients : NewSessions);

    private static bool IsHttp(string scenario) => scenario.StartsWith("http-", StringComparison.Ordinal);

    private void Run(string scenario, ulong first, int seeds, int sessions)
    {
        Stopwatch watch = Stopwatch.StartNew();
        long count = 0;
        for (int i = 0; i < seeds; i++)
        {
            RunResult result = Runs.Simulation.Run(
                new RunOptions { Seed = first + (ulong)i, Scenario = scenario, Sessions = sessions });
            count += result.Sessions;
            if (result.Violation is { } broken)
                Assert.Fail($"{broken.Invariant}: {broken.What}\n{Replay.Command(result)}");
        }

        output.WriteLine($"{scenario}: {count} sessions, {seeds} seeds from {first}, {watch.ElapsedMilliseconds} ms");
    }
}
