using System;
using System.Collections.Generic;
using System.Linq;

namespace Hawser.Config.Legacy;

/// <summary>
/// A regular expression of the old rules taken apart. They matched whole lines: a header with its name, or the request
/// line; today's rules want the name or the address apart.
/// </summary>
/// <param name="Name">The header's name; null for the request line.</param>
/// <param name="Value">Matches the value, or the path with its query; anchored at the start.</param>
/// <param name="Method">The method that a request line asks for; null: any.</param>
/// <param name="Groups">Groups that stood before <paramref name="Value"/>.</param>
internal sealed record HeaderPattern(string? Name, string Value, string? Method, int Groups)
{
    private static readonly string[] Blanks = ["[[:space:]]*", "[ \\t]*", "[ ]*", "\\s*", "\\ *", " *", " ?", " +", " "];

    private static readonly string[] AnyMethods =
        ["[^ ]*", "[^ ]+", "[^ :]*", "[^ :]+", "[^: ]*", "\\S*", "\\S+", "[A-Z]*", "[A-Z]+", "\\w*", "\\w+", ".*"];

    /// <summary>Null when the expression cannot be taken apart with certainty.</summary>
    public static HeaderPattern? Parse(string pattern)
    {
        bool isAnchored = pattern.StartsWith('^');
        string rest = isAnchored ? pattern[1..] : pattern;
        int name = 0;
        while (name < rest.Length && (char.IsAsciiLetterOrDigit(rest[name]) || rest[name] == '-')) name++;
        if (name > 0 && name < rest.Length && rest[name] == ':')
        {
            string value = rest[(name + 1)..];
            string? blank = Blanks.FirstOrDefault(value.StartsWith);
            return new HeaderPattern(rest[..name], Anchor(value[(blank?.Length ?? 0)..]), null, 0);
        }
        return isAnchored ? RequestLine(rest) : null;
    }

    /// <summary>True when any value fits.</summary>
    public bool TakesAnyValue => Value.TrimEnd('$') is "^" or "^.*" or "^(.*)";

    private static HeaderPattern? RequestLine(string rest)
    {
        foreach (string method in AnyMethods)
        {
            if (After(rest, $"({method}) ") is { } grouped) return Path(grouped, null, 1);
            if (After(rest, method + " ") is { } plain) return Path(plain, null, 0);
        }
        int close = rest.StartsWith('(') ? rest.IndexOf(") ", StringComparison.Ordinal) : -1;
        if (close > 1 && rest[1..close].All(static letter => char.IsAsciiLetterUpper(letter) || letter == '|'))
            return Path(rest[(close + 2)..], rest[1..close].Replace('|', ' '), 1);
        int end = 0;
        while (end < rest.Length && char.IsAsciiLetterUpper(rest[end])) end++;
        return end > 0 && end < rest.Length && rest[end] == ' ' ? Path(rest[(end + 1)..], rest[..end], 0) : null;
    }

    private static HeaderPattern? Path(string rest, string? method, int groups)
    {
        // The version behind the address: matched by the old expression, not part of what rules see today.
        foreach (string version in (IEnumerable<string>)[" (HTTP/.*)", " HTTP/(.*)", " HTTP/.*", " HTTP/1.[01]", " HTTP/1.1", " (.*)", " .*"])
        {
            if (rest.EndsWith(version, StringComparison.Ordinal)) rest = rest[..^version.Length] + "$";
        }
        return HasSpaceOutsideClasses(rest) ? null : new HeaderPattern(null, Anchor(rest), method, groups);
    }

    /// <summary>A space in brackets is one that must not come; any other means that there is more than a path.</summary>
    private static bool HasSpaceOutsideClasses(string expression)
    {
        bool isInClass = false;
        foreach (char next in expression)
        {
            if (next == '[') isInClass = true;
            else if (next == ']') isInClass = false;
            else if (next == ' ' && !isInClass) return true;
        }
        return false;
    }

    private static string? After(string text, string start) =>
        text.StartsWith(start, StringComparison.Ordinal) ? text[start.Length..] : null;

    private static string Anchor(string value) => value.StartsWith('^') ? value : "^" + value;
}
