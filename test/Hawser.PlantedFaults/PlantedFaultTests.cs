using System.Linq;
using Hawser.Simulation.Runs;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.PlantedFaults;

/// <summary>The simulator finds what it should find: each planted fault, within the sessions that its file allows.</summary>
public sealed class PlantedFaultTests(ITestOutputHelper output)
{
    private const int SessionsPerRun = 1000;

    public static TheoryData<int, string> Faults
    {
        get
        {
            TheoryData<int, string> data = [];
            foreach (PlantedFault fault in PlantedFault.All())
                data.Add(fault.Number, fault.Name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_planted_fault_is_found(int number, string name)
    {
        PlantedFault fault = PlantedFault.All().Single(one => one.Number == number);
        Planting.Active = number;
        try
        {
            for (int begun = 0; begun < fault.SessionsMaximum; begun += SessionsPerRun)
            {
                RunResult result = Simulation.Runs.Simulation.Run(new RunOptions
                {
                    Seed = (ulong)(begun / SessionsPerRun) + 1,
                    Scenario = fault.Scenario,
                    Sessions = SessionsPerRun,
                });
                if (result.Violation is not { } broken)
                    continue;
                output.WriteLine($"{name}: seed {result.Options.Seed}, after {begun + result.Sessions} sessions: {broken.Invariant}: {broken.What}");
                return;
            }
        }
        finally
        {
            Planting.Active = 0;
        }

        Assert.Fail($"{name}: not found in {fault.SessionsMaximum} sessions");
    }

    /// <summary>A failure comes with a short replay of its own and the story of the session.</summary>
    [Fact]
    public void A_failure_is_made_short_and_told()
    {
        PlantedFault fault = PlantedFault.All().First();
        Planting.Active = fault.Number;
        try
        {
            RunResult failed = Simulation.Runs.Simulation.Run(
                new RunOptions { Seed = 1, Scenario = fault.Scenario, Sessions = SessionsPerRun });
            Assert.NotNull(failed.Violation);
            RunResult shortest = Shrinker.Shrink(failed);
            RunResult again = Simulation.Runs.Simulation.Run(shortest.Options with { KeepsTrace = true });
            string[] timeline = [.. Timeline.Of(again)];
            output.WriteLine(Replay.Command(shortest));
            output.WriteLine(string.Join('\n', timeline));

            Assert.InRange(shortest.Options.Only?.Count ?? shortest.Options.Sessions, 1, 20);
            Assert.Equal(failed.Violation.Invariant, again.Violation!.Invariant);
            Assert.Equal(shortest.TraceHash, again.TraceHash);
            Assert.Contains(timeline, line => line.Contains("Receive", System.StringComparison.Ordinal));
            Assert.Contains("BROKEN", timeline[^1], System.StringComparison.Ordinal);
        }
        finally
        {
            Planting.Active = 0;
        }
    }

    [Fact]
    public void There_are_enough_of_them() => Assert.True(PlantedFault.All().Count() >= 10);
}
