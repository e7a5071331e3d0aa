using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint.Views;

/// <summary>One option of a bind or server line.</summary>
/// <param name="Value">Its first argument; empty when it has none.</param>
/// <param name="IsOwn">Written on this line, not taken from default-server.</param>
public readonly record struct LineOption(Word Name, Word Value, bool IsOwn)
{
    /// <summary>The argument, or the option where there is none.</summary>
    public Origin At => Value.Origin.IsKnown ? Value.Origin : Name.Origin;
}

/// <summary>The options of a bind or server line by name; the rows say which of them take an argument.</summary>
public sealed class LineOptions
{
    private const string Undo = "no-";

    /// <summary>The value of an option that has none.</summary>
    private static readonly Word s_nothing = new("", Origin.None);

    private readonly Dictionary<string, LineOption> _options = new(StringComparer.Ordinal);

    public bool Has(string name) => _options.ContainsKey(name);

    public LineOption? Find(string name) => _options.TryGetValue(name, out LineOption option) ? option : null;

    /// <summary>The argument; null when the option is not there.</summary>
    public string? ValueOf(string name) => Find(name)?.Value.Text;

    public IEnumerable<LineOption> All => _options.Values;

    /// <summary>A whole number; null when the option is absent or its argument is none.</summary>
    public long? NumberOf(string name) =>
        ValueOf(name) is { } text && NumberText.TryParse(text, out long value) ? value : null;

    /// <summary>In milliseconds; null when the option is absent or its argument no time.</summary>
    public int? TimeOf(string name) =>
        ValueOf(name) is { } text && TimeText.TryParse(text, 1000, out int milliseconds, out _) == ValueError.None
            ? milliseconds
            : null;

    /// <summary>What <c>default-server</c> lines set, as the start of a server's own.</summary>
    internal LineOptions Inherit()
    {
        LineOptions copy = new();
        foreach ((string name, LineOption option) in _options) copy._options[name] = option with { IsOwn = false };
        return copy;
    }

    internal void Read<TContext>(ReadOnlySpan<Word> words, KeywordTable<TContext> rows)
    {
        int index = 0;
        while (index < words.Length)
        {
            Word name = words[index++];
            KeywordRow<TContext>? row = rows.Find(WithoutParentheses(name.Text));
            if (row is null)
            {
                // A further argument, or an option of a release that the rows do not have.
                _options[name.Text] = new LineOption(name, s_nothing, IsOwn: true);
                continue;
            }
            Word value = s_nothing;
            if (row.Usage.Length > 0 && index < words.Length) value = words[index++];
            if (name.Text.StartsWith(Undo, StringComparison.Ordinal)) _options.Remove(name.Text[Undo.Length..]);
            _options[WithoutParentheses(name.Text)] = new LineOption(name, value, IsOwn: true);
        }
    }

    private static string WithoutParentheses(string name)
    {
        int open = name.IndexOf('(', StringComparison.Ordinal);
        return open > 0 ? name[..open] : name;
    }
}
