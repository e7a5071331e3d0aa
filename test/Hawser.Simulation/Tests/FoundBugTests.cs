using Hawser.Simulation.Runs;
using Xunit;

namespace Hawser.Simulation.Tests;

/// <summary>
/// Bugs of the product that the simulator has found, each with a run that shows it. test/Hawser.PlantedFaults puts them
/// back (numbers 22, 24 to 28, 46 to 48 and 50) and proves that these runs find them again.
/// </summary>
public sealed class FoundBugTests
{
    [Theory]
    [InlineData("timeouts", 1, "a FIN that the kernel refused was taken off the unconfirmed bytes")]
    [InlineData("queues", 1, "slots that a growing minconn limit added were not given to those who waited")]
    [InlineData("random", 26, "a client was called silent while there was no block to read it into")]
    [InlineData("random", 1, "sessions that waited for a block were forgotten, and the loop slept")]
    [InlineData("timeouts", 6, "what option nolinger loses was missing in the counters")]
    [InlineData("queues", 8, "who waited for a server that left was put behind younger sessions")]
    [InlineData("http-reuse", 7, "a connection waited for the next request with bytes in it that nobody had asked for")]
    [InlineData("http-reuse", 129, "the rest of a request was waited for that its server, which had answered, did not take any more")]
    [InlineData("http-rules", 1, "a body that was waited for left rules no room, and they failed")]
    [InlineData("http-bulk", 3, "sessions that held a block waited for one another's, for ever")]
    [InlineData("http-reuse", 1, "chunks out of order were in no ledger")]
    [InlineData("http-retries", 5, "what came behind a refused upload was kept without a block for it, which stopped the process")]
    [InlineData("http-timeouts", 97, "the rest of a request was waited for, without a timeout, from a client that was not read any more")]
    [InlineData("http-random", 7, "the trailers of a refused upload were taken for the next request")]
    public void A_bug_that_was_found_stays_away(string scenario, int seed, string bug)
    {
        RunResult result = Runs.Simulation.Run(
            new RunOptions { Seed = (ulong)seed, Scenario = scenario, Sessions = 1000 });

        Assert.True(result.Violation is null, $"{bug}: {result.Violation?.Invariant}: {result.Violation?.What}");
    }
}
