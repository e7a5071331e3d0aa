using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Hawser.Config.Legacy;

/// <summary>The rules that add, delete and rewrite headers and request lines: <c>reqadd</c>, <c>reqdel</c>, <c>reqrep</c>.</summary>
internal static class LegacyHeaders
{
    private const string TooFree =
        "this expression matches whole lines in a way that no rule of today does: write 'replace-header', "
        + "'replace-pathq' or 'del-header' by hand";

    public static LegacyTranslation Add(IReadOnlyList<string> words, string rule)
    {
        string header = words[0];
        int colon = header.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0) return LegacyTranslation.None("the text is no header: there is no colon in it");
        return LegacyTranslation.Of(
            new ModernRule(rule, "add-header", header[..colon].Trim(), ModernWord.Free(Format(header[(colon + 1)..].Trim()))));
    }

    public static LegacyTranslation Delete(IReadOnlyList<string> words, string rule)
    {
        string expression = words[0];
        if (HeaderPattern.Parse(expression) is { Name: { } name, TakesAnyValue: true })
            return LegacyTranslation.Of(new ModernRule(rule, "del-header", name));
        string start = expression.TrimStart('^');
        bool isStart = expression.StartsWith('^') && start.Length > 0
            && start.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
        return isStart
            ? LegacyTranslation.Of(new ModernRule(rule, "del-header", start, "-m", "beg"))
            : LegacyTranslation.None(TooFree);
    }

    public static LegacyTranslation Replace(IReadOnlyList<string> words, string rule, bool ignoresCase)
    {
        if (HeaderPattern.Parse(words[0]) is not { Method: null } pattern) return LegacyTranslation.None(TooFree);
        string? replacement = pattern.Name is { } name ? ValueOf(words[1], name) : PathOf(words[1], pattern.Groups);
        bool isResponseLine = pattern.Name is null && rule == LegacyRules.Response;
        if (replacement is null || isResponseLine) return LegacyTranslation.None(TooFree);
        string expression = ignoresCase && pattern.Value.Any(char.IsAsciiLetter) ? "(?i)" + pattern.Value : pattern.Value;
        ModernWord[] what = pattern.Name is null ? ["replace-pathq"] : ["replace-header", pattern.Name];
        return LegacyTranslation.Of(
            new ModernRule(rule, [.. what, ModernWord.Free(expression), ModernWord.Free(Format(replacement))]));
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
}
