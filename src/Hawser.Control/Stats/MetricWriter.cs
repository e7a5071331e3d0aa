using System;
using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Hawser.Control.Stats;

/// <summary>
/// Writes the samples of one metric. What all of them have in common is made once: 10,000 servers are more than half a
/// million samples, and a sample is a copy of three or four pieces into the output.
/// </summary>
public sealed class MetricWriter
{
    /// <summary>The column is empty: there is no sample.</summary>
    public const long None = long.MinValue;

    /// <summary>The column is empty, and HAProxy has a sample all the same.</summary>
    public const long NaN = long.MinValue + 1;

    /// <summary>Digits of the longest number, a sign, three places behind a point, a line end.</summary>
    private const int ValueBytes = 32;

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

    private readonly StatObject _kind;
    private readonly Metric _metric;

    /// <summary>Values of the label that tells the samples of one object apart.</summary>
    private readonly string[] _states;

    /// <summary>The metric's name and the brace before the labels.</summary>
    private readonly byte[] _begin;

    /// <summary>By state: the rest of the labels, and the space before the value.</summary>
    private readonly byte[][] _ends;

    public MetricWriter(StatObject kind, Metric metric)
    {
        _kind = kind;
        _metric = metric;
        _states = metric.Shape switch
        {
            MetricShape.State => kind switch
            {
                StatObject.Server => s_serverStates,
                StatObject.Listener => s_listenerStates,
                _ => s_frontStates,
            },
            MetricShape.ServersByState => s_serverStates,
            MetricShape.Check or MetricShape.ServersByCheck => s_checks,
            MetricShape.Responses => s_classes,
            _ => [metric.Module ?? ""],
        };
        string label = metric.Shape switch
        {
            MetricShape.Responses => "code",
            MetricShape.Number or MetricShape.Seconds or MetricShape.Label => "mod",
            _ => "state",
        };
        _begin = Encoding.ASCII.GetBytes(PrometheusStats.NameOf(kind, metric) + "{");
        _ends = Array.ConvertAll(
            _states, state => Encoding.ASCII.GetBytes(state.Length == 0 ? "} " : $",{label}=\"{state}\"}} "));
    }

    /// <summary>How many states of servers, or results of checks, <see cref="WriteServers"/> wants counted.</summary>
    public int States => _states.Length;

    /// <summary>What all samples of an object are told apart by, escaped.</summary>
    /// <param name="part">Of a server or a listener; empty for the rest.</param>
    /// <param name="description">The label "desc"; null without.</param>
    public static string Labels(StatObject kind, string proxy, string part, string? description)
    {
        string labels = $"proxy=\"{Escape(proxy)}\"";
        if (kind is StatObject.Server or StatObject.Listener)
            labels += $",{(kind == StatObject.Server ? "server" : "listener")}=\"{Escape(part)}\"";
        return description is null ? labels : $"{labels},desc=\"{Escape(description)}\"";
    }

    /// <summary>The metric's value of an object as one number: the place of a state, where it is one.</summary>
    /// <param name="pass">From 0; see <see cref="Passes"/>.</param>
    public long ValueOf(StatLine line, int pass)
    {
        StatValue value = line.Values[_metric.Field + (_metric.Shape == MetricShape.Responses ? pass : 0)];
        if (!value.IsSet)
        {
            // A check that has no code has code 0 here.
            if (_metric.Field == (int)StatField.CheckCode && line[StatField.CheckStatus].IsSet)
                return 0;
            return _metric.IsNaNWhenEmpty ? NaN : None;
        }

        return _metric.Shape switch
        {
            MetricShape.State => _kind == StatObject.Listener ? Array.IndexOf(_states, value.Text) : StateOf(value.Text),
            MetricShape.Check => CheckOf(value.Text),
            MetricShape.ServersByState or MetricShape.ServersByCheck => None,
            _ => value.Number,
        };
    }

    /// <summary>The samples of one object; none without a value.</summary>
    /// <param name="labels">As <see cref="Labels"/>, in bytes.</param>
    /// <param name="value">As <see cref="ValueOf"/>.</param>
    public void WriteSamples(IBufferWriter<byte> output, ReadOnlySpan<byte> labels, long value, int pass)
    {
        if (value == None)
            return;
        if (_metric.Shape is not (MetricShape.State or MetricShape.Check))
        {
            WriteSample(output, labels, pass, value);
            return;
        }

        for (int state = 0; state < _states.Length; state++)
            WriteSample(output, labels, state, state == value ? 1 : 0);
    }

    /// <summary>How many servers of a backend are in each state.</summary>
    /// <param name="counts">By <see cref="StateOf"/> or <see cref="CheckOf"/>.</param>
    public void WriteServers(IBufferWriter<byte> output, ReadOnlySpan<byte> labels, ReadOnlySpan<int> counts)
    {
        for (int state = 0; state < _states.Length; state++)
            WriteSample(output, labels, state, counts[state]);
    }

    /// <summary>The place among the states of a server. "UP 1/3", "no check", "MAINT (via b/s)": without the details.</summary>
    public static int StateOf(string? status)
    {
        ReadOnlySpan<char> word = status;
        int space = word.IndexOf(' ');
        word = space < 0 ? word : word[..space];
        for (int state = 0; state < s_serverStates.Length; state++)
        {
            if (word.SequenceEqual(s_serverStates[state]))
                return state;
        }

        return word is "STOP" or "PAUSED" ? 0 : 1;
    }

    /// <summary>The place among the results of checks, also while the next one is under way; -1: none of them.</summary>
    public static int CheckOf(string? code)
    {
        ReadOnlySpan<char> word = code;
        if (word.StartsWith("* "))
            word = word[2..];
        for (int check = 0; check < s_checks.Length; check++)
        {
            if (word.SequenceEqual(s_checks[check]))
                return check;
        }

        return -1;
    }

    /// <summary>How often a metric passes over all objects: samples of the classes of responses stand class by class.</summary>
    public static int Passes(Metric metric) => metric.Shape == MetricShape.Responses ? s_classes.Length : 1;

    private void WriteSample(IBufferWriter<byte> output, ReadOnlySpan<byte> labels, int state, long value)
    {
        byte[] end = _ends[state];
        Span<byte> room = output.GetSpan(_begin.Length + labels.Length + end.Length + ValueBytes);
        _begin.CopyTo(room);
        int length = _begin.Length;
        labels.CopyTo(room[length..]);
        length += labels.Length;
        end.CopyTo(room[length..]);
        length += end.Length;
        length += WriteValue(room[length..], value);
        room[length] = (byte)'\n';
        output.Advance(length + 1);
    }

    /// <returns>Bytes written.</returns>
    private int WriteValue(Span<byte> room, long value)
    {
        if (value == NaN)
        {
            "NaN"u8.CopyTo(room);
            return 3;
        }

        if (_metric.Shape != MetricShape.Seconds)
        {
            Utf8Formatter.TryFormat(value, room, out int digits);
            return digits;
        }

        (long seconds, long milliseconds) = Math.DivRem(long.Max(0, value), 1000);
        Utf8Formatter.TryFormat(seconds, room, out int length);
        room[length++] = (byte)'.';
        room[length++] = (byte)('0' + (milliseconds / 100));
        room[length++] = (byte)('0' + (milliseconds / 10 % 10));
        room[length++] = (byte)('0' + (milliseconds % 10));
        "000"u8.CopyTo(room[length..]);
        return length + 3;
    }

    /// <summary>A backslash, a quote and a line feed are escaped.</summary>
    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
}
