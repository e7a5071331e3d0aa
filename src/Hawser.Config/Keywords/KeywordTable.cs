using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>The rows of one kind of line, found by the words they start with.</summary>
public sealed class KeywordTable<TContext>
{
    private const int MaxNameWords = 3;

    private readonly FrozenDictionary<string, KeywordRow<TContext>> _byName;
    private readonly FrozenSet<string> _firstWords;

    public KeywordTable(params IEnumerable<KeywordRow<TContext>>[] families)
    {
        Rows = families.SelectMany(static family => family).ToArray();
        _byName = Rows.ToFrozenDictionary(static row => row.Name, StringComparer.Ordinal);
        _firstWords = Rows.Select(static row => FirstWord(row.Name)).ToFrozenSet(StringComparer.Ordinal);
    }

    public IReadOnlyList<KeywordRow<TContext>> Rows { get; }

    /// <summary>The row with the longest name that stands at <paramref name="first"/>, or null.</summary>
    /// <param name="length">Words of its name.</param>
    public KeywordRow<TContext>? Find(IReadOnlyList<Word> words, int first, out int length)
    {
        length = 0;
        if (first >= words.Count || !_firstWords.Contains(words[first].Text)) return null;
        string name = words[first].Text;
        KeywordRow<TContext>? found = _byName.GetValueOrDefault(name);
        if (found is not null) length = 1;
        for (int count = 2; count <= MaxNameWords && first + count <= words.Count; count++)
        {
            name += " " + words[first + count - 1].Text;
            if (!_byName.TryGetValue(name, out KeywordRow<TContext>? longer)) continue;
            found = longer;
            length = count;
        }
        return found;
    }

    /// <summary>The keyword's first word when the words begin with one, <c>no</c> aside; null otherwise.</summary>
    public string? KeywordOf(IReadOnlyList<Word> words)
    {
        int first = words.Count > 1 && words[0].Text is "no" or "default" ? 1 : 0;
        return words.Count > first && _firstWords.Contains(words[first].Text) ? words[first].Text : null;
    }

    public KeywordRow<TContext>? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>True when some keyword of several words starts with this one.</summary>
    public bool IsFirstWord(string word) => _firstWords.Contains(word);

    /// <summary>Second and further words of the keywords that start with this one and may stand there.</summary>
    public IEnumerable<string> Continuations(string firstWord, SectionSet section) =>
        from row in Rows
        where row.Name.StartsWith(firstWord + " ", StringComparison.Ordinal) && IsUsable(row, section)
        select row.Name[(firstWord.Length + 1)..];

    /// <summary>First words that may stand in a section, for suggestions.</summary>
    public IEnumerable<string> FirstWords(SectionSet section) =>
        (from row in Rows where IsUsable(row, section) select FirstWord(row.Name)).Distinct();

    private static bool IsUsable(KeywordRow<TContext> row, SectionSet section) =>
        row.Status != KeywordStatus.Removed
        && (section == SectionSet.None || row.Sections == SectionSet.None || (row.Sections & section) != 0);

    private static string FirstWord(string name)
    {
        int space = name.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? name : name[..space];
    }
}
