using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Tests.Architecture;
using Xunit;

namespace Hawser.Tests.Documents;

public sealed class DocumentTests
{
    private static readonly string[] s_builtFolders = ["artifacts", "bin", "obj", ".git", "TestResults"];

    public static TheoryData<string> Examples => Below("examples", "*.cfg");

    public static TheoryData<string> Pages => Below(".", "*.md");

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_read_without_alerts_or_warnings(string path)
    {
        ConfigurationSource source = new(path, File.ReadAllBytes(Path.Combine(SourceTree.Root, path)));
        ConfigurationResult result = ConfigurationReader.Read([source], new ConfigurationEnvironment());
        string[] findings =
        [
            .. result.Diagnostics
                .Where(found => found.Severity is Severity.Alert or Severity.Warning)
                .Select(found => $"{found.Origin.Line}: {found.Message}"),
        ];
        Assert.Empty(findings);
        Assert.NotNull(result.Model);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_relative_link_leads_somewhere(string path)
    {
        string page = Path.Combine(SourceTree.Root, path);
        string[] broken =
            [.. Links(File.ReadAllText(page)).Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, link)))];
        Assert.Empty(broken);
    }

    [Fact]
    public void Every_decision_is_listed_once_and_every_listed_one_exists()
    {
        string folder = Path.Combine(SourceTree.Root, "docs", "adr");
        Assert.Equal(
            Directory.EnumerateFiles(folder, "0*.md").Select(Path.GetFileName).Order(StringComparer.Ordinal),
            Links(File.ReadAllText(Path.Combine(folder, "README.md"))).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("[a](b.md) and [c](d/e.md#part)", "b.md d/e.md")]
    [InlineData("[a](https://example.com/) [b](#here)", "")]
    [InlineData("```\n[a](b.md)\n```\n[c](d)", "d")]
    public void Links_are_found_outside_code(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Links(text)));

    /// <summary>Targets of a page's relative links, without their fragments.</summary>
    private static IEnumerable<string> Links(string text) =>
        Regex.Matches(Regex.Replace(text, "```.*?```", "", RegexOptions.Singleline), @"\]\(([^)\s]+)\)")
            .Select(match => match.Groups[1].Value)
            .Where(link => !link.Contains(':', StringComparison.Ordinal))
            .Select(link => link.Split('#')[0])
            .Where(link => link.Length > 0);

    private static TheoryData<string> Below(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(Path.Combine(SourceTree.Root, folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(SourceTree.Root, path))
            .Where(path => !path.Split('/').Intersect(s_builtFolders).Any())
            .Order(StringComparer.Ordinal)];
}
