using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Hawser.Tests.Architecture;

/// <summary>The checkout that this test assembly was built from.</summary>
internal static class SourceTree
{
    private static readonly string[] s_builtFolders = ["bin", "obj", "artifacts"];

    public static string Root { get; } = FindRoot();

    /// <summary>The project files below <c>src</c> or <c>test</c>, each in a folder of its name.</summary>
    public static IReadOnlyList<string> Projects(string area) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, area), "*.csproj", SearchOption.AllDirectories)
            .Where(IsSource)
            .Order(StringComparer.Ordinal)];

    public static IReadOnlyList<SourceFile> Files(string area) =>
        [.. Projects(area).SelectMany(project => FilesOf(Path.GetDirectoryName(project)!))];

    private static IEnumerable<SourceFile> FilesOf(string projectFolder) =>
        Directory.EnumerateFiles(projectFolder, "*.cs", SearchOption.AllDirectories)
            .Where(IsSource)
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(
                Path.GetFileName(projectFolder),
                Path.GetRelativePath(projectFolder, path).Replace('\\', '/'),
                File.ReadAllText(path)));

    private static bool IsSource(string path) =>
        !Path.GetRelativePath(Root, path).Split('/', '\\').Any(part => s_builtFolders.Contains(part));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Hawser.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException($"no Hawser.slnx above {AppContext.BaseDirectory}");
    }
}
