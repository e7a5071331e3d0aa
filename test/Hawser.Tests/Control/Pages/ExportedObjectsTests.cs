using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Hawser.Base.Random;
using Hawser.Control.Pages;
using Hawser.Control.Stats;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Building;
using Hawser.Proxy.Streams.Http;
using Hawser.Tests.Control.Stats;
using Hawser.Tests.Proxy.Building;
using Xunit;

namespace Hawser.Tests.Control.Pages;

/// <summary>The exporter reads a column at a time; "show stat" reads whole lines. Both tell the same.</summary>
public sealed class ExportedObjectsTests : IDisposable
{
    private const string Text = """
        global
          stats socket /tmp/never-bound level admin
        frontend web
          mode http
          description of "web"
          bind abns@hawser-export-a name first
          bind abns@hawser-export-b
          option socket-stats
          rate-limit sessions 7
          default_backend pages
        frontend raw
          mode tcp
          bind abns@hawser-export-c
          default_backend tunnels
        backend pages
          mode http
          fullconn 77
          server s1 127.0.0.1:1 maxconn 10 maxqueue 3 weight 9
          server s2 127.0.0.1:2 check backup pool-max-conn 4
          server s3 127.0.0.1:3 disabled
        backend tunnels
          mode tcp
          server t1 127.0.0.1:4 slowstart 5s
        listen empty
          mode http
          bind abns@hawser-export-d
        """;

    private readonly BuiltProxies _built = BuiltProxies.From(Text, loops: 2);

    private ProxySet Set => _built.Set!;

    public void Dispose() => _built.Dispose();

    [Fact]
    public void Every_metric_of_every_object_is_the_column_of_its_line()
    {
        Assert.True(_built.Bind());
        Set.Runtime.Start(control: null, controlDescriptor: -1);
        Count();
        foreach (bool hasDescriptions in (bool[])[false, true])
        {
            PrometheusQuery query = PrometheusQuery.Read("/?extra-counters" + (hasDescriptions ? "&desc-labels" : ""))!;
            foreach (StatObject kind in Enum.GetValues<StatObject>())
            {
                string[] alone = Exported(kind, query);
                Assert.NotEmpty(alone);
                Assert.Equal(FromLines(kind, query), alone);
            }
        }
    }

    [Fact]
    public void Servers_in_maintenance_are_left_out_where_that_is_asked_for()
    {
        ExportedObjects all = new(Set, StatObject.Server, PrometheusQuery.Read("/")!);
        ExportedObjects serving = new(Set, StatObject.Server, PrometheusQuery.Read("/?no-maint")!);
        Assert.False(all.Capture(1000) || serving.Capture(1000));
        Assert.Equal(4, all.Count);
        Assert.Equal(3, serving.Count);
    }

    /// <summary>Every counter of every object and loop has a value of its own.</summary>
    private void Count()
    {
        Prng random = new(1);
        IEnumerable<TrafficCounters[]> counters =
        [
            .. Set.Frontends.Select(static one => one.Counters), .. Set.Backends.Select(static one => one.Counters),
            .. Set.Backends.SelectMany(static one => one.Servers).Select(static one => one.Counters),
            .. Set.Listeners.Select(static one => one.Counters ?? []),
        ];
        foreach (TrafficCounters one in counters.SelectMany(static perLoop => perLoop))
        {
            foreach (FieldInfo field in typeof(TrafficCounters).GetFields().Where(static field => field.FieldType == typeof(long)))
                field.SetValue(one, (long)random.NextBelow(1_000_000));
            for (int digit = 0; digit < one.Responses.Length; digit++)
                one.Responses[digit] = (long)random.NextBelow(1_000_000);
            one.QueueTime.Add(random.NextBelow(5000));
            one.TotalTime.Add(random.NextBelow(5000));
        }
    }

    private string[] Exported(StatObject kind, PrometheusQuery query)
    {
        ServiceBuffer output = new();
        ExportedObjects objects = new(Set, kind, query);
        while (objects.Capture(2))
        {
        }

        foreach (MetricPass[] passes in PrometheusService.Passes(kind, query).Chunk(ExportedObjects.ColumnsAtOnce))
        {
            objects.Begin(passes);
            while (objects.Read(Set.Loops[0].Loop, 2))
            {
            }

            for (int column = 0; column < passes.Length; column++)
            {
                for (int at = 0; at < objects.Count; at++)
                {
                    if (objects.HasSample(at, column) && !passes[column].IsOfServers)
                        objects.Write(output, at, column);
                }
            }
        }

        return Lines(output);
    }

    private string[] FromLines(StatObject kind, PrometheusQuery query)
    {
        ServiceBuffer output = new();
        StatFilter filter = StatFilter.Everything with { Kinds = 1 << (int)kind };
        foreach (MetricPass pass in PrometheusService.Passes(kind, query).Where(static pass => !pass.IsOfServers))
        {
            foreach (StatLine line in new StatsSnapshot(Set, Set.Loops[0].Loop).Lines(filter))
            {
                if (pass.Metric.IsHttpOnly && line[StatField.Mode].Text != "http")
                    continue;
                string proxy = line[StatField.ProxyName].Text!;
                string? description = query.HasDescriptions && kind is StatObject.Frontend or StatObject.Backend
                    ? Set.Model.Proxies.Single(one => one.Name == proxy).Description
                    : null;
                byte[] labels = System.Text.Encoding.UTF8.GetBytes(MetricWriter.Labels(kind, proxy, line[StatField.ServerName].Text!, description));
                pass.Writer.WriteSamples(output, labels, pass.Writer.ValueOf(line, pass.Pass), pass.Pass);
            }
        }

        return Lines(output);
    }

    private static string[] Lines(ServiceBuffer output)
    {
        string text = System.Text.Encoding.UTF8.GetString(output.Written);
        Assert.NotEmpty(PrometheusText.Parse(text).Samples);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
