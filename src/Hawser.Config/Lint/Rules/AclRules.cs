using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Views;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint.Rules;

/// <summary>ACLs that do not say what they seem to say.</summary>
internal static class AclRules
{
    public static IEnumerable<LintRule> Rows =>
    [
        new("HL405", "unused-acl", Severity.Warning,
            "No condition of the section names the ACL: a rule was forgotten, or its name is misspelt there.",
            "0 requests are tested; what the ACL was to refuse passes",
            "use it in a condition, or remove it",
            FindUnused),
        new("HL406", "acl-joined-by-accident", Severity.Warning,
            "Lines with one ACL name are alternatives: it matches when any of them does, in rules above as well (manual, "
            + "7.2). Here they look at different things, or rules stand between them: probably two ACLs were meant.",
            "the rules match more requests than written: an allow lets strangers in, a deny refuses everybody",
            "give the second one its own name and combine them in the condition",
            FindJoined),
        new("HL407", "negations-always-true", Severity.Warning,
            "'!a || !b' is true unless both hold at once. When a and b compare one value with different patterns, they never do.",
            "the condition is always true: the rule applies to every request",
            "write '!a !b', or one test with both patterns behind one '!'",
            FindAlwaysTrue),
        new("HL408", "negated-pattern", Severity.Warning,
            "A pattern that begins with '!' is compared as it is written: patterns cannot be negated, only whole tests in a condition.",
            "the pattern never matches",
            "remove the pattern's '!' and put one before the ACL's name in the condition",
            FindNegatedPatterns),
        new("HL409", "ranges-joined-by-or", Severity.Warning,
            "Several comparisons of one ACL are alternatives: 'gt 10 lt 20' holds for every number.",
            "the test is always true, or wider than meant",
            "write the range '11:19', or two ACLs that the condition combines",
            FindComparisons),
    ];

