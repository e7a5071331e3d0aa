using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;

namespace Hawser.Tests.Config;

/// <summary>What a program makes of a configuration.</summary>
public enum Verdict
{
    Ok,
    Warn,
    Refuse,
}

/// <summary>One line of a corpus file: a configuration and what two releases of HAProxy make of it.</summary>
/// <param name="Old">HAProxy 2.6's verdict.</param>
/// <param name="New">HAProxy 3.5's verdict.</param>
/// <param name="Divergence">The key in docs/divergences.md, or empty.</param>
/// <param name="Line">What stands in the file, for messages.</param>
public sealed record CorpusCase(Verdict Old, Verdict New, string Divergence, string Line, string Configuration);

/// <summary>
/// A file of <c>Corpus</c>: a template, a line of dashes, then one case a line: <c>2.6 3.5 [~key] | text</c>. The text
/// replaces the <c>@</c> of the template; <c> // </c> in it starts a new line. <c>record.py</c> fills the verdicts in.
/// </summary>
public static class CorpusFile
{
    private const string Separator = "\n-----\n";
    private const string LineBreak = " // ";
    private const char KeyMark = '~';

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder(), "*.txt").Select(static path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal);

    public static IReadOnlyList<CorpusCase> Read(string name)
    {
        string text = File.ReadAllText(Path.Combine(Folder(), name));
        int cut = text.IndexOf(Separator, StringComparison.Ordinal);
        string template = text[..(cut + 1)];
        return text[(cut + Separator.Length)..].Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Parse(template, line)).ToArray();
    }

    private static CorpusCase Parse(string template, string line)
    {
        int bar = line.IndexOf('|', StringComparison.Ordinal);
        string[] head = line[..bar].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string key = head.Length > 2 ? head[2].TrimStart(KeyMark) : "";
        return new CorpusCase(Read(head, 0), Read(head, 1), key, line, Fill(template, line[(bar + 1)..].TrimStart()));
    }

    private static Verdict Read(string[] head, int index) => Enum.Parse<Verdict>(head[index], ignoreCase: true);

    private static string Fill(string template, string text)
    {
        StringBuilder configuration = new();
        foreach (string line in template.TrimEnd('\n').Split('\n'))
        {
            bool isAlone = line.Trim() == "@";
            string[] parts = isAlone ? text.Split(LineBreak) : [text];
            foreach (string part in line.Contains('@', StringComparison.Ordinal) ? parts : [""])
                configuration.Append(line.Replace("@", part, StringComparison.Ordinal)).Append('\n');
        }
        return configuration.ToString();
    }

    private static string Folder([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "Corpus");
}
