using System;
using System.Collections.Generic;
using System.Diagnostics;
using Hawser.Simulation.Runs;

namespace Hawser.Simulation;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        Dictionary<string, string> options = [];
        for (int i = 0; i + 1 < arguments.Length; i += 2)
            options[arguments[i]] = arguments[i + 1];
        ulong seed = ulong.Parse(options.GetValueOrDefault("--seed", "1"));
        int seeds = int.Parse(options.GetValueOrDefault("--seeds", "1"));
        for (int i = 0; i < seeds; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            RunResult result = Runs.Simulation.Run(new RunOptions
            {
                Seed = seed + (ulong)i,
                Scenario = options.GetValueOrDefault("--scenario"),
                Sessions = int.Parse(options.GetValueOrDefault("--sessions", "2000")),
                KeepsTrace = options.ContainsKey("--trace"),
            });
            Console.WriteLine($"seed {result.Options.Seed} {result.Scenario}: {result.Sessions} sessions, {result.VirtualMs} ms, {result.Events} events, hash {result.TraceHash:x16}, {watch.ElapsedMilliseconds} ms; {string.Join(' ', result.States)} {string.Join(' ', result.Faults)}");
            if (result.Violation is { } broken)
            {
                Console.WriteLine($"  BROKEN: {broken.Invariant}: {broken.What} at {broken.TimeUs} #{broken.Connection}");
                if (options.ContainsKey("--config")) Console.WriteLine(string.Join("\n---\n", result.Configurations));
                if (result.Trace is { } trace)
                {
                    foreach (var entry in trace.Entries)
                        if (options["--trace"] == "all" || entry.Connection >= 0 && (entry.Connection == broken.Connection || result.ViolatingClient >= 0 && result.Clients![entry.Connection] == result.ViolatingClient))
                            Console.WriteLine($"    {entry.TimeUs} {entry.Act} #{entry.Connection} {(entry.IsNear ? "near" : "far")} {entry.Value}");
                }
            }
        }

        return 0;
    }
}
