using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Compare.Load;
using Hawser.Compare.Measurement;
using Hawser.Compare.Proxies;
using Hawser.Compare.Reporting;

namespace Hawser.Compare.Scenarios;

/// <summary>Runs one row of mode http: all proxies stay up, and the load goes to one after the other, round by round.</summary>
internal static class HttpRun
{
    private static readonly TimeSpan s_counting = TimeSpan.FromSeconds(1);

    public static List<ResultRow> Run(
        HttpScenario scenario, ProxyProgram hawser, IReadOnlyList<ProxyProgram> rivals, int pairs, TimeSpan length)
    {
        using LogSink log = new();
        using NginxOrigin origin = new();
        ProxyProgram[] programs = [hawser, .. rivals.Where(rival => rival.TakesHaproxyFiles || scenario.ShowsOthers)];
        List<RunningProxy> proxies = [];
        List<HttpSample>[] samples = [.. programs.Select(_ => new List<HttpSample>())];
        double[] calls = new double[programs.Length];
        try
        {
            foreach (ProxyProgram program in programs)
            {
                proxies.Add(RunningProxy.Start(program, bind => HttpConfiguration.Text(
                    program.Kind, bind, origin.Address, scenario.Proxy, scenario.Logs ? log.Address : null)));
            }

            // The first round warms everything up and is not counted.
            for (int round = 0; round <= pairs; round++)
            {
                for (int i = 0; i < programs.Length; i++)
                {
                    HttpSample sample = HttpSample.Take(proxies[i], scenario.Path, scenario.Connections, length, scenario.PerSecond);
                    if (round > 0) samples[i].Add(sample);
                }
            }

            for (int i = 0; i < programs.Length; i++)
                calls[i] = SystemCalls.PerRequest(proxies[i], scenario.Path, scenario.Connections, s_counting);
        }
        finally
        {
            foreach (RunningProxy proxy in proxies) proxy.Dispose();
        }

        List<ResultRow> rows = [];
        for (int i = 1; i < programs.Length; i++)
        {
            double[] ratios =
            [
                .. samples[0].Zip(samples[i], static (our, their) => our.MicrosecondsPerRequest / their.MicrosecondsPerRequest),
            ];
            rows.Add(new ResultRow(
                scenario.Name, programs[i].Name, Text(samples[0], calls[0]), Text(samples[i], calls[i]), Median.Of(ratios),
                ratios.Min(), ratios.Max(), programs[i].TakesHaproxyFiles ? scenario.Goal : null));
        }

        return rows;
    }

    private static string Text(List<HttpSample> samples, double calls)
    {
        double total = Median.Of(samples.Select(static sample => sample.MicrosecondsPerRequest));
        double user = total * Median.Of(samples.Select(static sample => sample.UserShare));
        double rate = Median.Of(samples.Select(static sample => sample.Load.Requests / sample.Load.Seconds));
        double busy = Median.Of(samples.Select(static sample => sample.Busy));
        double p50 = Median.Of(samples.Select(static sample => sample.Load.P50));
        double p99 = Median.Of(samples.Select(static sample => sample.Load.P99));
        return FormattableString.Invariant(
            $"{total:F1} µs ({user:F1} + {total - user:F1}), {rate:F0}/s with {busy:P0} of a core, p50 {p50:F2} ms, p99 {p99:F1} ms, {calls:F1} calls");
    }
}
