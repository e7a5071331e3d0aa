using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Views;

namespace Hawser.Config.Lint.Rules;

/// <summary>Rules that no request reaches, and targets that no rule names.</summary>
internal static class RuleOrderRules
{
    private static readonly string[] s_final =
        ["allow", "accept", "deny", "reject", "tarpit", "redirect", "return", "auth", "use-service", "silent-drop"];

    public static IEnumerable<LintRule> Rows =>
    [
        new("HL401", "dead-rule", Severity.Warning,
            "An earlier rule of the same list ends the evaluation and has no condition: this one is never reached.",
            "0 requests reach the rule; what it was to refuse or change passes untouched",
            "move the unconditional rule to the end, or give it a condition",
            FindDeadRules),
        new("HL402", "use-backend-after-unconditional", Severity.Warning,
            "A 'use_backend' without condition takes every request: later ones and 'default_backend' are never used.",
            "0 requests reach the backends named behind it",
            "make the unconditional one the 'default_backend'",
            FindDeadTargets),
        new("HL403", "shadowed-rule", Severity.Warning,
            "An earlier rule of the same list ends the evaluation whenever this rule's condition holds.",
            "0 requests reach the rule",
            "remove it, or put the narrower condition first",
            FindShadowed),
        new("HL417", "unused-backend", Severity.Notice,
            "No rule sends anything to the backend, and no other section speaks of it.",
            "0 requests; its checks go on loading the servers",
            "remove it, or name it in a 'use_backend'",
            FindUnusedBackends),
        new("HL419", "no-default-backend", Severity.Notice,
            "A frontend chooses backends by conditions only and has no 'default_backend'.",
            "what matches no condition gets a 503 (http) or is closed (tcp) and counts as an error of the proxy",
            "add a 'default_backend', or a final 'http-request deny'",
            FindMissingDefault),
    ];

