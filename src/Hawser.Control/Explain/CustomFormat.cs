using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Hawser.Control.Explain;

/// <summary>
/// A <c>log-format</c> of the user's own, read backwards: which text each of its variables wrote. Knows what a variable
/// can write, number or word or anything; where that leaves two ways to cut a line, the shorter fields in front win and
/// <see cref="IsAmbiguous"/> says so.
/// </summary>
internal sealed class CustomFormat
{
    /// <summary>Lines are cut from here on: no collector keeps longer ones.</summary>
    private const int LongestLine = 16384;

    private readonly List<CustomItem> _items = [];
    private bool _quotesAll;

    private CustomFormat()
    {
    }

    /// <summary>The last line could be cut in more than one way.</summary>
    public bool IsAmbiguous { get; private set; }

    public bool Has(string name) => _items.Any(item => item.Name == name);

    /// <summary>Null for a format without any variable: nothing can be read from its lines.</summary>
    public static CustomFormat? Parse(string text)
    {
        CustomFormat format = new();
        StringBuilder literal = new();
        int at = 0;
        while (at < text.Length)
        {
            if (text[at] != '%' || at + 1 == text.Length)
            {
                literal.Append(text[at++]);
                continue;
            }

            if (text[at + 1] == '%')
            {
                literal.Append('%');
                at += 2;
                continue;
            }

            at = format.Variable(text, at + 1, literal);
        }

        // A line is looked at without the blanks around it.
        literal = new StringBuilder(literal.ToString().TrimEnd());
        format.Flush(literal);
        return format._items.Exists(static item => item.Name is not null) ? format : null;
    }

    /// <summary>The text of each variable by name; null when the line was not written by this format.</summary>
    public IReadOnlyDictionary<string, string>? Match(string line)
    {
        if (line.Length > LongestLine) return null;
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        int[] ends = new int[_items.Count];
        HashSet<(int, int)> dead = [];
        if (!Match(line, 0, 0, ends, dead)) return null;
        int from = 0;
        for (int index = 0; index < _items.Count; index++)
        {
            if (_items[index].Name is { } name) values.TryAdd(name, _items[index].Value(line[from..ends[index]]));
            from = ends[index];
        }

        IsAmbiguous = HasSecond(line, ends, dead);
        return values;
    }

    private bool Match(string line, int item, int at, int[] ends, HashSet<(int, int)> dead)
    {
        if (item == _items.Count) return at == line.Length;
        if (dead.Contains((item, at))) return false;
        foreach (int end in _items[item].Ends(line, at))
        {
            ends[item] = end;
            if (Match(line, item + 1, end, ends, dead)) return true;
        }

        dead.Add((item, at));
        return false;
    }

    /// <summary>Some field may also end later than it was taken to, and the rest of the line still fits.</summary>
    private bool HasSecond(string line, int[] ends, HashSet<(int, int)> dead)
    {
        int from = 0;
        int[] other = new int[ends.Length];
        for (int item = 0; item < _items.Count; item++)
        {
            foreach (int end in _items[item].Ends(line, from))
            {
                if (end > ends[item] && Match(line, item + 1, end, other, dead)) return true;
            }

            from = ends[item];
        }

        return false;
    }

    /// <returns>Behind the variable.</returns>
    private int Variable(string text, int at, StringBuilder literal)
    {
        string flags = Enclosed(text, ref at, '{', '}');
        _ = Enclosed(text, ref at, '(', ')');
        if (flags.Length == 0) flags = Enclosed(text, ref at, '{', '}');
        string name;
        if (at < text.Length && text[at] == '[') name = "[" + Enclosed(text, ref at, '[', ']') + "]";
        else
        {
            int start = at;
            while (at < text.Length && char.IsAsciiLetterOrDigit(text[at])) at++;
            name = text[start..at];
        }

        bool isQuoted = flags.Contains("+Q", StringComparison.Ordinal) || (_quotesAll && !flags.Contains("-Q", StringComparison.Ordinal));
        // "%o" sets flags for what follows and writes nothing.
        if (name == "o") _quotesAll = isQuoted;
        if (name is "" or "o") return at;
        Flush(literal);
        _items.Add(CustomItem.Of(name, isQuoted));
        return at;
    }

    private void Flush(StringBuilder literal)
    {
        string text = _items.Count == 0 ? literal.ToString().TrimStart() : literal.ToString();
        if (text.Length > 0) _items.Add(CustomItem.Literal(text));
        literal.Clear();
    }

    /// <summary>What stands in these brackets when they are next, nested ones included; empty otherwise.</summary>
    private static string Enclosed(string text, ref int at, char open, char close)
    {
        if (at >= text.Length || text[at] != open) return "";
        int start = at + 1;
        int depth = 0;
        while (at < text.Length)
        {
            if (text[at] == open) depth++;
            else if (text[at] == close && --depth == 0) break;
            at++;
        }

        string inside = text[Math.Min(start, text.Length)..at];
        at = Math.Min(at + 1, text.Length);
        return inside;
    }
}
