using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Lint.Views;

namespace Hawser.Control.Explain;

/// <summary>Puts a line into words. Pure: the same line and configuration give the same words.</summary>
/// <param name="configuration">For "which line set the timer"; null: not asked for.</param>
public sealed class Explainer(ConfigurationView? configuration)
{
    private static readonly string[] Formats =
    [
        "default format", "option tcplog", "option tcplog clf", "option httplog", "option httplog clf",
        "option httpslog", "error log", "message of the process",
    ];

    public Explanation Explain(LogLine line)
    {
        string format = line.Format ?? Formats[(int)line.Kind];
        return line.Kind switch
        {
            LogLineKind.Connect => new Explanation
            {
                Line = line,
                Format = format,
                Headline = $"A connection was accepted in mode {(line.Mode ?? "?").ToLowerInvariant()}. "
                    + "This format is written at accept and says nothing about the end.",
                Next = ["\"option tcplog\" or \"option httplog\" in the frontend: a line at the end, with timers, bytes and the reason"],
            },
            LogLineKind.Process => new Explanation
            {
                Line = line,
                Format = format,
                Headline = "A message about a server or a proxy, not about a session: there is no timer and no end to explain.",
                Next = ["the lines of sessions at the same second"],
            },
            LogLineKind.Error => FromPair(line, format, ConnectionErrors.Find(line.Message ?? ""), null),
            _ => Session(line, format),
        };
    }

    private Explanation Session(LogLine line, string format)
    {
        // One letter is half of a cut state.
        if (line.Termination is not { Length: >= 2 } state)
        {
            return new Explanation
            {
                Line = line,
                Format = format,
                Headline = line.Format is null
                    ? "The line was cut before the termination state: how it ended cannot be said."
                    : "The log-format has no termination state (%ts or %tsc): how it ended cannot be said.",
                Timers = TimerReader.Read(line),
                Notes = LineNotes.Of(line),
                Next = [line.Format is null
                    ? "\"len\" on the log line, and the limits of the collector: lines longer than that are cut"
                    : "add %tsc to the log-format"],
            };
        }
        char ending = state[0];
        char phase = state[1];
        string? letters = state.StartsWith("--", StringComparison.Ordinal)
            ? null
            : $"{ending}: {TerminationLetters.Events[ending]}; {phase}: {TerminationLetters.Phases[phase]}";
        return FromPair(line, format, TerminationTable.Find(state), letters);
    }

    private Explanation FromPair(LogLine line, string format, TerminationPair pair, string? letters)
    {
        ImmutableArray<TimerReading> timers = TimerReader.Read(line);
        return new Explanation
        {
            Line = line,
            Format = format,
            Headline = line.IsHttp || pair.TcpMeaning is null ? pair.Meaning : pair.TcpMeaning,
            Letters = letters,
            Timers = timers,
            WhereTimeWent = TimerReader.WhereTimeWent(line, timers),
            Notes = LineNotes.Of(line),
            Loss = LineNotes.LossOf(line),
            Causes = Rank(pair, line),
            Next = pair.Next,
            Configuration = configuration is null ? [] : ConfiguredTimers.Describe(configuration, line, pair),
        };
    }

    /// <summary>Evidence for a cause moves it up, missing evidence down; among equals the table's order stays.</summary>
    private static ImmutableArray<RankedCause> Rank(TerminationPair pair, LogLine line)
    {
        IEnumerable<RankedCause> causes =
            from cause in pair.Causes
            select new RankedCause(cause.Text, cause.Evidence?.Invoke(line));
        return [.. causes.OrderBy(static cause => cause.HasEvidence switch { true => 0, null => 1, _ => 2 })];
    }
}
