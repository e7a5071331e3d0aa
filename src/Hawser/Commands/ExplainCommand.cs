using System;
using System.Collections.Generic;
using System.IO;
using Hawser.CommandLine;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Views;
using Hawser.Control.Explain;
using Hawser.Control.Processes;

namespace Hawser.Commands;

/// <summary>
/// <c>hawser explain '&lt;log line&gt;'</c>: puts a log line into words; without one, each line of standard input, and
/// then a summary. Exit status 1: no line could be read.
/// </summary>
internal static class ExplainCommand
{
    private const string Usage =
        "Usage: hawser explain [-f <file|dir>]... [--format text|json] [--color auto|always|never] '<log line>'\n"
        + "       ... | hawser explain [the same] [--long | --summary]\n";

    private const string NoColorVariable = "NO_COLOR";

    private enum Detail
    {
        Short,
        Long,
        SummaryOnly,
    }

    public static int Run(string[] arguments)
    {
        List<string> files = [];
        List<string> words = [];
        bool isJson = false;
        Detail detail = Detail.Short;
        bool isColoured = !Console.IsOutputRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(NoColorVariable));
        for (int index = 0; index < arguments.Length; index++)
        {
            string word = arguments[index];
            string value = index + 1 < arguments.Length ? arguments[index + 1] : "";
            switch (word, value)
            {
                case ("-f", not ""):
                    files.Add(arguments[++index]);
                    break;
                case ("--format", "text" or "json"):
                    isJson = arguments[++index] == "json";
                    break;
                case ("--color", "auto"):
                    index++;
                    break;
                case ("--color", "always" or "never"):
                    isColoured = arguments[++index] == "always";
                    break;
                case ("--long", _):
                    detail = Detail.Long;
                    break;
                case ("--summary", _):
                    detail = Detail.SummaryOnly;
                    break;
                case ("-f" or "--format" or "--color" or "-h" or "--help", _):
                    return Refuse("");
                default:
                    words.Add(word);
                    break;
            }
        }
        if (!TryReadConfiguration(files, out ConfigurationView? configuration)) return ExitStatus.Failure;
        Explainer explainer = new(configuration);
        Palette palette = new(isColoured);
        // Without quotes around it a line comes as many words.
        if (words.Count > 0) return ExplainOne(explainer, configuration, string.Join(' ', words), isJson, palette);
        if (!Console.IsInputRedirected) return Refuse("hawser explain: no line is given, and standard input is a terminal\n");
        return ExplainStream(explainer, configuration, isJson, detail, palette);
    }

    private static int ExplainOne(Explainer explainer, ConfigurationView? configuration, string text, bool isJson, Palette palette)
    {
        LogLineReading reading = LogLineReader.Read(text, configuration);
        if (reading.Line is { } line)
        {
            Explanation explanation = explainer.Explain(line);
            Print(isJson ? ExplanationJson.Write(explanation) : ExplanationText.Long(explanation, palette));
            return ExitStatus.Success;
        }
        if (isJson) Print(ExplanationJson.WriteProblem(text, reading.Problem!));
        else ProcessMessages.WriteAll(StandardStreams.Error, $"hawser explain: {reading.Problem}\n");
        return ExitStatus.Failure;
    }

    private static int ExplainStream(Explainer explainer, ConfigurationView? configuration, bool isJson, Detail detail, Palette palette)
    {
        StreamSummary summary = new();
        using Stream input = Console.OpenStandardInput();
        foreach (string text in LineStream.Read(input))
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            LogLineReading reading = LogLineReader.Read(text, configuration);
            if (reading.Line is not { } line)
            {
                summary.AddUnreadable();
                if (detail == Detail.SummaryOnly) continue;
                Print(isJson
                    ? ExplanationJson.WriteProblem(text, reading.Problem!)
                    : $"line {summary.Lines} cannot be read: {reading.Problem}\n");
                continue;
            }
            Explanation explanation = explainer.Explain(line);
            summary.Add(explanation);
            if (detail == Detail.SummaryOnly) continue;
            if (isJson) Print(ExplanationJson.Write(explanation));
            else if (detail == Detail.Short) Print(ExplanationText.Short(explanation, palette));
            else Print($"{palette.Faint(line.Text)}\n{ExplanationText.Long(explanation, palette)}\n");
        }
        Print(isJson ? ExplanationJson.Write(summary) : SummaryText.Write(summary, palette));
        return summary.Lines > 0 && summary.Unreadable == summary.Lines ? ExitStatus.Failure : ExitStatus.Success;
    }

    /// <summary>A configuration with errors still says which line set which timer.</summary>
    private static bool TryReadConfiguration(List<string> files, out ConfigurationView? view)
    {
        view = null;
        if (files.Count == 0) return true;
        List<ConfigurationSource>? sources = ConfigurationFiles.Read(
            files, new ProcessMessages(FindingReport.ToolName, ProductVersion.Full));
        if (sources is null) return false;
        ConfigurationViewBuilder builder = new();
        _ = ConfigurationReader.Read(sources, StartEnvironment.Create(new Options { Files = [.. files] }), builder.Add);
        view = builder.Build();
        return true;
    }

    private static int Refuse(string reason)
    {
        ProcessMessages.WriteAll(StandardStreams.Error, reason + Usage);
        return ExitStatus.Failure;
    }

    private static void Print(string text) => ProcessMessages.WriteAll(StandardStreams.Output, text);
}
