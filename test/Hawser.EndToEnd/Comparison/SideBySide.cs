using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Hawser.EndToEnd.Scenarios;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Comparison;

/// <summary>Plays a scenario against the oracle and against hawser at the same time and compares the reports.</summary>
public static class SideBySide
{
    /// <summary>
    /// Two processes in real time on a loaded machine differ now and then by chance; a difference in what they do shows
    /// every time. Each attempt stands in the test's output; only the first plays both at once.
    /// </summary>
    private const int Attempts = 3;

    private static readonly Lock TraceGate = new();

    public static TheoryData<string> Names(IEnumerable<Scenario> rows)
    {
        TheoryData<string> names = [];
        foreach (Scenario row in rows)
            names.Add(row.Name);
        return names;
    }

    public static async Task Run(IEnumerable<Scenario> rows, string name, ITestOutputHelper output)
    {
        Scenario scenario = rows.Single(r => r.Name == name);
        if (Skipped.Because(name, ("haproxy", Binaries.Haproxy), ("hawser", Binaries.Hawser)))
            return;
        for (int attempt = 1; ; attempt++)
        {
            Task<Report> oracle = Play(scenario, Binaries.Haproxy!);
            if (attempt > 1)
                await oracle;
            Report[] reports = await Task.WhenAll(oracle, Play(scenario, Binaries.Hawser!));
            string text = $"# {name}\n## {Binaries.Haproxy}\n{reports[0].Readable}## {Binaries.Hawser}\n{reports[1].Readable}";
            output.WriteLine(text);
            Keep(scenario, text, reports);
            string expected = Expected(scenario, reports[0]);
            if (attempt == Attempts || (expected == reports[1].Comparable && reports[1].Failure is null))
            {
                Assert.Equal(expected, reports[1].Comparable);
                // The same wait in vain with both would compare equal and show nothing.
                Assert.Null(reports[1].Failure);
                return;
            }
        }
    }

    private static string Expected(Scenario scenario, Report oracle) =>
        scenario.Divergence?.FromOracle(oracle.Comparable) ?? oracle.Comparable;

    private static async Task<Report> Play(Scenario scenario, string binary)
    {
        using Stage stage = new();
        string? failure = null;
        try
        {
            await stage.Start(binary, scenario.Prelude + scenario.Configuration + "\n");
            await scenario.Play(stage);
            int extra = binary == Binaries.Hawser ? scenario.Divergence?.ExtraLogLines ?? 0 : 0;
            await stage.Log.WaitFor(scenario.LogLines + extra);
            // The log line leaves before or after the last FIN or RST.
            await stage.Settle();
        }
        catch (PatienceException e)
        {
            failure = e.Message;
        }

        return Report.Of(scenario, stage, failure);
    }

    /// <summary>With HAWSER_TRACE set to a file name, everything observed is appended there.</summary>
    private static void Keep(Scenario scenario, string text, Report[] reports)
    {
        if (Environment.GetEnvironmentVariable("HAWSER_TRACE") is not { Length: > 0 } file)
            return;
        string verdict = Expected(scenario, reports[0]) == reports[1].Comparable
            ? "same\n" + reports[0].Comparable
            : $"DIFFERENT\n--- {Binaries.Haproxy}\n{reports[0].Comparable}--- {Binaries.Hawser}\n{reports[1].Comparable}";
        lock (TraceGate)
            File.AppendAllText(file, $"{text}## configuration\n{scenario.Configuration}\n## {verdict}\n");
    }
}