    private static IEnumerable<LintHit> FindUnused(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Defaults.Concat(configuration.Proxies))
        {
            HashSet<string> reported = new(StringComparer.Ordinal);
            foreach (Statement line in proxy.Own)
            {
                if (AclView.Read(line) is not { } acl || !reported.Add(acl.Name.Text)) continue;
                if (proxy.Own.Any(other => Uses(other, acl.Name.Text))) continue;
                yield return new LintHit(acl.Name.Origin, $"ACL '{acl.Name.Text}' of {proxy.Title} is used by no rule",
                    null, Misspelling(proxy, acl.Name.Text));
            }
        }
    }

    private static bool Uses(Statement line, string name)
    {
        if (line.Condition is { } condition && condition.Terms.Any(term => term.Name == name)) return true;
        // The fetch acl(name) looks at it from anywhere in an expression.
        foreach (Word word in line.Words)
        {
            if (word.Text.Contains("acl(", StringComparison.Ordinal) && word.Text.Contains(name, StringComparison.Ordinal)) return true;
        }
        return false;
    }

    private static string? Misspelling(ProxyView proxy, string name)
    {
        IEnumerable<string> unknown = proxy.Own.SelectMany(static line => line.Condition?.Terms ?? [])
            .Select(static term => term.Name)
            .Where(other => other.Length > 0 && proxy.Acls.All(acl => acl.Name.Text != other));
        return Suggestion.Closest(name, unknown) is { } close ? $"a condition names '{close}': is that this one?" : null;
    }

    private static IEnumerable<LintHit> FindJoined(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Defaults.Concat(configuration.Proxies))
        {
            Dictionary<string, (AclView Acl, int Index)> seen = new(StringComparer.Ordinal);
            for (int index = 0; index < proxy.Own.Length; index++)
            {
                if (AclView.Read(proxy.Own[index]) is not { } acl) continue;
                if (seen.TryGetValue(acl.Name.Text, out (AclView Acl, int Index) other))
                {
                    string first = Subject(other.Acl.Criterion.Fetch);
                    string second = Subject(acl.Criterion.Fetch);
                    bool isSplit = proxy.Own.AsSpan()[(other.Index + 1)..index].ToArray().Any(line => Uses(line, acl.Name.Text));
                    if (isSplit || first != second)
                    {
                        string why = isSplit ? "after rules that use it" : $"one looks at {first}, the other at {second}";
                        yield return new LintHit(acl.Name.Origin,
                            $"ACL '{acl.Name.Text}' was declared on line {other.Acl.Name.Origin.Line} and is widened here, {why}");
                    }
                }
                seen[acl.Name.Text] = (acl, index);
            }
        }
    }

    /// <summary>What a fetch looks at; alternatives about one subject are ordinary.</summary>
    private static string Subject(string fetch)
    {
        if (fetch is "src" or "src_port" or "src_is_local") return "the client's address";
        if (fetch is "dst" or "dst_port" or "so_id" or "so_name" or "fe_id" or "fe_name") return "the listener";
        if (fetch is "always_true" or "always_false" or "env" or "var" or "acl" or "rand" or "proc") return "something";
        bool isTls = fetch.StartsWith("ssl_", StringComparison.Ordinal);
        if (isTls) return "the TLS connection";
        bool isCounter = fetch.StartsWith("sc", StringComparison.Ordinal) && fetch.Contains('_', StringComparison.Ordinal)
            || fetch.StartsWith("src_", StringComparison.Ordinal) || fetch.StartsWith("table_", StringComparison.Ordinal);
        if (isCounter) return "counters of a table";
        bool isFarm = fetch.StartsWith("nbsrv", StringComparison.Ordinal) || fetch.StartsWith("be_", StringComparison.Ordinal)
            || fetch.StartsWith("srv_", StringComparison.Ordinal) || fetch.StartsWith("queue", StringComparison.Ordinal)
            || fetch.StartsWith("avg_queue", StringComparison.Ordinal) || fetch.StartsWith("connslots", StringComparison.Ordinal);
        return isFarm ? "the state of servers" : "the request";
    }

    private static IEnumerable<LintHit> FindAlwaysTrue(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Defaults.Concat(configuration.Proxies))
        {
            foreach (Statement line in proxy.Own)
            {
                if (line.Condition is not { } condition || condition.Alternatives.Length < 2) continue;
                ConditionTerm[] negated =
                [
                    .. condition.Alternatives
                        .Where(static terms => terms.Length == 1 && terms[0].IsNegated).Select(static terms => terms[0]),
                ];
                for (int index = 1; index < negated.Length; index++)
                {
                    if (!Excludes(proxy, negated[index - 1], negated[index])) continue;
                    bool isIf = condition.Keyword.Text == "if";
                    yield return new LintHit(negated[index].At.Origin,
                        $"two negated tests of one value joined by 'or': the condition is always true, and the rule {(isIf ? "always" : "never")} applies");
                    break;
                }
            }
        }
    }

    /// <summary>Both compare one single-valued sample with patterns that have nothing in common.</summary>
    private static bool Excludes(ProxyView proxy, ConditionTerm left, ConditionTerm right)
    {
        if (CriterionOf(proxy, left) is not { } one || CriterionOf(proxy, right) is not { } two) return false;
        if (one.Sample.Text != two.Sample.Text || one.HasFile || two.HasFile) return false;
        if (one.Patterns.IsEmpty || two.Patterns.IsEmpty || !one.Operators.IsEmpty || !two.Operators.IsEmpty) return false;
        bool isExact = one.Fetch is "src" or "dst" or "src_port" or "dst_port" or "path" or "method" or "hdr" or "req.hdr" or "ssl_fc_sni" or "req.ssl_sni";
        return isExact && !one.Patterns.Select(static word => word.Text).Intersect(two.Patterns.Select(static word => word.Text)).Any();
    }

    /// <summary>Null when the ACL is unknown or has several lines.</summary>
    private static Criterion? CriterionOf(ProxyView proxy, ConditionTerm term)
    {
        if (term.Anonymous is not null) return term.Anonymous;
        AclView[] lines = [.. proxy.Acls.Where(acl => acl.Name.Text == term.Name)];
        return lines.Length == 1 ? lines[0].Criterion : null;
    }

    private static IEnumerable<LintHit> FindNegatedPatterns(ConfigurationView configuration)
    {
        foreach ((ProxyView proxy, Criterion criterion) in Criteria(configuration))
        {
            foreach (Word pattern in criterion.Patterns)
            {
                bool isRegex = criterion.Fetch.EndsWith("_reg", StringComparison.Ordinal);
                if (isRegex || pattern.Text.Length < 2 || pattern.Text[0] != '!') continue;
                yield return new LintHit(pattern.Origin,
                    $"'{pattern.Text}' in {proxy.Title} is compared with its '!': patterns cannot be negated");
            }
        }
    }

    private static IEnumerable<LintHit> FindComparisons(ConfigurationView configuration)
    {
        foreach ((ProxyView proxy, Criterion criterion) in Criteria(configuration))
        {
            bool hasLow = criterion.Operators.Any(static word => word.Text is "gt" or "ge");
            bool hasHigh = criterion.Operators.Any(static word => word.Text is "lt" or "le");
            if (!hasLow || !hasHigh) continue;
            yield return new LintHit(criterion.Operators[^1].Origin,
                $"the comparisons of '{criterion.Sample.Text}' in {proxy.Title} are alternatives, not a range");
        }
    }

    private static IEnumerable<(ProxyView Proxy, Criterion Criterion)> Criteria(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Defaults.Concat(configuration.Proxies))
        {
            foreach (Statement line in proxy.Own)
            {
                if (AclView.Read(line) is { } acl) yield return (proxy, acl.Criterion);
                foreach (ConditionTerm term in line.Condition?.Terms ?? [])
                {
                    if (term.Anonymous is { } anonymous) yield return (proxy, anonymous);
                }
            }
        }
    }
}
