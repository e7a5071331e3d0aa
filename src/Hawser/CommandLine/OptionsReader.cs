using System;
using System.Collections.Generic;

namespace Hawser.CommandLine;

/// <summary>Reads HAProxy's command line.</summary>
public static class OptionsReader
{
    /// <param name="arguments">Without the program's name.</param>
    public static OptionsResult Read(IReadOnlyList<string> arguments)
    {
        OptionsReading reading = new();
        int position = 0;
        while (position < arguments.Count)
        {
            string word = arguments[position++];
            SwitchRow? row = Find(word);
            if (row is null) return Ended(OptionsOutcome.Usage, reading);
            string? refusal = Apply(row, word, arguments, ref position, reading);
            if (refusal is not null) return Ended(OptionsOutcome.Refused, reading, refusal);
            // The version wins over whatever follows, as with HAProxy.
            if (reading.Outcome is { } outcome) return Ended(outcome, reading, reading.Text);
        }
        return Ended(HasWork(reading) ? OptionsOutcome.Start : OptionsOutcome.Usage, reading);
    }

    /// <summary>The row whose name is the word, else the longest one that takes a suffix and begins it.</summary>
    private static SwitchRow? Find(string word)
    {
        SwitchRow? best = null;
        foreach (SwitchRow row in SwitchTable.Rows)
        {
            if (row.Name == word) return row;
            if (row.Argument == SwitchArgument.Suffix
                && word.StartsWith(row.Name, StringComparison.Ordinal)
                && (best is null || row.Name.Length > best.Name.Length))
            {
                best = row;
            }
        }
        return best;
    }

    private static string? Apply(
        SwitchRow row, string word, IReadOnlyList<string> arguments, ref int position, OptionsReading reading)
    {
        switch (row.Argument)
        {
            case SwitchArgument.Word when position == arguments.Count:
                return $"{row.Name}: {row.ArgumentName} is missing";
            case SwitchArgument.Word:
                return row.Apply(reading, arguments[position++]);
            case SwitchArgument.Suffix:
                return row.Apply(reading, word[row.Name.Length..]);
            case SwitchArgument.Processes:
            case SwitchArgument.Rest:
                return ApplyToEach(row, arguments, ref position, reading);
            default:
                return row.Apply(reading, "");
        }
    }

    private static string? ApplyToEach(
        SwitchRow row, IReadOnlyList<string> arguments, ref int position, OptionsReading reading)
    {
        bool stopsAtSwitch = row.Argument == SwitchArgument.Processes;
        while (position < arguments.Count)
        {
            if (stopsAtSwitch && arguments[position].StartsWith('-')) break;
            string? refusal = row.Apply(reading, arguments[position++]);
            if (refusal is not null) return refusal;
        }
        return null;
    }

    private static bool HasWork(OptionsReading reading) =>
        reading.Files.Count > 0 || reading.Options.Kind == StartKind.Condition;

    private static OptionsResult Ended(OptionsOutcome outcome, OptionsReading reading, string text = "") =>
        new(outcome, reading.Options with { Files = [.. reading.Files] }, text);
}
