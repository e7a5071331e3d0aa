using System;
using System.Buffers;

namespace Hawser.Control.Stats;

/// <summary>
/// The text format of Prometheus. Samples of one metric have to stand together, so the caller writes a metric's head and
/// then, with a <see cref="MetricWriter"/>, those of each object, metric by metric.
/// </summary>
public static class PrometheusStats
{
    private const string ProcessPrefix = "haproxy_process_";

    public static string NameOf(StatObject kind, Metric metric) => Prefix(kind) + metric.Name;

    public static void WriteHead(IBufferWriter<byte> output, StatObject kind, Metric metric) =>
        WriteHead(output, Prefix(kind), metric, StatFields.List[metric.Field].Text);

    public static string NameOf(Metric metric) => ProcessPrefix + metric.Name;

    /// <summary>A metric of the process; nothing when it has no value.</summary>
    public static void WriteProcess(IBufferWriter<byte> output, Metric metric, StatValue[] values)
    {
        StatValue value = values[metric.Field];
        if (!value.IsSet)
            return;
        WriteHead(output, ProcessPrefix, metric, InfoFields.List[metric.Field].Text);
        output.Write(ProcessPrefix);
        output.Write(metric.Name);
        if (metric.Shape == MetricShape.Label)
        {
            output.Write('{');
            WriteLabel(output, metric.Name switch { "node" => "node", "description" => "desc", _ => "version" }, value.Text ?? "");
            output.Write("} 1\n");
            return;
        }

        output.Write(' ');
        output.Write(value);
        output.Write('\n');
    }

    private static void WriteHead(IBufferWriter<byte> output, string prefix, Metric metric, string text)
    {
        string name = prefix + metric.Name;
        output.Write($"# HELP {name} {text}\n# TYPE {name} {(metric.IsCounter ? "counter" : "gauge")}\n");
    }

    /// <summary>A backslash, a quote and a line feed are escaped.</summary>
    private static void WriteLabel(IBufferWriter<byte> output, string name, string value)
    {
        output.Write(name);
        output.Write("=\"");
        output.Write(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal));
        output.Write('"');
    }

    private static string Prefix(StatObject kind) => kind switch
    {
        StatObject.Frontend => "haproxy_frontend_",
        StatObject.Backend => "haproxy_backend_",
        StatObject.Listener => "haproxy_listener_",
        _ => "haproxy_server_",
    };
}
