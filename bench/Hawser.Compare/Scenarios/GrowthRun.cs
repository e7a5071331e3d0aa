using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Hawser.Compare.Load;
using Hawser.Compare.Measurement;
using Hawser.Compare.Proxies;
using Hawser.Compare.Reporting;

namespace Hawser.Compare.Scenarios;

/// <summary>How the CPU of a request grows with one quantity, beside HAProxy's, in a table and a plot.</summary>
internal static class GrowthRun
{
    public static List<ResultRow> Run(
        GrowthCurve curve, ProxyProgram hawser, IReadOnlyList<ProxyProgram> rivals, CompareOptions options)
    {
        ProxyProgram[] programs = [hawser, .. rivals];
        double[][] medians = [.. programs.Select(_ => new double[curve.Points.Length])];
        List<ResultRow> rows = [];
        string directory = Directory.CreateTempSubdirectory("hawser-curve").FullName;
        try
        {
            for (int point = 0; point < curve.Points.Length; point++)
            {
                List<double>[] costs = Measure(curve, curve.Points[point], programs, directory, options);
                for (int i = 0; i < programs.Length; i++) medians[i][point] = Median.Of(costs[i]);
                for (int i = 1; i < programs.Length; i++)
                {
                    double[] ratios = [.. costs[0].Zip(costs[i], static (our, their) => our / their)];
                    rows.Add(new ResultRow(
                        $"{curve.Name}, {curve.Points[point]}", programs[i].Name, Text(medians[0][point]), Text(medians[i][point]),
                        Median.Of(ratios), ratios.Min(), ratios.Max(), null));
                }
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        Plot.Write(options.Results, curve, [.. programs.Select(static program => program.Name)], medians);
        return rows;
    }

    private static List<double>[] Measure(
        GrowthCurve curve, int value, ProxyProgram[] programs, string directory, CompareOptions options)
    {
        (IEnumerable<string> lines, string behind) = curve.At(value, directory);
        int threads = curve.ThreadsAt(value);
        using NginxOrigin origin = new();
        List<RunningProxy> proxies = [];
        List<double>[] costs = [.. programs.Select(_ => new List<double>())];
        try
        {
            foreach (ProxyProgram program in programs)
            {
                proxies.Add(RunningProxy.Start(program, bind =>
                    HttpConfiguration.Text(program.Kind, bind, origin.Address, lines, threads: threads) + behind, threads));
            }

            for (int round = 0; round <= options.Pairs; round++)
            {
                for (int i = 0; i < programs.Length; i++)
                {
                    HttpSample sample = HttpSample.Take(proxies[i], curve.RequestPath, curve.ConnectionsAt(value), options.Sample);
                    if (round > 0) costs[i].Add(sample.MicrosecondsPerRequest);
                }
            }
        }
        finally
        {
            foreach (RunningProxy proxy in proxies) proxy.Dispose();
        }

        return costs;
    }

    private static string Text(double microseconds) => FormattableString.Invariant($"{microseconds:F1} µs");
}
