using System;
using System.Buffers;
using System.Linq;
using System.Text;
using System.Text.Json;
using Hawser.Control.Stats;
using Xunit;

namespace Hawser.Tests.Control.Stats;

public class PrinterTests
{
    private readonly ArrayBufferWriter<byte> _output = new();

    private string Written => Encoding.UTF8.GetString(_output.WrittenSpan);

    [Fact]
    public void A_line_of_csv_has_as_many_cells_as_the_head()
    {
        CsvStats.WriteHead(_output);
        CsvStats.WriteLine(_output, Server());
        string[] lines = Written.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines[0].Split(',').Length, lines[1].Split(',').Length);
        Assert.StartsWith("# pxname,svname,qcur,", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("h1_spliced_bytes_in,h1_spliced_bytes_out,req_bytes_lost,res_bytes_lost,req_bytes_unconfirmed,res_bytes_unconfirmed,lossy_sessions,", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_with_a_comma_or_a_quote_is_quoted_in_csv()
    {
        StatLine line = Server();
        line[StatField.LastCheck] = "a, \"b\"";
        CsvStats.WriteLine(_output, line);
        Assert.Contains(",\"a, \"\"b\"\"\",", Written, StringComparison.Ordinal);
    }

    [Fact]
    public void A_typed_line_tells_place_tags_and_type()
    {
        TypedStats.WriteLine(_output, Server(), isDescribed: false);
        Assert.Contains("S.3.1.0.pxname.1:KNSV:str:be\n", Written, StringComparison.Ordinal);
        Assert.Contains("S.3.1.4.scur.1:MGPV:u32:7\n", Written, StringComparison.Ordinal);
        Assert.DoesNotContain("qcur", Written, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_json_whatever_the_text()
    {
        StatLine line = Server();
        line[StatField.LastCheck] = "quote \" backslash \\ tab \t lone \uDC80";
        JsonStats.WriteLine(_output, line);
        JsonElement first = JsonDocument.Parse(_output.WrittenMemory).RootElement[0];
        Assert.Equal("Server", first.GetProperty("objType").GetString());
        Assert.Equal("pxname", first.GetProperty("field").GetProperty("name").GetString());
        Assert.Equal("Key", first.GetProperty("tags").GetProperty("origin").GetString());
    }

    [Fact]
    public void Prometheus_gets_states_seconds_and_labels()
    {
        StatLine line = Server();
        foreach (Metric metric in PrometheusMetrics.Of(StatObject.Server))
        {
            PrometheusStats.WriteHead(_output, StatObject.Server, metric);
            MetricWriter writer = new(StatObject.Server, metric);
            byte[] labels = Encoding.UTF8.GetBytes(MetricWriter.Labels(StatObject.Server, "b\"e\\", "s1", null));
            writer.WriteSamples(_output, labels, writer.ValueOf(line, 0), 0);
        }

        Assert.Contains("# TYPE haproxy_server_status gauge\nhaproxy_server_status{proxy=\"b\\\"e\\\\\",server=\"s1\",state=\"DOWN\"} 0\n"
            + "haproxy_server_status{proxy=\"b\\\"e\\\\\",server=\"s1\",state=\"UP\"} 1\n", Written, StringComparison.Ordinal);
        Assert.Contains("haproxy_server_connect_time_average_seconds{proxy=\"b\\\"e\\\\\",server=\"s1\"} 1.500000\n", Written, StringComparison.Ordinal);
        Assert.Contains("haproxy_server_current_sessions{proxy=\"b\\\"e\\\\\",server=\"s1\"} 7\n", Written, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_metric_of_a_kind_has_a_name_of_its_own()
    {
        foreach (StatObject kind in Enum.GetValues<StatObject>())
        {
            string[] names = [.. PrometheusMetrics.Of(kind).Select(static metric => metric.Name)];
            Assert.Equal(names.Length, names.Distinct().Count());
        }
    }

    private static StatLine Server()
    {
        StatLine line = new(StatObject.Server, proxyId: 3, objectId: 1);
        line[StatField.ProxyName] = "be";
        line[StatField.ServerName] = "s1";
        line[StatField.SessionsNow] = 7;
        line[StatField.Status] = "UP 1/3";
        line[StatField.ConnectTime] = 1500;
        return line;
    }
}
