using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Hawser.Control.Explain;

/// <summary>A summary for people.</summary>
public static class SummaryText
{
    public static string Write(StreamSummary summary, Palette palette)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"\n{palette.Heading("Summary")}: {summary.Lines} lines");
        if (summary.Unreadable > 0) text.Append(CultureInfo.InvariantCulture, $", {summary.Unreadable} could not be read");
        text.Append('\n');
        foreach (CauseCount cause in summary.Causes)
        {
            string state = cause.State is "--" ? palette.Good(cause.State) : palette.Bad(cause.State);
            text.Append(CultureInfo.InvariantCulture, $"  {cause.Count,8}  {state}  {cause.Headline}\n");
        }
        Append(text, palette, "Slowest", summary.Slowest, static line => DurationText.Of(line.TotalMs ?? 0));
        Append(text, palette, string.Create(CultureInfo.InvariantCulture, $"Lossy, {summary.BytesLost} bytes in all"),
            summary.Lossy, static line => string.Create(CultureInfo.InvariantCulture, $"{line.Loss.Lost} bytes"));
        return text.ToString();
    }

    private static void Append(
        StringBuilder text, Palette palette, string heading, IReadOnlyList<LogLine> lines,
        System.Func<LogLine, string> value)
    {
        if (lines.Count == 0) return;
        text.Append(palette.Heading(heading)).Append('\n');
        foreach (LogLine line in lines) text.Append($"  {value(line),14}  {line.Text}\n");
    }
}
