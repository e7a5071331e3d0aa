using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Syntax;
using Hawser.Tests.Architecture;

namespace Hawser.Tests.Config.Printing;

/// <summary>Every configuration in the repository: the reader's golden files and the examples.</summary>
internal static class ConfigurationCorpus
{
    private const string Separator = "\n-----\n";

    public static IEnumerable<ConfigurationSource> All =>
        Golden().Concat(Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "examples"), "*.cfg")
            .Order(StringComparer.Ordinal)
            .Select(static path => new ConfigurationSource(Path.GetFileName(path), File.ReadAllBytes(path))));

    /// <summary>The same without the lines that the reader refuses.</summary>
    public static IEnumerable<ConfigurationSource> Accepted => All.Select(WithoutRefusedLines);

    private static ConfigurationSource WithoutRefusedLines(ConfigurationSource source)
    {
        const int Rounds = 20;
        for (int round = 0; round < Rounds; round++)
        {
            HashSet<int> refused =
            [
                .. ConfigurationReader.Read([source], new ConfigurationEnvironment()).Diagnostics
                    .Where(static item => item.Severity == Severity.Alert && item.Origin.IsKnown)
                    .Select(static item => item.Origin.Line),
            ];
            if (refused.Count == 0) break;
            string[] lines = ConfigText.Decode(source.Content.Span).Split('\n');
            source = source with
            {
                // An empty line in its place keeps the numbers of the others.
                Content = ConfigText.Encode(string.Join('\n', lines.Select(
                    (line, index) => refused.Contains(index + 1) ? "" : line)) + (lines[^1].Length > 0 ? "\n" : "")),
            };
        }
        return source;
    }

    private static IEnumerable<ConfigurationSource> Golden([CallerFilePath] string path = "")
    {
        string folder = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(path)!)!, "Golden");
        foreach (string file in Directory.EnumerateFiles(folder, "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string text = File.ReadAllText(file);
            int cut = text.IndexOf(Separator, StringComparison.Ordinal);
            if (cut >= 0) yield return new ConfigurationSource(Path.GetFileName(file), Encoding.UTF8.GetBytes(text[..(cut + 1)]));
        }
    }
}
