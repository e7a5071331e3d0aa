using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint;
using Hawser.Config.Lint.Rules;
using Hawser.Tests.Architecture;
using Xunit;

namespace Hawser.Tests.Documents;

/// <summary>Pages that are made from tables of the source, behind a comment that says so.</summary>
public sealed class ReferenceTests
{
    private const string Mark = "; a test compares -->\n\n";

    /// <summary>Set to rewrite the pages from the tables of today; read the difference before a commit.</summary>
    private const string UpdateVariable = "HAWSER_UPDATE_GOLDEN";

    private static IEnumerable<string> CodesInTheSource =>
        typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static constant => (string)constant.GetValue(null)!);

    [Fact]
    public void The_page_of_codes_is_that_of_the_catalogue() => Compare(DiagnosticCatalog.Page, DiagnosticReference.Markdown());

    [Fact]
    public void The_page_of_rules_is_that_of_the_rules() => Compare(LintReference.Page, LintReference.Markdown());

    [Fact]
    public void Every_code_is_written_about_and_nothing_else_is() =>
        Assert.Equal(CodesInTheSource.Order(StringComparer.Ordinal), DiagnosticCatalog.Rows.Select(static row => row.Code).Order(StringComparer.Ordinal));

    [Fact]
    public void A_code_stands_once_in_the_source_and_is_reported_somewhere()
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src"), "*.cs", SearchOption.AllDirectories)
                .Where(static path => !path.EndsWith("DiagnosticCatalog.cs", StringComparison.Ordinal)).Select(File.ReadAllText),
        ];
        foreach (FieldInfo field in typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            string code = (string)field.GetValue(null)!;
            Assert.True(files.Sum(text => text.Split($"\"{code}\"").Length - 1) == 1, $"{code} is written more than once");
            Assert.True(files.Any(text => text.Contains($"DiagnosticCodes.{field.Name}", StringComparison.Ordinal)), $"{code} is never reported");
        }
    }

    /// <summary>Names only: a configuration of HAProxy's tree and the rules that are right about it.</summary>
    [Fact]
    public void The_waivers_name_rules_that_exist()
    {
        string[] lines =
        [
            .. File.ReadLines(Path.Combine(SourceTree.Root, "docs", "lint-waivers.txt"))
                .Where(static line => line.Length > 0 && !line.StartsWith('#')),
        ];
        Assert.NotEmpty(lines);
        foreach (string line in lines)
        {
            string[] words = line.Split(' ');
            Assert.All(words[1..], static id => Assert.NotNull(LintCatalog.Find(id)));
            Assert.NotEmpty(words[1..]);
        }
        Assert.Equal(lines.Select(static line => line.Split(' ')[0]).Order(StringComparer.Ordinal), lines.Select(static line => line.Split(' ')[0]));
    }

    private static void Compare(string page, string made)
    {
        string path = Path.Combine(SourceTree.Root, page);
        string text = File.ReadAllText(path);
        int cut = text.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        Assert.True(cut > Mark.Length, $"{page} has no mark");
        if (Environment.GetEnvironmentVariable(UpdateVariable) is not null) File.WriteAllText(path, text[..cut] + made);
        else Assert.Equal(made, text[cut..]);
    }
}
