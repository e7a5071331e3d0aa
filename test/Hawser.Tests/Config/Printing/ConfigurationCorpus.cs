using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using Hawser.Config.Binding;
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
