using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Hawser.Config.Printing;

namespace Hawser.Config.Migration;

/// <summary>The rules that add, delete and rewrite headers and request lines: <c>reqadd</c>, <c>reqrep</c> and so on.</summary>
internal static class HeaderMigrations
{
    private const string Request = "http-request";
    private const string Response = "http-response";

    private const string InOrder = "gone since 2.1; rules of today run in the order of the file";

    private const string TooFree =
        "this expression matches whole lines in a way that no rule of today does: write 'replace-header', "
        + "'replace-pathq' or 'del-header' by hand";

    public static IEnumerable<MigrationRow> Rows =>
    [
        new("reqadd", static line => Add(line, Request)),
        new("rspadd", static line => Add(line, Response)),
        new("reqdel", static line => Delete(line, Request)),
        new("reqidel", static line => Delete(line, Request)),
        new("rspdel", static line => Delete(line, Response)),
        new("rspidel", static line => Delete(line, Response)),
        new("reqrep", static line => Replace(line, Request, ignoresCase: false)),
        new("reqirep", static line => Replace(line, Request, ignoresCase: true)),
        new("cliexp", static line => Replace(line, Request, ignoresCase: false)),
        new("rsprep", static line => Replace(line, Response, ignoresCase: false)),
        new("rspirep", static line => Replace(line, Response, ignoresCase: true)),
        new("srvexp", static line => Replace(line, Response, ignoresCase: false)),
    ];

    /// <summary>Why a rule about requests cannot stand here; null when it can.</summary>
    public static MigrationStep? Obstacle(MigrationLine line, int arguments)
    {
        if (line.Count < arguments) return MigrationStep.Leave("arguments are missing");
        if (line.Section.IsDefaults) return MigrationStep.Leave("rules cannot stand in 'defaults': move it to each proxy");
        return line.Section.IsHttp
            ? null
            : MigrationStep.Leave("works on HTTP only, and this proxy is not in http mode: it has no effect, remove it");
    }

    private static MigrationStep Add(MigrationLine line, string rule)
    {
        if (Obstacle(line, 1) is { } obstacle) return obstacle;
        string header = line.Text(0);
        int colon = header.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0) return MigrationStep.Leave("the text is no header: there is no colon in it");
        string value = Format(header[(colon + 1)..].Trim());
        return MigrationStep.Replace(InOrder,
            $"{rule} add-header {WordText.Quote(header[..colon].Trim())} {Quoted(value)}{RuleCondition.Tail(line, 1)}");
    }

    private static MigrationStep Delete(MigrationLine line, string rule)
    {
        if (Obstacle(line, 1) is { } obstacle) return obstacle;
        string tail = RuleCondition.Tail(line, 1);
        if (HeaderPattern.Parse(line.Text(0)) is { Name: { } name, TakesAnyValue: true })
            return MigrationStep.Replace(InOrder, $"{rule} del-header {name}{tail}");
        string start = line.Text(0).TrimStart('^');
        bool isStart = line.Text(0).StartsWith('^') && start.Length > 0
            && start.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
        return isStart
            ? MigrationStep.Replace(InOrder, $"{rule} del-header {start} -m beg{tail}")
            : MigrationStep.Leave(TooFree);
    }

    private static MigrationStep Replace(MigrationLine line, string rule, bool ignoresCase)
    {
        if (Obstacle(line, 2) is { } obstacle) return obstacle;
        if (HeaderPattern.Parse(line.Text(0)) is not { Method: null } pattern) return MigrationStep.Leave(TooFree);
        string? replacement = pattern.Name is { } name ? ValueOf(line.Text(1), name) : PathOf(line.Text(1), pattern.Groups);
        bool isResponseLine = pattern.Name is null && rule == Response;
        if (replacement is null || isResponseLine) return MigrationStep.Leave(TooFree);
        string expression = ignoresCase && pattern.Value.Any(char.IsAsciiLetter) ? "(?i)" + pattern.Value : pattern.Value;
        string what = pattern.Name is null ? "replace-pathq" : $"replace-header {pattern.Name}";
        return MigrationStep.Replace(InOrder,
            $"{rule} {what} {Quoted(expression)} {Quoted(Format(replacement))}{RuleCondition.Tail(line, 2)}");
    }

    /// <summary>The replacement behind the same header name; null when it names another one.</summary>
    private static string? ValueOf(string replacement, string name) =>
        replacement.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)
            ? replacement[(name.Length + 1)..].TrimStart()
            : null;

    /// <summary>The replacement behind the method, with groups counted anew; null when the method is not kept.</summary>
    private static string? PathOf(string replacement, int groups)
    {
        const string Method = "\\1 ";
        if (groups != 1 || !replacement.StartsWith(Method, StringComparison.Ordinal)) return null;
        string path = replacement[Method.Length..];
        int version = path.IndexOf(' ', StringComparison.Ordinal);
        if (version >= 0) path = path[..version];
        StringBuilder text = new();
        for (int index = 0; index < path.Length; index++)
        {
            text.Append(path[index]);
            if (path[index] != '\\' || index + 1 >= path.Length) continue;
            char digit = path[++index];
            if (digit is '0' or '1') return null;
            text.Append(char.IsAsciiDigit(digit) ? (digit - '1').ToString(CultureInfo.InvariantCulture) : digit.ToString());
        }
        return text.ToString();
    }

    /// <summary>Today's values are log-formats, where a percent sign is doubled.</summary>
    private static string Format(string value) => value.Replace("%", "%%", StringComparison.Ordinal);

    /// <summary>Expressions and values are quoted even where they need not be: they are easier to read so.</summary>
    public static string Quoted(string word)
    {
        string quoted = WordText.Quote(word);
        return quoted == word ? $"'{word}'" : quoted;
    }
}
