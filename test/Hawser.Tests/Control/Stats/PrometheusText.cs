using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Hawser.Tests.Control.Stats;

/// <summary>One sample of an exporter's output.</summary>
public sealed record PrometheusSample(string Name, IReadOnlyList<KeyValuePair<string, string>> Labels, double Value);

/// <summary>
/// A strict reader of Prometheus's text format 0.0.4: what its server would take, this takes, and what the format's
/// description forbids, this refuses. It knows nothing of what wrote it.
/// </summary>
public sealed class PrometheusText
{
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly HashSet<string> _helped = new(StringComparer.Ordinal);
    private readonly HashSet<string> _finished = new(StringComparer.Ordinal);
    private readonly HashSet<string> _series = new(StringComparer.Ordinal);
    private string _current = "";

    public List<PrometheusSample> Samples { get; } = [];

    public IReadOnlyDictionary<string, string> Types => _types;

    /// <exception cref="FormatException">Says which line is wrong, and why.</exception>
    public static PrometheusText Parse(string text)
    {
        if (text.Length > 0 && text[^1] != '\n') throw new FormatException("the last line has no line feed");
        PrometheusText parsed = new();
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length - 1; i++)
        {
            try
            {
                parsed.Line(lines[i]);
            }
            catch (FormatException error)
            {
                throw new FormatException($"line {i + 1}: {error.Message}: {lines[i]}");
            }
        }

        return parsed;
    }

    private void Line(string line)
    {
        if (line.Length == 0) return;
        if (line.StartsWith("# HELP ", StringComparison.Ordinal))
        {
            string name = line[7..].Split(' ', 2)[0];
            CheckName(name);
            if (!_helped.Add(name)) throw new FormatException("a second HELP");
            Enter(name);
        }
        else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
        {
            string[] words = line[7..].Split(' ');
            if (words.Length != 2 || words[1] is not ("counter" or "gauge" or "untyped" or "histogram" or "summary"))
                throw new FormatException("not a type");
            CheckName(words[0]);
            if (!_types.TryAdd(words[0], words[1])) throw new FormatException("a second TYPE");
            Enter(words[0]);
        }
        else if (line[0] != '#')
        {
            Sample(line);
        }
    }

    /// <summary>All lines of a metric stand together.</summary>
    private void Enter(string name)
    {
        if (name == _current) return;
        if (_current.Length > 0) _finished.Add(_current);
        if (_finished.Contains(name)) throw new FormatException("its metric had ended");
        _current = name;
    }

    private void Sample(string line)
    {
        int at = 0;
        while (at < line.Length && line[at] is not ('{' or ' ')) at++;
        string name = line[..at];
        CheckName(name);
        Enter(name);
        List<KeyValuePair<string, string>> labels = [];
        if (at < line.Length && line[at] == '{') at = Labels(line, at + 1, labels);
        if (at >= line.Length || line[at] != ' ') throw new FormatException("no space before the value");
        string value = line[(at + 1)..];
        double number = value switch
        {
            "NaN" => double.NaN,
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            _ => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed)
                ? parsed
                : throw new FormatException($"'{value}' is no number"),
        };
        StringBuilder series = new(name);
        foreach (KeyValuePair<string, string> label in labels) series.Append('|').Append(label.Key).Append('=').Append(label.Value);
        if (!_series.Add(series.ToString())) throw new FormatException("a second sample of one series");
        Samples.Add(new PrometheusSample(name, labels, number));
    }

    /// <returns>The place behind the closing brace.</returns>
    private static int Labels(string line, int at, List<KeyValuePair<string, string>> labels)
    {
        while (true)
        {
            if (line[at] == '}') return at + 1;
            int equals = line.IndexOf('=', at);
            if (equals < 0 || line[equals + 1] != '"') throw new FormatException("a label without a value");
            string name = line[at..equals];
            if (name.Length == 0 || char.IsAsciiDigit(name[0])) throw new FormatException("a label without a name");
            foreach (char letter in name)
            {
                if (!char.IsAsciiLetterOrDigit(letter) && letter != '_') throw new FormatException("a letter that no label's name has");
            }

            StringBuilder value = new();
            at = equals + 2;
            for (; at < line.Length && line[at] != '"'; at++)
            {
                if (line[at] != '\\')
                {
                    value.Append(line[at]);
                    continue;
                }

                value.Append(line[++at] switch
                {
                    '\\' => '\\',
                    '"' => '"',
                    'n' => '\n',
                    _ => throw new FormatException("an unknown escape"),
                });
            }

            if (at >= line.Length) throw new FormatException("a label's value has no end");
            if (labels.Exists(label => label.Key == name)) throw new FormatException("a label twice");
            labels.Add(new KeyValuePair<string, string>(name, value.ToString()));
            at++;
            if (line[at] == ',') at++;
            else if (line[at] != '}') throw new FormatException("labels are not divided");
        }
    }

    private static void CheckName(string name)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0])) throw new FormatException("not a name");
        foreach (char letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or ':')) throw new FormatException("not a name");
        }
    }
}
