using System.Collections.Generic;
using System.Globalization;
using Hawser.Io.Kernels;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Runs;

/// <summary>What happened to one session, line by line.</summary>
internal static class Timeline
{
    /// <summary>Longer runs of the same act are told as their first and last.</summary>
    private const int RepeatsShown = 3;

    /// <summary>A failure that concerns no connection is told with all that happened, where so few clients took part.</summary>
    private const int ClientsToldWhole = 3;

    /// <param name="result">A failed run that kept its trace.</param>
    public static IEnumerable<string> Of(RunResult result)
    {
        if (result.Trace is not { } trace || result.Violation is not { } broken)
            yield break;
        long startUs = trace.Entries.Count > 0 ? trace.Entries[0].TimeUs : 0;
        TraceEntry last = default;
        int repeats = 0;
        foreach (TraceEntry entry in trace.Entries)
        {
            if (!Concerns(entry, result, broken))
                continue;
            bool isSame = entry.Act == last.Act && entry.Connection == last.Connection && entry.IsNear == last.IsNear;
            repeats = isSame ? repeats + 1 : 0;
            if (repeats == RepeatsShown)
                yield return "              ...";
            if (repeats < RepeatsShown)
                yield return Line(entry, startUs);
            else if (!isSame)
                yield return Line(last, startUs);
            last = entry;
        }

        yield return $"{Time(broken.TimeUs - startUs)}  BROKEN {broken.Invariant}: {broken.What}";
    }

    private static bool Concerns(in TraceEntry entry, RunResult result, Violation broken)
    {
        if (entry.Act is Act.Phase or Act.Stall or Act.ClockJump
            or Act.ServerUp or Act.ServerRefuses or Act.ServerSilent or Act.ServerResets)
        {
            return true;
        }

        return entry.Connection >= 0 && (entry.Connection == broken.Connection
            || (broken.Connection < 0 && result.Options.Only is { Count: <= ClientsToldWhole })
            || (result.ViolatingClient >= 0 && result.Clients!.GetValueOrDefault(entry.Connection, -1) == result.ViolatingClient));
    }

    private static string Line(in TraceEntry entry, long startUs)
    {
        string time = Time(entry.TimeUs - startUs);
        if (entry.Connection < 0)
            return $"{time}  {entry.Act} {entry.Value}";
        string end = entry.IsNear ? "near" : "far";
        return $"{time}  #{entry.Connection} {end,-4} {entry.Act} {Value(entry)}";
    }

    private static string Value(in TraceEntry entry) => entry.Act switch
    {
        Act.Refused or Act.ResetArrived or Act.Failure => ((KernelError)entry.Value).ToString(),
        Act.Established or Act.ActorFin or Act.ActorClosed or Act.ActorReset or Act.LinkReset => "",
        Act.Accept or Act.Connect or Act.Shutdown or Act.Close or Act.CloseReset =>
            string.Create(CultureInfo.InvariantCulture, $"(descriptor {entry.Value})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{entry.Value}"),
    };

    private static string Time(long us) => string.Create(CultureInfo.InvariantCulture, $"{us / 1000.0,12:f3} ms");
}
