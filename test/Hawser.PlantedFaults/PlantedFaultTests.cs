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

    [Fact]
    public void There_are_enough_of_them() => Assert.True(PlantedFault.All().Count() >= 10);
}
