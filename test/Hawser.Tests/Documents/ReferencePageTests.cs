using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Hawser.Expressions.Compilation;
using Hawser.Proxy.Actions;
using Hawser.Proxy.Fetches;
using Xunit;

namespace Hawser.Tests.Documents;

/// <summary>docs/reference is written from the rows; HAWSER_UPDATE_GOLDEN=1 writes it again.</summary>
public sealed class ReferencePageTests
{
    [Fact]
    public void The_page_of_expressions_is_what_the_rows_say()
    {
        string path = Path.Combine(Repository(), "docs", "reference", "expressions.md");
        string page = Page();
        if (Environment.GetEnvironmentVariable("HAWSER_UPDATE_GOLDEN") is { Length: > 0 })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, page);
        }

        Assert.True(File.Exists(path), path);
        Assert.Equal(page, File.ReadAllText(path));
    }

    private static string Page()
    {
        Vocabulary vocabulary = SessionVocabulary.All;
        FetchRow[] fetches = [.. vocabulary.Fetches.All.OrderBy(row => row.Name, StringComparer.Ordinal)];
        ConverterRow[] converters = [.. vocabulary.Converters.All.OrderBy(row => row.Name, StringComparer.Ordinal)];
        ActionRow[] actions = [.. ActionTable.All.OrderBy(row => row.Name, StringComparer.Ordinal)];
        string[] missingFetches = Missing(KnownNames.Fetches(), fetches.Select(row => row.Name));
        string[] missingConverters = Missing(KnownNames.Converters(), converters.Select(row => row.Name));
        ActionRow[] missingActions = [.. actions.Where(row => row.Parse is null)];

        StringBuilder text = new();
        Line(text, "# Expressions");
        Line(text, "");
        Line(text, "Written from the rows of the program by a test; do not edit. Types and places are explained in HAProxy's manual, sections 7.1 to 7.3.");
        Line(text, "");
        Line(text, "| | implemented | known, not implemented yet |");
        Line(text, "|---|---:|---:|");
        Line(text, $"| fetch methods | {fetches.Length} | {missingFetches.Length} |");
        Line(text, $"| converters | {converters.Length} | {missingConverters.Length} |");
        Line(text, $"| actions of layer 4 | {actions.Length - missingActions.Length} | {missingActions.Length} |");
        Line(text, "");
        Line(text, "## Fetch methods");
        Line(text, "");
        Line(text, "| name | arguments | type | places | since | |");
        Line(text, "|---|---|---|---|---|---|");
        foreach (FetchRow row in fetches)
            Line(text, $"| `{row.Name}` | {Arguments(row.Signature)} | {row.Type} | {row.Contexts} | {Since(row.Since)} | {row.Description} |");
        Line(text, "");
        foreach (IGrouping<string, string> names in missingFetches.GroupBy(KnownNames.WhatIsMissing).OrderBy(names => names.Key, StringComparer.Ordinal))
            Line(text, $"- Not implemented yet, {names.Key} ({names.Count()}): " + string.Join(", ", names.Select(name => $"`{name}`")) + ".");
        Line(text, "");
        Line(text, "## Converters");
        Line(text, "");
        Line(text, "| name | arguments | input | output | since | |");
        Line(text, "|---|---|---|---|---|---|");
        foreach (ConverterRow row in converters)
            Line(text, $"| `{row.Name}` | {Arguments(row.Signature)} | {row.Input} | {row.Output} | {Since(row.Since)} | {row.Description} |");
        Line(text, "");
        foreach (IGrouping<string, string> names in missingConverters.GroupBy(KnownNames.WhatIsMissing).OrderBy(names => names.Key, StringComparer.Ordinal))
            Line(text, $"- Not implemented yet, {names.Key} ({names.Count()}): " + string.Join(", ", names.Select(name => $"`{name}`")) + ".");
        Line(text, "");
        Line(text, "## Actions of layer 4");
        Line(text, "");
        Line(text, "| action | rule sets | |");
        Line(text, "|---|---|---|");
        foreach (ActionRow row in actions)
            Line(text, $"| `{row.Syntax.Replace("|", "\\|", StringComparison.Ordinal)}` | {row.Sets} | {(row.Parse is null ? "not implemented yet" : row.Description)} |");
        return text.ToString();
    }

    private static string[] Missing(IEnumerable<string> known, IEnumerable<string> implemented) =>
        [.. known.Where(name => !name.Contains('<', StringComparison.Ordinal)).Except(implemented).Order(StringComparer.Ordinal)];

    private static string Arguments(ArgumentSignature signature) => string.Join(
        ", ", signature.Types.Select((type, index) => index < signature.Minimum ? $"{type}" : $"[{type}]"));

    private static string Since(string version) => version.Length == 0 ? "Hawser" : version;

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hawser.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("not in the repository");
    }
}
