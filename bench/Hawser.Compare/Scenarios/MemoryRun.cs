using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Compare.Load;
using Hawser.Compare.Measurement;
using Hawser.Compare.Proxies;
using Hawser.Compare.Reporting;

namespace Hawser.Compare.Scenarios;

/// <summary>The memory rows: at start, and per idle connection.</summary>
internal static class MemoryRun
{
    private const double Megabyte = 1 << 20;
    private const double StartGoalBytes = 25 * Megabyte;
    private static readonly Exchange s_exchange = new(Exchange.SmallAnswerBytes, ClosesAfterAnswer: false);

    private static readonly Exchange s_request = Exchange.Http();

    private readonly record struct Footprint(double StartBytes, double TcpBytes, double HttpBytes);

    public static List<ResultRow> Run(ProxyProgram hawser, IReadOnlyList<ProxyProgram> rivals, int pairs)
    {
        List<Footprint> ours = Measure(hawser, pairs);
        List<ResultRow> rows = [];
        foreach (ProxyProgram rival in rivals)
        {
            List<Footprint> theirs = Measure(rival, pairs);
            double start = Median.Of(theirs.Select(static footprint => footprint.StartBytes));
            rows.Add(Row(
                "resident at start, 1 thread", rival, ours, theirs, static footprint => footprint.StartBytes / Megabyte,
                "MiB", StartGoalBytes / start));
            rows.Add(Row(
                $"tcp idle connection ({ResidentMemory.IdleConnections} open)", rival, ours, theirs,
                static footprint => footprint.TcpBytes / 1024, "KiB", 1.0));
            rows.Add(Row(
                $"http idle connection ({ResidentMemory.IdleConnections} open)", rival, ours, theirs,
                static footprint => footprint.HttpBytes / 1024, "KiB", 1.0));
        }

        return rows;
    }

    private static List<Footprint> Measure(ProxyProgram program, int rounds)
    {
        List<Footprint> footprints = [];
        for (int round = 0; round < rounds; round++)
        {
            using Origin origin = Origin.Hold(s_exchange);
            using RunningProxy proxy = RunningProxy.Start(program, bind => Configuration.Text(bind, origin.Address));
            double start = ResidentMemory.Bytes(proxy.ProcessId);
            double tcp = ResidentMemory.BytesPerIdleConnection(proxy, s_exchange);
            proxy.EnsureAlive();

            using Origin server = Origin.Serve(s_request, 4);
            using RunningProxy http = RunningProxy.Start(
                program, bind => HttpConfiguration.Text(program.Kind, bind, server.Address, ["http-reuse always"]));
            footprints.Add(new Footprint(start, tcp, ResidentMemory.BytesPerIdleConnection(http, s_request)));
            http.EnsureAlive();
        }

        return footprints;
    }

    private static ResultRow Row(
        string name, ProxyProgram rival, List<Footprint> ours, List<Footprint> theirs, Func<Footprint, double> value,
        string unit, double goal)
    {
        double[] ratios = [.. ours.Zip(theirs, (our, their) => value(our) / value(their))];
        return new ResultRow(
            name, rival.Name, Text(ours), Text(theirs), Median.Of(ratios), ratios.Min(), ratios.Max(), goal);

        string Text(List<Footprint> footprints) =>
            FormattableString.Invariant($"{Median.Of(footprints.Select(value)):F2} {unit}");
    }
}
