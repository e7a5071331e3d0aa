using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Hawser.Simulation.Runs;

namespace Hawser.Simulation.Commands;

/// <summary>Runs seed after seed and tells what came of it.</summary>
internal sealed class SimulateCommand(CommandOptions options, TextWriter output)
{
    private const int SeedsFromTheClock = 100;

    private readonly SortedDictionary<string, long> _states = new(StringComparer.Ordinal);
    private readonly Stopwatch _watch = new();
    private long _sessions;
    private long _events;
    private long _virtualMs;
    private int _runs;

    public int Run()
    {
        ulong seed = options.Seed ?? (ulong)DateTime.UtcNow.Ticks / 10_000;
        int seeds = options.Seeds ?? (options.Seed is null && options.Minutes == 0 ? SeedsFromTheClock : 1);
        _watch.Start();
        while (_runs < seeds || _watch.Elapsed.TotalMinutes < options.Minutes)
        {
            RunResult result = Runs.Simulation.Run(new RunOptions
            {
                Seed = seed++,
                Scenario = options.Scenario,
                Sessions = options.Sessions,
                Only = options.Only,
                Without = options.Without,
            });
            Count(result);
            if (!options.IsQuiet)
                output.WriteLine($"seed {result.Options.Seed,-12} {result.Scenario,-15} {result.Sessions,8} sessions {result.VirtualMs / 1000,6} s {result.Events,10} events  {result.TraceHash:x16}");
            if (result.Violation is not null)
            {
                Tell(result);
                return 1;
            }
        }

        Sum();
        return 0;
    }

    private void Count(RunResult result)
    {
        _runs++;
        _sessions += result.Sessions;
        _events += result.Events;
        _virtualMs += result.VirtualMs;
        foreach ((string state, long count) in result.States)
            _states[state] = _states.GetValueOrDefault(state) + count;
    }

    private void Tell(RunResult failed)
    {
        output.WriteLine();
        output.WriteLine($"BROKEN  {failed.Violation!.Invariant}");
        output.WriteLine($"        {failed.Violation.What}");
        output.WriteLine($"found   {Replay.Command(failed)}");
        RunResult shortest = options.OnlyTimeline ? failed : Shrinker.Shrink(failed);
        RunResult kept = Runs.Simulation.Run(shortest.Options with { KeepsTrace = true, Scenario = shortest.Scenario });
        output.WriteLine($"replay  {Replay.Command(shortest)}");
        output.WriteLine($"faults  {string.Join(' ', kept.Faults.Where(static fault => fault.Value > 0).Select(static fault => $"{fault.Key}:{fault.Value}"))}");
        foreach (string configuration in kept.Configurations)
        {
            output.WriteLine();
            foreach (string line in configuration.Split('\n').Where(static line => line.Trim().Length > 0))
                output.WriteLine($"    {line}");
        }

        output.WriteLine();
        foreach (string line in Timeline.Of(kept))
            output.WriteLine(line);
    }

    private void Sum()
    {
        double seconds = _watch.Elapsed.TotalSeconds;
        double cpuSeconds = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
        output.WriteLine();
        output.WriteLine($"{_sessions} sessions over {_runs} seeds, {_events} events, {_virtualMs / 1000} s of virtual time: every invariant held");
        output.WriteLine($"{_sessions / seconds:f0} sessions per second on one core; {seconds:f1} s, {cpuSeconds:f1} s of CPU");
        output.WriteLine($"{Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB of memory at most, {GC.GetTotalMemory(forceFullCollection: true) >> 20} MiB of it managed at the end");
        output.WriteLine(string.Join("  ", _states.Select(static state => $"{state.Key} {state.Value}")));
    }
}
