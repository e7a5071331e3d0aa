using System;
using System.Collections.Frozen;
using System.Collections.Generic;

namespace Hawser.Control.Explain;

/// <summary>A piece of a log-format: text that stands there, or a variable and what it can write.</summary>
internal sealed class CustomItem
{
    private static readonly FrozenSet<string> s_numbers = FrozenSet.Create(
        "Ta", "Tc", "Td", "Th", "Ti", "Tq", "TR", "Tr", "Tt", "Tu", "Tw", "Ts", "ST", "B", "U", "ac", "fc", "bc", "sc", "rc", "sq", "bq", "cp", "fp", "bp",
        "sp", "pid", "rt", "ms", "lc", "cid");

    private static readonly FrozenSet<string> s_words = FrozenSet.Create(
        "ci", "fi", "bi", "si", "f", "ft", "b", "s", "ts", "tsc", "H", "HM", "HV", "sslc", "sslv", "ID", "CC", "CS");

    private readonly string? _literal;
    private readonly bool _isQuoted;
    private readonly bool _isNumber;
    private readonly bool _isWord;

    private CustomItem(string? name, string? literal, bool isQuoted)
    {
        Name = name;
        _literal = literal;
        _isQuoted = isQuoted;
        _isNumber = name is not null && s_numbers.Contains(name);
        _isWord = name is not null && s_words.Contains(name);
    }

    /// <summary>The alias, or the expression in its brackets; null for text.</summary>
    public string? Name { get; }

    public static CustomItem Literal(string text) => new(null, text, isQuoted: false);

    public static CustomItem Of(string name, bool isQuoted) => new(name, null, isQuoted);

    /// <summary>Where it may end when it begins there, the nearest first.</summary>
    public IEnumerable<int> Ends(string line, int at)
    {
        if (_literal is not null)
        {
            if (string.CompareOrdinal(line, at, _literal, 0, _literal.Length) == 0) yield return at + _literal.Length;
            yield break;
        }

        // A value that is not there is a dash without quotes, or nothing.
        if (_isQuoted && at < line.Length && line[at] == '"')
        {
            for (int end = line.IndexOf('"', at + 1); end >= 0; end = line.IndexOf('"', end + 1)) yield return end + 1;
            yield break;
        }

        for (int end = at; end <= line.Length; end++)
        {
            if (end > at && !Fits(line[end - 1], end - 1 == at)) yield break;
            if (end > at || !(_isNumber || _isWord)) yield return end;
        }
    }

    public string Value(string text) => _isQuoted && text.Length > 1 && text[0] == '"' ? text[1..^1] : text;

    private bool Fits(char letter, bool isFirst) =>
        _isNumber ? char.IsAsciiDigit(letter) || (isFirst && letter is '+' or '-') : !_isWord || letter != ' ';
}
