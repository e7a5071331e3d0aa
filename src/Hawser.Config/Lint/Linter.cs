using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Rules;
using Hawser.Config.Lint.Views;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint;

/// <summary>
/// <c>hawser lint</c>: reads files as HAProxy would, conditions and variables included, and applies the rules to the
/// lines that count. Works on words, so that what Hawser cannot run yet is looked at as well.
/// </summary>
public static class Linter
{
    /// <summary>Never throws on any input.</summary>
    public static LintResult Lint(
        IReadOnlyList<ConfigurationSource> sources, ConfigurationEnvironment environment, ImmutableArray<LintRule> rules)
    {
        ConfigurationViewBuilder builder = new();
        ConfigurationResult read = ConfigurationReader.Read(sources, environment, builder.Add);
        ConfigurationView configuration = builder.Build();
        WaiverReader waivers = new(configuration);
        SourceTexts texts = new();
        Dictionary<string, int> order = new(StringComparer.Ordinal);
        foreach (ConfigurationSource source in sources)
        {
            order.TryAdd(source.Name, order.Count);
            texts.Add(source.Name, source.Content);
            foreach (LineText line in LineSplitter.Split(source.Name, source.Content)) waivers.Add(line);
            waivers.EndFile();
        }

        List<Diagnostic> found = Apply(rules, configuration);
        int all = found.Count;
        found.RemoveAll(finding => IsWaived(finding, waivers.Waivers));
        int waived = all - found.Count;
        found.AddRange(waivers.Findings);
        found.AddRange(UnusedWaivers(waivers.Waivers, rules));
        Diagnostic[] sorted =
        [
            .. found.OrderBy(finding => order.GetValueOrDefault(finding.Origin.File))
                .ThenBy(static finding => finding.Origin.Line).ThenBy(static finding => finding.Origin.Column)
                .ThenBy(static finding => finding.Code, StringComparer.Ordinal)
                .Select(finding => finding with { SourceLine = texts.LineAt(finding.Origin) }),
        ];
        Diagnostic[] unreadable = [.. read.Diagnostics.Where(static item => item.Severity == Severity.Alert && IsAboutText(item.Code))];
        int alerts = read.Diagnostics.Count(static item => item.Severity == Severity.Alert) - unreadable.Length;
        return new LintResult(sorted, unreadable, waived, alerts);
    }

    /// <summary>One finding per rule and place: what defaults cause in many sections is said once.</summary>
    private static List<Diagnostic> Apply(ImmutableArray<LintRule> rules, ConfigurationView configuration)
    {
        List<Diagnostic> found = [];
        Dictionary<(string Rule, Origin At), (int Index, int Others)> places = [];
        foreach (LintRule rule in rules)
        {
            foreach (LintHit hit in rule.Check?.Invoke(configuration) ?? [])
            {
                if (places.TryGetValue((rule.Id, hit.At), out (int Index, int Others) place))
                {
                    places[(rule.Id, hit.At)] = (place.Index, place.Others + 1);
                    continue;
                }
                places[(rule.Id, hit.At)] = (found.Count, 0);
                found.Add(new Diagnostic(rule.Id, rule.Severity, hit.At, hit.Message, hit.Fix ?? rule.Fix)
                {
                    Consequence = hit.Consequence ?? rule.Consequence,
                    IsParsing = false,
                });
            }
        }
        foreach ((int index, int others) in places.Values)
        {
            if (others > 0) found[index] = found[index] with { Message = $"{found[index].Message} (and {others} more like it from this line)" };
        }
        return found;
    }

    private static bool IsWaived(Diagnostic finding, IReadOnlyList<Waiver> waivers)
    {
        bool isWaived = false;
        // No short cut: each waiver that covers the finding is of use.
        foreach (Waiver waiver in waivers) isWaived |= waiver.Covers(finding);
        return isWaived;
    }

    private static IEnumerable<Diagnostic> UnusedWaivers(IReadOnlyList<Waiver> waivers, ImmutableArray<LintRule> rules)
    {
        LintRule unused = WaiverRules.Unused;
        foreach (Waiver waiver in waivers)
        {
            foreach (string id in waiver.Unused)
            {
                if (rules.All(rule => rule.Id != id)) continue;
                yield return new Diagnostic(unused.Id, unused.Severity, waiver.At, $"{id} finds nothing here", unused.Fix)
                {
                    Consequence = unused.Consequence,
                    IsParsing = false,
                };
            }
        }
    }

    private static bool IsAboutText(string code) => code is DiagnosticCodes.BadText or DiagnosticCodes.BadDirective or DiagnosticCodes.BadCondition;
}
