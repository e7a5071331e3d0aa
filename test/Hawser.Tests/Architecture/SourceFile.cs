using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Hawser.Tests.Architecture;

/// <summary>One file of C#, as far as the rules about folders need it.</summary>
/// <param name="Project">For example <c>Hawser.Proxy</c>.</param>
/// <param name="Path">Below the project's folder, with forward slashes.</param>
/// <param name="Text">The whole file.</param>
internal sealed record SourceFile(string Project, string Path, string Text)
{
    /// <summary>Empty for a file beside the project file.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    public string TopFolder => Folder.Split('/')[0];

    public string ExpectedNamespace => Folder.Length == 0 ? Project : $"{Project}.{Folder.Replace('/', '.')}";

    /// <summary>Null in a file without a type, such as one of assembly attributes.</summary>
    public string? Namespace
    {
        get
        {
            Match match = Regex.Match(Text, @"^namespace\s+([\w.]+)", RegexOptions.Multiline);
            return match.Success ? match.Groups[1].Value : null;
        }
    }

    /// <summary>The other top folders of the same project that this file names, in a using line or in full.</summary>
    public IEnumerable<string> UsedFolders
    {
        get
        {
            string code = string.Join('\n', Text.Split('\n').Where(line => !IsAside(line)));
            return Regex.Matches(code, $@"\b{Regex.Escape(Project)}\.([A-Z]\w*)")
                .Select(match => match.Groups[1].Value)
                .Where(folder => folder != TopFolder && IsFolder(folder))
                .Distinct();
        }
    }

    public override string ToString() => $"{Project}/{Path}";

    private static bool IsAside(string line) =>
        line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        || line.StartsWith("namespace ", StringComparison.Ordinal);

    // "Hawser.Config" in the executable project Hawser names another project, not a folder of this one.
    private bool IsFolder(string name) => !Directory.Exists(
        System.IO.Path.Combine(SourceTree.Root, "src", $"{Project}.{name}"));
}
