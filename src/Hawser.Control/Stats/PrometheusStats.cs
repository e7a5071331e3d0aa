using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;

namespace Hawser.Control.Stats;

/// <summary>
/// The text format of Prometheus. Samples of one metric have to stand together, so the caller writes a metric's head and
/// then a line for each object, metric by metric.
/// </summary>
public static class PrometheusStats
{
    private const string ProcessPrefix = "haproxy_process_";

    private static readonly string[] s_frontStates = ["DOWN", "UP"];
    private static readonly string[] s_serverStates = ["DOWN", "UP", "MAINT", "DRAIN", "NOLB"];
    private static readonly string[] s_listenerStates = ["WAITING", "OPEN", "FULL"];
    private static readonly string[] s_classes = ["1xx", "2xx", "3xx", "4xx", "5xx", "other"];

    /// <summary>In the order of HAProxy's exporter; what a check can end with.</summary>
    private static readonly string[] s_checks =
    [
        "HANA", "SOCKERR", "L4OK", "L4TOUT", "L4CON", "L6OK", "L6TOUT", "L6RSP", "L7TOUT", "L7RSP", "L7OK", "L7OKC", "L7STS",
        "PROCERR", "PROCTOUT", "PROCOK",
    ];

    /// <summary>How often a metric passes over all objects: samples of the classes of responses stand class by class.</summary>
    public static int Passes(Metric metric) => metric.Shape == MetricShape.Responses ? s_classes.Length : 1;

    public static string NameOf(StatObject kind, Metric metric) => Prefix(kind) + metric.Name;

    public static void WriteHead(IBufferWriter<byte> output, StatObject kind, Metric metric) =>
        WriteHead(output, Prefix(kind), metric, StatFields.List[metric.Field].Text);

    /// <summary>The samples of one object; none when the column has no meaning for it.</summary>
    /// <param name="description">The label "desc"; null without.</param>
    /// <param name="pass">From 0; see <see cref="Passes"/>.</param>
    public static void WriteSamples(IBufferWriter<byte> output, Metric metric, StatLine line, string? description = null, int pass = 0)
    {
        StatValue value = line.Values[metric.Field + (metric.Shape == MetricShape.Responses ? pass : 0)];
        if (metric.IsHttpOnly && line[StatField.Mode].Text != "http")
            return;
        string name = Prefix(line.Kind) + metric.Name;
        if (!value.IsSet)
        {
            // A check that has no code has code 0 here.
            if (metric.Field == (int)StatField.CheckCode && line[StatField.CheckStatus].IsSet)
                WriteSample(output, name, line, description, "", "", 0, MetricShape.Number);
            if (metric.IsNaNWhenEmpty)
                WriteSample(output, name, line, description, "", "", "NaN", MetricShape.Number);
            return;
        }

        switch (metric.Shape)
        {
            case MetricShape.State:
                WriteStates(output, name, line, description, value.Text!);
                break;
            case MetricShape.Check:
                string last = value.Text!.StartsWith("* ", StringComparison.Ordinal) ? value.Text[2..] : value.Text;
                foreach (string check in s_checks)
                    WriteSample(output, name, line, description, "state", check, check == last ? 1 : 0, MetricShape.Number);
                break;
            case MetricShape.Responses:
                WriteSample(output, name, line, description, "code", s_classes[pass], value, MetricShape.Number);
                break;
            case MetricShape.ServersByState or MetricShape.ServersByCheck:
                break;
            default:
                WriteSample(output, name, line, description, metric.Module is null ? "" : "mod", metric.Module ?? "", value, metric.Shape);
                break;
        }
    }

    /// <summary>How many servers of a backend are in each state.</summary>
    /// <param name="backend">The backend's line.</param>
    /// <param name="servers">"status" or "check_status" of each server that has it.</param>
    public static void WriteServers(
        IBufferWriter<byte> output, Metric metric, StatLine backend, string? description, IReadOnlyList<string> servers)
    {
        string name = Prefix(backend.Kind) + metric.Name;
        bool isByCheck = metric.Shape == MetricShape.ServersByCheck;
        foreach (string state in isByCheck ? s_checks : s_serverStates)
        {
            int count = 0;
            foreach (string server in servers)
                count += (isByCheck ? server.StartsWith("* ", StringComparison.Ordinal) ? server[2..] : server : StateOf(server)) == state ? 1 : 0;
            WriteSample(output, name, backend, description, "state", state, count, MetricShape.Number);
        }
    }

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

    private static void WriteStates(IBufferWriter<byte> output, string name, StatLine line, string? description, string status)
    {
        string holds = line.Kind == StatObject.Listener ? status : StateOf(status);
        string[] states = line.Kind switch
        {
            StatObject.Server => s_serverStates,
            StatObject.Listener => s_listenerStates,
            _ => s_frontStates,
        };
        foreach (string state in states)
            WriteSample(output, name, line, description, "state", state, state == holds ? 1 : 0, MetricShape.Number);
    }

    /// <summary>"UP 1/3", "no check", "MAINT (via b/s)": without the details.</summary>
    private static string StateOf(string status)
    {
        string word = status.Split(' ')[0];
        return word is "DOWN" or "UP" or "MAINT" or "DRAIN" or "NOLB" ? word : word is "STOP" or "PAUSED" ? "DOWN" : "UP";
    }

    private static void WriteSample(
        IBufferWriter<byte> output, string name, StatLine line, string? description, string label, string labelValue, in StatValue value, MetricShape shape)
    {
        output.Write(name);
        output.Write('{');
        WriteLabel(output, "proxy", line[StatField.ProxyName].Text ?? "");
        if (line.Kind is StatObject.Server or StatObject.Listener)
        {
            output.Write(',');
            WriteLabel(output, line.Kind == StatObject.Server ? "server" : "listener", line[StatField.ServerName].Text ?? "");
        }

        if (description is not null)
        {
            output.Write(',');
            WriteLabel(output, "desc", description);
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