    private static IEnumerable<LintHit> FindDeadRules(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Proxies)
        {
            foreach ((string list, Statement[] rules) in Lists(proxy))
            {
                int end = Array.FindIndex(rules, static rule => rule.Condition is null && IsFinal(rule));
                for (int index = end + 1; end >= 0 && index < rules.Length; index++)
                {
                    yield return new LintHit(rules[index].Origin,
                        $"this '{list}' rule of {proxy.Title} is never reached: line {rules[end].Origin.Line} ends the list without a condition");
                }
            }
        }
    }

    private static IEnumerable<LintHit> FindDeadTargets(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Frontends)
        {
            Statement? all = null;
            foreach (Statement rule in proxy.Lines("use_backend"))
            {
                if (all is null)
                {
                    // A computed name that leads nowhere falls through to the next rule.
                    bool isPlain = !rule.Text(1).Contains('%', StringComparison.Ordinal);
                    if (rule.Condition is null && isPlain) all = rule;
                    continue;
                }
                yield return Unreached(rule, all, rule.Text(1), proxy);
            }
            if (all is not null && proxy.Setting("default_backend") is { } fallback && fallback.Text(1) != all.Text(1)
                && proxy.Own.Contains(fallback))
            {
                yield return Unreached(fallback, all, fallback.Text(1), proxy);
            }
        }
    }

    private static LintHit Unreached(Statement rule, Statement all, string backend, ProxyView proxy) =>
        new(rule.Origin,
            $"'{rule.Text(0)} {backend}' of {proxy.Title} is never used: 'use_backend {all.Text(1)}' on line {all.Origin.Line} has no condition");

    private static IEnumerable<LintHit> FindShadowed(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Proxies)
        {
            foreach ((string list, Statement[] rules) in Lists(proxy).Append(("use_backend", [.. proxy.Lines("use_backend")])))
            {
                foreach (LintHit hit in FindShadowed(list, rules)) yield return hit;
            }
        }
    }

    /// <summary>Only as far as no rule in between changes what the conditions look at.</summary>
    private static IEnumerable<LintHit> FindShadowed(string list, Statement[] rules)
    {
        List<Statement> earlier = [];
        foreach (Statement rule in rules)
        {
            bool isFinal = list == "use_backend" ? !rule.Text(1).Contains('%', StringComparison.Ordinal) : IsFinal(rule);
            Statement? shadow = rule.Condition is null ? null : earlier.Find(other => Covers(other.Condition!, rule.Condition));
            if (shadow is not null)
            {
                yield return new LintHit(rule.Condition!.Keyword.Origin,
                    $"this '{list}' rule is never reached: whenever its condition holds, line {shadow.Origin.Line} was taken before");
            }
            if (!isFinal) earlier.Clear();
            else if (rule.Condition is not null) earlier.Add(rule);
        }
    }

    /// <summary>Each alternative of the narrower condition contains one of the wider condition's.</summary>
    private static bool Covers(Condition wide, Condition narrow)
    {
        if (wide.Text == narrow.Text) return true;
        if (wide.Keyword.Text != "if" || narrow.Keyword.Text != "if") return false;
        return narrow.Alternatives.All(one => wide.Alternatives.Any(other => other.Length > 0 && Contains(one, other)));
    }

    private static bool Contains(ImmutableArray<ConditionTerm> narrow, ImmutableArray<ConditionTerm> wide) =>
        wide.All(term => narrow.Any(other => Key(other) == Key(term)));

    private static string Key(ConditionTerm term)
    {
        string test = term.Anonymous is { } anonymous
            ? string.Join(' ', anonymous.Words.Select(static word => word.Text))
            : term.Name;
        return $"{term.IsNegated} {test}";
    }

    /// <summary>The lists of rules that are evaluated in order until a final action.</summary>
    private static IEnumerable<(string Name, Statement[] Rules)> Lists(ProxyView proxy)
    {
        foreach (string name in (string[])["http-request", "http-response", "http-after-response"])
            yield return (name, [.. proxy.Lines(name)]);
        foreach (string phase in (string[])["connection", "session", "content"])
            yield return ($"tcp-request {phase}", [.. proxy.Lines("tcp-request", phase)]);
        yield return ("tcp-response content", [.. proxy.Lines("tcp-response", "content")]);
    }

    private static bool IsFinal(Statement rule)
    {
        string action = rule.Text(rule.Text(0).StartsWith("tcp-", StringComparison.Ordinal) ? 2 : 1);
        return s_final.Contains(action) && rule.IndexOf("ignore-empty") < 0;
    }

    private static IEnumerable<LintHit> FindUnusedBackends(ConfigurationView configuration)
    {
        if (configuration.HasDynamicTargets) yield break;
        foreach (ProxyView proxy in configuration.Proxies.Where(static proxy => proxy.Keyword == "backend"))
        {
            if (proxy.Servers.IsEmpty || proxy.Mode is not ("tcp" or "http")) continue;
            if (configuration.SourcesOf(proxy).Count > 0 || IsMentioned(configuration, proxy)) continue;
            yield return new LintHit(proxy.Name.Origin, $"no rule sends anything to {proxy.Title}");
        }
    }

    /// <summary>Another section may use its table, track its servers or count them.</summary>
    private static bool IsMentioned(ConfigurationView configuration, ProxyView proxy)
    {
        string name = proxy.Name.Text;
        foreach (SectionView section in configuration.Sections)
        {
            if (section.Header.Length > 1 && section.Header[1].Origin == proxy.Name.Origin) continue;
            foreach (Statement line in section.Lines)
            {
                if (line.Joined(0).Contains(name, StringComparison.Ordinal)) return true;
            }
        }
        return false;
    }

    private static IEnumerable<LintHit> FindMissingDefault(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Proxies.Where(static proxy => proxy.Keyword == "frontend"))
        {
            if (proxy.Mode is not ("tcp" or "http") || proxy.Setting("default_backend") is not null) continue;
            Statement[] rules = [.. proxy.Lines("use_backend")];
            bool isDecided = rules.Length == 0
                || rules.Any(static rule => rule.Condition is null)
                || Lists(proxy).Any(static list => list.Rules.Any(static rule => rule.Condition is null && IsFinal(rule)))
                || proxy.Lines("redirect").Any(static line => line.Condition is null);
            if (isDecided) continue;
            yield return new LintHit(proxy.Name.Origin, $"{proxy.Title} has conditional 'use_backend' rules and no 'default_backend'");
        }
    }
}
