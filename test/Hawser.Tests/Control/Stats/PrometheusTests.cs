using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Hawser.Control.Stats;
using Xunit;

namespace Hawser.Tests.Control.Stats;

/// <summary>The exporter's metrics beside those that HAProxy 3.5's exporter printed.</summary>
public sealed class PrometheusTests
{
    private readonly ArrayBufferWriter<byte> _output = new();

    private string Written => Encoding.UTF8.GetString(_output.WrittenSpan);

    [Fact]
    public void Every_metric_of_HAProxy_has_its_name_type_and_labels_and_ours_come_after_each_kind()
    {
        WriteAll();
        PrometheusText parsed = PrometheusText.Parse(Written);
        string[] ours =
        [
            .. parsed.Samples.Select(static sample => sample.Name).Distinct()
                .Where(static name => !name.Contains("_lost_", StringComparison.Ordinal) && !name.Contains("_lossy_", StringComparison.Ordinal))
                .Select(name => Described(parsed, name)),
        ];
        string[] theirs =
        [
            .. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Control/Stats/Recorded/prometheus-names.tsv"))
                .Where(static line => !line.StartsWith('#')),
        ];
        Assert.Equal(theirs.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Loss_is_the_last_metric_of_each_kind()
    {
        foreach (StatObject kind in Enum.GetValues<StatObject>())
        {
            Assert.Equal(
                ["req_bytes_lost_total", "res_bytes_lost_total", "lossy_sessions_total"],
                PrometheusMetrics.Of(kind).TakeLast(3).Select(static metric => metric.Name));
        }
    }

    [Fact]
    public void A_column_without_a_value_is_NaN_where_HAProxy_says_so_and_no_sample_elsewhere()
    {
        StatLine line = Line(StatObject.Server, isFull: false);
        foreach (Metric metric in PrometheusMetrics.Of(StatObject.Server)) Write(metric, line);
        PrometheusText parsed = PrometheusText.Parse(Written);
        Assert.Equal(
            ["haproxy_server_limit_sessions", "haproxy_server_check_failures_total", "haproxy_server_check_up_down_total",
                "haproxy_server_downtime_seconds_total", "haproxy_server_queue_limit", "haproxy_server_current_throttle",
                "haproxy_server_idle_connections_limit"],
            parsed.Samples.Where(static sample => double.IsNaN(sample.Value)).Select(static sample => sample.Name));
        Assert.DoesNotContain(parsed.Samples, static sample => sample.Name.StartsWith("haproxy_server_check_code", StringComparison.Ordinal));
    }

    [Fact]
    public void Servers_are_counted_by_their_state_and_by_their_last_check()
    {
        Metric byState = PrometheusMetrics.Of(StatObject.Backend).Single(static metric => metric.Name == "agg_server_status");
        Metric byCheck = PrometheusMetrics.Of(StatObject.Backend).Single(static metric => metric.Name == "agg_check_status");
        Write(byState, MetricWriter.StateOf, "UP", "UP 1/3", "no check", "DOWN 1/2", "MAINT (via b/s)", "DRAIN");
        Write(byCheck, MetricWriter.CheckOf, "L4OK", "* L4OK", "L4CON");
        PrometheusText parsed = PrometheusText.Parse(Written);
        Assert.Equal(3, Of("UP"));
        Assert.Equal(1, Of("DOWN"));
        Assert.Equal(1, Of("MAINT"));
        Assert.Equal(1, Of("DRAIN"));
        Assert.Equal(2, Of("L4OK"));
        Assert.Equal(1, Of("L4CON"));

        void Write(Metric metric, Func<string?, int> placeOf, params string[] states)
        {
            MetricWriter writer = new(StatObject.Backend, metric);
            int[] counts = new int[writer.States];
            foreach (string state in states) counts[placeOf(state)]++;
            writer.WriteServers(_output, "proxy=\"p\""u8, counts);
        }

        double Of(string state) => parsed.Samples.Single(sample => sample.Labels.Any(label => label.Key == "state" && label.Value == state)).Value;
    }

    [Theory]
    [InlineData("a 1")]
    [InlineData("a{b=\"c} 1\n")]
    [InlineData("a{b=\"\\x\"} 1\n")]
    [InlineData("a 1\nb 1\na{c=\"d\"} 1\n")]
    [InlineData("a 1\na 1\n")]
    [InlineData("# TYPE a counter\n# TYPE a gauge\n")]
    [InlineData("1a 1\n")]
    [InlineData("a x\n")]
    public void The_reader_of_this_test_refuses_what_the_format_forbids(string text) =>
        Assert.Throws<FormatException>(() => PrometheusText.Parse(text));

    private static string Described(PrometheusText parsed, string name)
    {
        List<PrometheusSample> samples = [.. parsed.Samples.Where(sample => sample.Name == name)];
        IEnumerable<string> values = samples.SelectMany(static sample => sample.Labels)
            .Where(static label => label.Key is "state" or "code" or "mod").Select(static label => label.Value).Distinct();
        return $"{name}\t{parsed.Types[name]}\t{string.Join(',', samples[0].Labels.Select(static label => label.Key))}\t{string.Join(',', values)}";
    }

    private void WriteAll()
    {
        StatValue[] process = new StatValue[InfoFields.List.Length];
        for (int i = 0; i < process.Length; i++) process[i] = InfoFields.List[i].Type == StatType.Text ? "text" : 1;
        foreach (Metric metric in PrometheusMetrics.Process) PrometheusStats.WriteProcess(_output, metric, process);
        foreach (StatObject kind in Enum.GetValues<StatObject>())
        {
            foreach (Metric metric in PrometheusMetrics.Of(kind).Concat(PrometheusMetrics.OfModules(kind)))
            {
                PrometheusStats.WriteHead(_output, kind, metric);
                StatLine line = Line(kind, isFull: true);
                MetricWriter writer = new(kind, metric);
                if (metric.Shape is MetricShape.ServersByState or MetricShape.ServersByCheck)
                    writer.WriteServers(_output, Labels(line), new int[writer.States]);
                else Write(metric, line);
            }
        }
    }

    private void Write(Metric metric, StatLine line)
    {
        MetricWriter writer = new(line.Kind, metric);
        for (int pass = 0; pass < MetricWriter.Passes(metric); pass++)
            writer.WriteSamples(_output, Labels(line), writer.ValueOf(line, pass), pass);
    }

    private static byte[] Labels(StatLine line) =>
        Encoding.UTF8.GetBytes(MetricWriter.Labels(line.Kind, line[StatField.ProxyName].Text!, line[StatField.ServerName].Text!, null));

    private static StatLine Line(StatObject kind, bool isFull)
    {
        StatLine line = new(kind, proxyId: 3, objectId: 1);
        for (int i = 0; isFull && i < line.Values.Length; i++) line.Values[i] = StatFields.List[i].Type == StatType.Text ? "text" : 1;
        line[StatField.ProxyName] = "p";
        line[StatField.ServerName] = "s";
        line[StatField.Mode] = "http";
        line[StatField.Status] = kind == StatObject.Listener ? "OPEN" : "UP";
        return line;
    }
}
