using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Hawser.Compare.Reporting;

/// <summary>The rows as a Markdown table with even columns.</summary>
internal static class ResultTable
{
    private static readonly string[] s_head = ["scenario", "against", "hawser", "rival", "ratio (lowest–highest)", "goal"];

    public static string Text(IEnumerable<ResultRow> rows)
    {
        List<string[]> lines = [s_head, .. rows.Select(static row => row.Cells())];
        int[] widths = [.. s_head.Select((_, column) => lines.Max(line => line[column].Length))];
        StringBuilder text = new();
        for (int i = 0; i < lines.Count; i++)
        {
            Append(text, lines[i].Select((cell, column) => cell.PadRight(widths[column])));
            if (i == 0) Append(text, widths.Select(static width => new string('-', width)));
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
