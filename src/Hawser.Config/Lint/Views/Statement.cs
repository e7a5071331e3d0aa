using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Hawser.Config.Diagnostics;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint.Views;

/// <summary>
/// One line as words, whatever Hawser makes of its keyword: lint looks at lines that Hawser cannot run yet as well.
/// </summary>
public sealed class Statement
{
    private const string No = "no";
    private const string Default = "default";

    private readonly ImmutableArray<Word> _words;
    private readonly int _first;

    public Statement(IReadOnlyList<Word> words)
    {
        _words = [.. words];
        bool isPrefixed = _words.Length > 1 && _words[0].Text is No or Default;
        _first = isPrefixed ? 1 : 0;
        IsNegated = isPrefixed;
        Condition = Condition.Find(Words);
    }

    /// <summary><c>no</c> or <c>default</c> stands before the keyword: what an earlier line set is gone.</summary>
    public bool IsNegated { get; }

    /// <summary><c>no</c>, <c>default</c>, or empty.</summary>
    public string Prefix => IsNegated ? _words[0].Text : "";

    /// <summary>From the keyword on.</summary>
    public ReadOnlySpan<Word> Words => _words.AsSpan()[_first..];

    public int Count => _words.Length - _first;

    public Word this[int index] => _words[_first + index];

    /// <summary>The word's text; empty behind the end of the line.</summary>
    public string Text(int index) => index < Count ? this[index].Text : "";

    /// <summary>From <c>if</c> or <c>unless</c> on; null for a line that always holds.</summary>
    public Condition? Condition { get; }

    /// <summary>The keyword.</summary>
    public Origin Origin => this[0].Origin;

    /// <summary>The word, or the keyword when the line is too short.</summary>
    public Origin At(int index) => index < Count ? this[index].Origin : Origin;

    /// <summary>Several words as one place.</summary>
    public Origin Span(int first, int count)
    {
        Origin start = At(first);
        Origin end = At(Math.Min(first + count, Count) - 1);
        return start with { Length = end.Column + end.Length - start.Column };
    }

    public bool Is(string first) => Text(0) == first;

    public bool Is(string first, string second) => Text(0) == first && Text(1) == second;

    /// <summary>The place of a word after the keyword; -1 when it is not there.</summary>
    public int IndexOf(string word)
    {
        for (int index = 1; index < Count; index++)
        {
            if (this[index].Text == word) return index;
        }
        return -1;
    }

    /// <summary>All words from one on, joined by spaces: to compare what was written.</summary>
    public string Joined(int from)
    {
        List<string> texts = [];
        for (int index = from; index < Count; index++) texts.Add(this[index].Text);
        return string.Join(' ', texts);
    }
}
