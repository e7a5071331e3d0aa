using System;
using System.Buffers;
using System.Globalization;

namespace Hawser.Control.Stats;

/// <summary>
/// The text format of Prometheus. Samples of one metric have to stand together, so the caller writes a metric's head and
/// then a line for each object, metric by metric.
/// </summary>
public static class PrometheusStats
{
    private static readonly string[] s_frontStates = ["DOWN", "UP"];
    private static readonly string[] s_serverStates = ["DOWN", "UP", "MAINT", "DRAIN", "NOLB"];
    private static readonly string[] s_listenerStates = ["WAITING", "OPEN", "FULL"];
    private static readonly string[] s_classes = ["1xx", "2xx", "3xx", "4xx", "5xx", "other"];

    public static void WriteHead(IBufferWriter<byte> output, StatObject kind, Metric metric) =>
        WriteHead(output, Prefix(kind), metric, StatFields.List[metric.Field].Text);

    /// <summary>The samples of one object; none when the column has no meaning for it.</summary>
    public static void WriteSamples(IBufferWriter<byte> output, Metric metric, StatLine line)
    {
        StatValue value = line.Values[metric.Field];
        if (!value.IsSet)
            return;
        string name = Prefix(line.Kind) + metric.Name;
        switch (metric.Shape)
        {
            case MetricShape.State:
                WriteStates(output, name, line, value.Text!);
                break;
            case MetricShape.Responses:
                for (int i = 0; i < s_classes.Length; i++)
                    WriteSample(output, name, line, "code", s_classes[i], line.Values[metric.Field + i], MetricShape.Number);
                break;
            default:
                WriteSample(output, name, line, "", "", value, metric.Shape);
                break;
        }
    }

    /// <summary>All of the process.</summary>
    public static void WriteProcess(IBufferWriter<byte> output, StatValue[] values)
    {
        const string ProcessPrefix = "haproxy_process_";
        foreach (Metric metric in PrometheusMetrics.Process)
        {
            StatValue value = values[metric.Field];
            if (!value.IsSet)
                continue;
            WriteHead(output, ProcessPrefix, metric, InfoFields.List[metric.Field].Text);
            output.Write(ProcessPrefix);
            output.Write(metric.Name);
            if (metric.Shape == MetricShape.Label)
            {
                output.Write('{');
                WriteLabel(output, metric.Name == "node" ? "node" : "version", value.Text ?? "");
                output.Write("} 1\n");
                continue;
            }

            output.Write(' ');
            output.Write(value);
            output.Write('\n');
        }
    }

    private static void WriteHead(IBufferWriter<byte> output, string prefix, Metric metric, string text)
    {
        string name = prefix + metric.Name;
        output.Write($"# HELP {name} {text}\n# TYPE {name} {(metric.IsCounter ? "counter" : "gauge")}\n");
    }

    private static void WriteStates(IBufferWriter<byte> output, string name, StatLine line, string status)
    {
        string holds = line.Kind == StatObject.Listener ? status : StateOf(status);
        string[] states = line.Kind switch
        {
            StatObject.Server => s_serverStates,
            StatObject.Listener => s_listenerStates,
            _ => s_frontStates,
        };
        foreach (string state in states)
            WriteSample(output, name, line, "state", state, state == holds ? 1 : 0, MetricShape.Number);
    }

    /// <summary>"UP 1/3", "no check", "MAINT (via b/s)": without the details.</summary>
    private static string StateOf(string status)
    {
        string word = status.Split(' ')[0];
        return word is "DOWN" or "UP" or "MAINT" or "DRAIN" or "NOLB" ? word : word is "STOP" or "PAUSED" ? "DOWN" : "UP";
    }

    private static void WriteSample(
        IBufferWriter<byte> output, string name, StatLine line, string label, string labelValue, in StatValue value, MetricShape shape)
    {
        output.Write(name);
        output.Write('{');
        WriteLabel(output, "proxy", line[StatField.ProxyName].Text ?? "");
        if (line.Kind is StatObject.Server or StatObject.Listener)
        {
            output.Write(',');
            WriteLabel(output, line.Kind == StatObject.Server ? "server" : "listener", line[StatField.ServerName].Text ?? "");
        }

        if (label.Length > 0)
        {
            output.Write(',');
            WriteLabel(output, label, labelValue);
        }

        output.Write("} ");
        if (shape == MetricShape.Seconds)
            output.Write((value.Number / 1000.0).ToString("F6", CultureInfo.InvariantCulture));
        else
            output.Write(value);
        output.Write('\n');
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
