using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Hawser.Conformance.Runs;
using Hawser.Conformance.Suite;

namespace Hawser.Conformance.Reporting;

/// <summary>Passes of all tests that were run, a row for each folder and a column for each wave.</summary>
internal static class ResultTable
{
    private const int NameWidth = 18;
    private const int CellWidth = 9;

    public static string Print(IReadOnlyList<TestResult> results, ExpectationList list)
    {
        string[] waves = [.. results.Select(WaveOf).Distinct().Order(StringComparer.Ordinal)];
        StringBuilder text = new();
        Row(text, "folder", [.. waves, "all"]);
        foreach (IGrouping<string, TestResult> folder in results.GroupBy(result => Expectation.FolderOf(result.Test.Name)).OrderBy(group => group.Key, StringComparer.Ordinal))
            Row(text, folder.Key, [.. waves.Select(wave => Cell(folder.Where(result => WaveOf(result) == wave))), Cell(folder)]);
        Row(text, "all", [.. waves.Select(wave => Cell(results.Where(result => WaveOf(result) == wave))), Cell(results)]);
        return text.ToString();

        string WaveOf(TestResult result) => list.Find(result.Test.Name)?.Wave ?? ExpectationList.UnknownWave;
    }

    private static string Cell(IEnumerable<TestResult> results)
    {
        TestResult[] some = [.. results];
        return some.Length == 0 ? "" : $"{some.Count(result => result.Outcome == Outcome.Passed)}/{some.Length}";
    }

    private static void Row(StringBuilder text, string name, string[] cells)
    {
        text.Append(name.PadRight(NameWidth));
        foreach (string cell in cells)
            text.Append(cell.PadLeft(CellWidth));
        text.Append('\n');
    }
}
