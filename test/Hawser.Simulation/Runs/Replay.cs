using System.Linq;

namespace Hawser.Simulation.Runs;

/// <summary>The command that repeats a run.</summary>
internal static class Replay
{
    public static string Command(RunResult result)
    {
        RunOptions options = result.Options;
        string command = $"./simulate --scenario {result.Scenario} --seed {options.Seed} --sessions {options.Sessions}";
        if (options.Only is { } only)
            command += $" --only {string.Join(',', only.Order())}";
        if (options.Without.Count > 0)
            command += $" --without {string.Join(',', options.Without)}";
        return command;
    }
}
