using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Compare.Load;
using Hawser.Compare.Measurement;
using Hawser.Compare.Proxies;
using Hawser.Compare.Reporting;

namespace Hawser.Compare.Scenarios;

/// <summary>Runs one load row: all proxies stay up, and the load goes to one after the other, round by round.</summary>
internal static class PairedRun
{
    public static List<ResultRow> Run(
        LoadScenario scenario, ProxyProgram hawser, IReadOnlyList<ProxyProgram> rivals, int pairs, TimeSpan length)
    {
        using LogSink log = new();
        using Origin origin = Origin.Serve(scenario.Exchange, scenario.Connections * 2);
        ProxyProgram[] programs = [hawser, .. rivals];
        List<RunningProxy> proxies = [];
        List<Sample>[] samples = [.. programs.Select(_ => new List<Sample>())];
        try
        {
            foreach (ProxyProgram program in programs)
            {
                proxies.Add(RunningProxy.Start(program, bind => Configuration.Text(
                    bind,
                    origin.Address,
                    program.IsHawser ? scenario.HawserGlobal : "",
                    program.IsHawser ? "" : scenario.HaproxyProxy,
                    scenario.Logs ? log.Address : null)));
            }

            // The first round warms everything up and is not counted.
            for (int round = 0; round <= pairs; round++)
            {
                for (int i = 0; i < programs.Length; i++)
                {
                    Sample sample = Sample.Take(proxies[i], scenario.Exchange, scenario.Connections, length);
                    if (round > 0) samples[i].Add(sample);
                }
            }
        }
        finally
        {
            foreach (RunningProxy proxy in proxies) proxy.Dispose();
        }

        return [.. rivals.Select((rival, index) => Row(scenario, rival, samples[0], samples[index + 1]))];
    }

    private static ResultRow Row(LoadScenario scenario, ProxyProgram rival, List<Sample> ours, List<Sample> theirs)
    {
        double[] ratios =
            [.. ours.Zip(theirs, static (our, their) => our.MicrosecondsPerUnit / their.MicrosecondsPerUnit)];
        return new ResultRow(
            scenario.Name, rival.Name, Text(ours), Text(theirs), Median.Of(ratios), ratios.Min(), ratios.Max(),
            scenario.Goal);
    }

    private static string Text(List<Sample> samples)
    {
        double total = Median.Of(samples.Select(static sample => sample.MicrosecondsPerUnit));
        double user = total * Median.Of(samples.Select(static sample => sample.UserShare));
        double rate = Median.Of(samples.Select(static sample => sample.UnitsPerSecond));
        return FormattableString.Invariant($"{total:F1} µs ({user:F1} + {total - user:F1}), {rate:F0}/s");
    }
}
