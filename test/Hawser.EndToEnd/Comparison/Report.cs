using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Scenarios;

namespace Hawser.EndToEnd.Comparison;

/// <summary>What one proxy made of a scenario: for reading, and normalised for comparing.</summary>
public sealed class Report
{
    private Report(string comparable, string readable, string? failure)
    {
        Comparable = comparable;
        Readable = readable;
        Failure = failure;
    }

    public string Comparable { get; }

    public string Readable { get; }

    /// <summary>What the script waited for in vain; null when it came to its end.</summary>
    public string? Failure { get; }

    public static Report Of(Scenario scenario, Stage stage, string? failure)
    {
        StringBuilder comparable = new();
        StringBuilder readable = new();
        foreach (Lane lane in stage.Lanes)
        {
            string text = lane.Describe();
            if (text.Length == 0)
                continue;
            comparable.Append($"{lane.Name}: {lane.Compare(scenario.CountBytes, scenario.ResetHidesFin)}\n");
            readable.Append($"  {lane.Name}\n{text}");
        }

        IEnumerable<string> lines = stage.Log.Lines
            .Where(l => scenario.CompareLog && !Normaliser.IsInternal(l))
            .Select(l => Normaliser.Line(l, stage.Ports, scenario.CountBytes));
        if (scenario.AnyLogOrder)
            lines = lines.Order(StringComparer.Ordinal);
        foreach (string line in lines)
            comparable.Append($"log: {line}\n");
        foreach (string line in stage.Log.Lines)
            readable.Append($"  log: {line.TrimEnd('\n')}\n");
        if (failure is not null)
        {
            comparable.Append($"script: {failure}\n");
            readable.Append($"  script: {failure}\n");
        }

        return new Report(comparable.ToString(), readable.ToString(), failure);
    }
}
