using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using Hawser.Config.Binding;
using Hawser.Config.Lint.Views;
using Hawser.Control.Explain;
using Xunit;

namespace Hawser.Tests.Control.Explain;

/// <summary>
/// One file is one case: log lines, optionally a line of equals signs and a configuration, a line of dashes, then what
/// is said. More than one line is a stream with a summary.
/// </summary>
public sealed class ExplanationGoldenTests
{
    private const string Separator = "\n-----\n";
    private const string ConfigurationSeparator = "\n=====\n";
    private const string UpdateVariable = "HAWSER_UPDATE_GOLDEN";

    public static IEnumerable<object[]> Cases =>
        Directory.EnumerateFiles(Folder(), "*.txt").Order(StringComparer.Ordinal)
            .Select(static path => new object[] { Path.GetFileNameWithoutExtension(path) });

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_line_is_explained_as_the_file_expects(string name)
    {
        string path = Path.Combine(Folder(), name + ".txt");
        string text = File.ReadAllText(path);
        int cut = text.IndexOf(Separator, StringComparison.Ordinal);
        string input = cut < 0 ? text.TrimEnd('\n') : text[..cut];
        string actual = Explain(input);
        if (Environment.GetEnvironmentVariable(UpdateVariable) is not null)
        {
            File.WriteAllText(path, input + Separator + actual);
            return;
        }
        Assert.True(cut >= 0, "the file has no line of dashes");
        Assert.Equal(text[(cut + Separator.Length)..], actual);
    }

    private static string Explain(string input)
    {
        string[] parts = input.Split(ConfigurationSeparator);
        Explainer explainer = new(parts.Length > 1 ? View(parts[1] + "\n") : null);
        string[] lines = parts[0].Split('\n');
        if (lines.Length == 1)
        {
            LogLineReading reading = LogLineReader.Read(lines[0]);
            return reading.Line is { } line
                ? ExplanationText.Long(explainer.Explain(line), Palette.Plain)
                : reading.Problem + "\n";
        }
        StreamSummary summary = new();
        StringBuilder text = new();
        foreach (string one in lines)
        {
            if (LogLineReader.Read(one).Line is { } line)
            {
                Explanation explanation = explainer.Explain(line);
                summary.Add(explanation);
                text.Append(ExplanationText.Short(explanation, Palette.Plain));
            }
            else summary.AddUnreadable();
        }
        return text.Append(SummaryText.Write(summary, Palette.Plain)).ToString();
    }

    private static ConfigurationView View(string configuration)
    {
        ConfigurationViewBuilder builder = new();
        ConfigurationSource source = new("test.cfg", Encoding.UTF8.GetBytes(configuration));
        _ = ConfigurationReader.Read([source], new ConfigurationEnvironment(), builder.Add);
        return builder.Build();
    }

    private static string Folder([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "Golden");
}
