using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint;
using Hawser.Config.Lint.Rules;
using Xunit;

namespace Hawser.Tests.Config.Lint;

/// <summary>
/// One file per rule: a configuration with the hazard, a line of dashes, the same without it or with what looks like
/// it, a line of dashes, and what the rule says about the first, one finding a line: <c>line:column message</c>.
/// </summary>
public sealed class LintRuleTests
{
    private const string Separator = "-----\n";

    /// <summary>Set to rewrite the expectations from what the rules say today; read the difference before a commit.</summary>
    private const string UpdateVariable = "HAWSER_UPDATE_GOLDEN";

    public static TheoryData<string> RuleIds => [.. LintCatalog.Rules.Select(static rule => rule.Id)];

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void A_rule_finds_its_hazard_at_the_word_and_is_silent_without_it(string id)
    {
        string path = Path.Combine(Folder(), id + ".txt");
        string[] parts = File.ReadAllText(path).Split(Separator);
        string found = Describe(id, parts[0]);
        if (Environment.GetEnvironmentVariable(UpdateVariable) is not null)
            File.WriteAllText(path, parts[0] + Separator + parts[1] + Separator + found);
        else
            Assert.Equal(parts[2], found);
        Assert.NotEmpty(found);
        Assert.Equal("", Describe(id, parts[1]));
    }

    [Fact]
    public void Every_case_belongs_to_a_rule_and_ids_are_unique()
    {
        string[] ids = [.. LintCatalog.Rules.Select(static rule => rule.Id)];
        Assert.Equal(ids, ids.Distinct());
        Assert.Equal(LintCatalog.Rules.Length, LintCatalog.Rules.Select(static rule => rule.Name).Distinct().Count());
        Assert.Equal(ids, Directory.EnumerateFiles(Folder(), "*.txt").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_rule_says_why_what_it_costs_and_what_to_write()
    {
        foreach (LintRule rule in LintCatalog.Rules)
        {
            Assert.EndsWith(".", rule.Reason, StringComparison.Ordinal);
            Assert.False(rule.Consequence.EndsWith('.') || rule.Fix.EndsWith('.'), rule.Id);
            Assert.True(rule.Severity is Severity.Warning or Severity.Notice, rule.Id);
        }
    }

    private static string Describe(string id, string configuration)
    {
        ConfigurationSource source = new("test.cfg", Encoding.UTF8.GetBytes(configuration));
        LintResult result = Linter.Lint([source], new ConfigurationEnvironment(), LintCatalog.Rules);
        Assert.Empty(result.Unreadable);
        StringBuilder text = new();
        foreach (Diagnostic finding in result.Findings.Where(finding => finding.Code == id))
        {
            Assert.NotNull(finding.Consequence);
            Assert.NotNull(finding.Hint);
            text.Append($"{finding.Origin.Line}:{finding.Origin.Column} {finding.Message}; {finding.Consequence}\n");
        }
        return text.ToString();
    }

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "Cases");
}
