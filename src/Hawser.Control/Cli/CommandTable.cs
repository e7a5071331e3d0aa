using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Syntax;

namespace Hawser.Control.Cli;

/// <summary>All commands: found by their first words, listed and suggested for "help".</summary>
public sealed class CommandTable
{
    private const int UsageColumn = 39;
    private const int SuggestionsMaximum = 5;

    private readonly CommandRow[] _rows;
    private readonly Dictionary<string, List<CommandRow>> _byFirstWord = new(StringComparer.Ordinal);

    public CommandTable(IEnumerable<CommandRow> rows)
    {
        _rows = [.. rows.OrderBy(static row => row.IsAlwaysHelpful).ThenBy(static row => row.Usage, StringComparer.Ordinal)];
        foreach (CommandRow row in _rows)
        {
            if (!_byFirstWord.TryGetValue(row.Words[0], out List<CommandRow>? list))
                _byFirstWord[row.Words[0]] = list = [];
            list.Add(row);
        }
    }

    public IReadOnlyList<CommandRow> Rows => _rows;

    /// <summary>The row with the most words that the command begins with; null when there is none.</summary>
    public CommandRow? Find(ReadOnlySpan<string> words)
    {
        if (words.IsEmpty || !_byFirstWord.TryGetValue(words[0], out List<CommandRow>? list))
            return null;
        CommandRow? best = null;
        foreach (CommandRow row in list)
        {
            if (row.Words.Length <= words.Length
                && words[..row.Words.Length].SequenceEqual(row.Words)
                && (best is null || row.Words.Length > best.Words.Length))
            {
                best = row;
            }
        }

        return best;
    }

    /// <summary>"help", or the answer to a command that does not exist.</summary>
    /// <param name="words">What help is asked for, or what was not understood.</param>
    /// <param name="isUnknown">A command was not understood.</param>
    public void WriteHelp(CliOutput output, CliSession session, ReadOnlySpan<string> words, bool isUnknown)
    {
        List<CommandRow> shown = Matching(session, words);
        if (!isUnknown)
            output.WriteLine("The following commands are valid at this level:");
        else
            output.WriteLine($"Unknown command: '{words[0]}', but maybe one of the following ones is a better match:");
        foreach (CommandRow row in shown)
            output.WriteLine($"  {row.Usage.PadRight(UsageColumn)} : {row.Help}");
    }

    private List<CommandRow> Matching(CliSession session, ReadOnlySpan<string> words)
    {
        List<CommandRow> allowed = [];
        foreach (CommandRow row in _rows)
        {
            if (!row.IsHidden && (!row.IsExpert || session.IsExpert) && (!row.IsExperimental || session.IsExperimental))
                allowed.Add(row);
        }

        if (words.IsEmpty)
            return allowed;
        List<CommandRow> matching = [];
        foreach (CommandRow row in allowed)
        {
            if (!row.IsAlwaysHelpful && BeginsWith(row.Words, words))
                matching.Add(row);
        }

        if (matching.Count == 0)
            matching = Nearest(allowed, words);
        matching.AddRange(allowed.FindAll(static row => row.IsAlwaysHelpful));
        return matching;
    }

    private static bool BeginsWith(string[] name, ReadOnlySpan<string> words)
    {
        int common = Math.Min(name.Length, words.Length);
        return name.AsSpan(0, common).SequenceEqual(words[..common]);
    }

    private static List<CommandRow> Nearest(List<CommandRow> rows, ReadOnlySpan<string> words)
    {
        List<(int Distance, CommandRow Row)> ranked = [];
        foreach (CommandRow row in rows)
        {
            if (!row.IsAlwaysHelpful)
                ranked.Add((Distance(row.Words, words), row));
        }

        return [.. ranked.OrderBy(static entry => entry.Distance).Take(SuggestionsMaximum)
            .Select(static entry => entry.Row).OrderBy(static row => row.Usage, StringComparer.Ordinal)];
    }

    /// <summary>Typing errors in the first words; a word that one of them lacks counts in full.</summary>
    private static int Distance(string[] name, ReadOnlySpan<string> words)
    {
        const int WordLengthMaximum = 32;
        const int WordsCompared = 2;
        int sum = 0;
        for (int i = 0; i < WordsCompared; i++)
        {
            ReadOnlySpan<char> word = i < words.Length ? words[i] : "";
            if (word.Length > WordLengthMaximum)
                word = word[..WordLengthMaximum];
            int errors = Suggestion.Distance(word, i < name.Length ? name[i] : "");
            // What was not typed yet is a smaller fault than what was typed wrong, and the first word says most.
            sum += i >= words.Length ? Math.Min(errors, 1) : errors * (WordsCompared - i);
        }

        return sum;
    }
}
