using System;
using System.Collections.Generic;
using Hawser.Compare.Proxies;
using Hawser.Compare.Reporting;
using Hawser.Compare.Scenarios;

namespace Hawser.Compare;

internal static class Program
{
    private const string MemoryWord = "memory";
    private const string AllocationWord = "allocation";

    private static int Main(string[] arguments)
    {
        CompareOptions options = CompareOptions.Parse(arguments);
        string load = Machine.LoadAverage();
        ProxyProgram hawser = ProxyProgram.Hawser(options.Hawser);
        List<ProxyProgram> rivals = [];
        foreach (string path in options.Haproxies) rivals.Add(ProxyProgram.Haproxy(path));
        List<ProxyProgram> httpRivals = [.. rivals, ProxyProgram.Nginx("nginx")];
        if (options.Yarp is { } yarp) httpRivals.Add(ProxyProgram.Yarp(yarp));

        List<ResultRow> rows = [];
        bool isComplete = true;
        foreach (LoadScenario scenario in LoadScenario.Rows)
        {
            if (IsWanted(scenario.Name))
                Add(scenario.Name, () => PairedRun.Run(scenario, hawser, rivals, options.Pairs, options.Sample));
        }

        foreach (HttpScenario scenario in HttpScenario.Rows)
        {
            if (IsWanted(scenario.Name))
                Add(scenario.Name, () => HttpRun.Run(scenario, hawser, httpRivals, options.Pairs, options.Sample));
        }

        if (IsWanted(MemoryWord)) Add(MemoryWord, () => MemoryRun.Run(hawser, rivals, options.Pairs));
        if (IsWanted(AllocationWord)) Add(AllocationWord, () => [AllocationRun.Sessions(options.Sample), AllocationRun.Requests(options.Sample)]);
        foreach (GrowthCurve curve in GrowthCurve.All)
        {
            if (options.HasCurves && IsWanted(curve.Name))
                Add(curve.Name, () => GrowthRun.Run(curve, hawser, rivals, options));
        }


        string table = ResultTable.Text(rows);
        Console.Write($"\n{table}\n");
        // A part of a run must not take the place of a whole one.
        if (isComplete && options.Only is null && !options.IsQuick)
            Console.WriteLine(ResultFile.Write(options.Results, options, [hawser, .. httpRivals], load, table));
        return isComplete ? 0 : 1;

        bool IsWanted(string name) => options.Only is null || name.Contains(options.Only, StringComparison.Ordinal);

        void Add(string name, Func<List<ResultRow>> run)
        {
            Console.Error.WriteLine(name);
            try
            {
                rows.AddRange(run());
            }
            catch (InvalidOperationException error)
            {
                Console.Error.WriteLine($"  FAILED: {error.Message}");
                isComplete = false;
            }
        }
    }
}
