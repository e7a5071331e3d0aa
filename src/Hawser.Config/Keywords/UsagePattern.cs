using System;
using System.Collections.Generic;
using System.Globalization;

namespace Hawser.Config.Keywords;

/// <summary>
/// The arguments of a keyword in the manual's notation, made checkable. Words stand for themselves; <c>&lt;name&gt;</c>
/// is any word, <c>&lt;address:port&gt;</c> an address, <c>&lt;number&gt;</c> a whole number from 0, <c>&lt;integer&gt;</c> one of either sign,
/// <c>&lt;1..100&gt;</c> one in a range, <c>&lt;size&gt;</c> and <c>&lt;time&gt;</c> values with units, these also as
/// <c>&lt;time 1..&gt;</c>;
/// <c>&lt;a,b,c&gt;</c> is a list of these words, with commas, each perhaps followed by something in parentheses; <c>[ x ]</c> may be left out, <c>{ a | b }</c> is a choice, <c>x*</c> any number of times,
/// <c>x...</c> once or more often, a leading <c>(&lt;x&gt;)</c> is written against the keyword, <c>||</c> separates whole alternatives.
/// </summary>
public sealed class UsagePattern
{
    private const string Separators = " []{}|*";
    private const string Repeated = "...";
    private const string Alternative = "||";

    private readonly string _text;
    private int _position;

    private UsagePattern(string text)
    {
        _text = text;
    }

    /// <exception cref="FormatException">The notation is wrong: a mistake in a row, found by its test.</exception>
    internal static UsageNode Parse(string text)
    {
        UsagePattern pattern = new(text);
        UsageNode root = pattern.ReadChoice(Alternative);
        return pattern.Peek().Length == 0 ? root : throw pattern.Wrong();
    }

    private UsageNode ReadChoice(string separator)
    {
        List<UsageNode> choices = [ReadSequence()];
        while (Peek() == separator)
        {
            Take();
            choices.Add(ReadSequence());
        }
        return choices.Count == 1 ? choices[0] : new UsageNode.Choice(choices);
    }

    private UsageNode.Sequence ReadSequence()
    {
        List<UsageNode> items = [];
        while (Peek() is not ("" or "]" or "}" or "|" or Alternative)) items.Add(ReadItem());
        return new UsageNode.Sequence(items);
    }

    private UsageNode ReadItem()
    {
        string token = Take();
        UsageNode item = token switch
        {
            "[" => new UsageNode.Optional(ReadGroup("]")),
            "{" => ReadGroup("}"),
            _ when token[0] == '<' => ReadValue(token),
            _ => new UsageNode.Literal(token),
        };
        string next = Peek();
        if (next is not ("*" or Repeated)) return item;
        Take();
        return new UsageNode.Repeat(item, next == "*" ? 0 : 1);
    }

    private UsageNode ReadGroup(string close)
    {
        UsageNode group = ReadChoice("|");
        return Take() == close ? group : throw Wrong();
    }

    private UsageNode.Value ReadValue(string token)
    {
        string name = token[1..^1];
        int space = name.IndexOf(' ', StringComparison.Ordinal);
        string kind = space < 0 ? name : name[..space];
        string range = space < 0 ? "" : name[(space + 1)..];
        if (kind.Contains(',', StringComparison.Ordinal))
            return new UsageNode.Value(name, UsageValueKind.List, 0, 0) { Members = kind.Split(',') };
        if (kind.Contains("..", StringComparison.Ordinal)) return Ranged(name, UsageValueKind.Integer, kind);
        return kind switch
        {
            "number" => Ranged(name, UsageValueKind.Integer, range.Length == 0 ? "0.." : range),
            "integer" => Ranged(name, UsageValueKind.Integer, ".."),
            "size" => Ranged(name, UsageValueKind.Size, range.Length == 0 ? "0.." : range),
            "time" or "timeout" or "delay" => Ranged(name, UsageValueKind.Time, range.Length == 0 ? "0.." : range),
            "address:port" => new UsageNode.Value(name, UsageValueKind.AddressAndPort, 0, 0),
            "hexadecimal" => new UsageNode.Value(name, UsageValueKind.Hexadecimal, 0, 0),
            _ => new UsageNode.Value(name, UsageValueKind.Word, 0, 0),
        };
    }

    private UsageNode.Value Ranged(string name, UsageValueKind kind, string range)
    {
        string[] ends = range.Split("..");
        if (ends.Length != 2) throw Wrong();
        return new UsageNode.Value(name, kind, End(ends[0], long.MinValue), End(ends[1], long.MaxValue));
    }

    private static long End(string text, long open) =>
        text.Length == 0 ? open : long.Parse(text, CultureInfo.InvariantCulture);

    private string Peek()
    {
        int before = _position;
        string token = Take();
        _position = before;
        return token;
    }

    /// <summary>The next token; empty at the end.</summary>
    private string Take()
    {
        while (_position < _text.Length && _text[_position] == ' ') _position++;
        if (_position == _text.Length) return "";
        int start = _position;
        if (_text[start] == '<')
        {
            int close = _text.IndexOf('>', start);
            if (close < 0) throw Wrong();
            _position = close + 1;
        }
        else if (_text.AsSpan(start).StartsWith(Alternative)) _position += Alternative.Length;
        else if (_text.AsSpan(start).StartsWith(Repeated)) _position += Repeated.Length;
        else if (Separators.Contains(_text[start], StringComparison.Ordinal)) _position++;
        else
        {
            while (_position < _text.Length && !Separators.Contains(_text[_position], StringComparison.Ordinal)
                && !_text.AsSpan(_position).StartsWith(Repeated)) _position++;
        }
        return _text[start.._position];
    }

    private FormatException Wrong() => new($"usage '{_text}' is wrong near column {_position + 1}");
}
