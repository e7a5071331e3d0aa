using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Hawser.Tests.Architecture;

public class FolderTests
{
    // The executable's own files: Main, and the list of what the binary holds.
    private static readonly string[] s_compositionRoot = ["Program.cs", "Features.cs"];

    private static readonly string[] s_drawers =
        ["Utils", "Util", "Utilities", "Helpers", "Common", "Shared", "Infrastructure", "Misc"];

    [Fact]
    public void A_namespace_is_its_folder() => AssertNone(
        AllFiles
            .Where(file => file.Namespace is not null && file.Namespace != file.ExpectedNamespace)
            .Select(file => $"{file}: {file.Namespace}"));

    [Fact]
    public void No_type_lives_in_a_root_namespace() => AssertNone(
        SourceTree.Files("src")
            .Where(file => file.Folder.Length == 0 && file.Namespace is not null)
            .Where(file => file.Project != "Hawser" || !s_compositionRoot.Contains(file.Path))
            .Select(file => file.ToString()));

    [Fact]
    public void No_folder_is_a_drawer_for_everything() => AssertNone(
        AllFiles
            .Where(file => file.Folder.Split('/').Intersect(s_drawers, StringComparer.OrdinalIgnoreCase).Any())
            .Select(file => file.ToString()));

    [Fact]
    public void A_folder_uses_only_folders_of_a_lower_rank() =>
        AssertNone(SourceTree.Files("src").SelectMany(FolderRanks.Violations));

    [Fact]
    public void The_rules_see_the_source() => Assert.Contains(
        SourceTree.Files("src"), file => file.ToString() == "Hawser.Base/Network/NetworkAddress.cs");

    [Theory]
    [InlineData("Hawser.Base", "Bytes/A.cs", "using Hawser.Base.Network;", 1)]
    [InlineData("Hawser.Base", "Bytes/A.cs", "using X = Hawser.Base.Network.NetworkAddress;", 1)]
    [InlineData("Hawser.Base", "Bytes/A.cs", "using static Hawser.Base.Collections.B;", 1)]
    [InlineData("Hawser.Base", "Bytes/A.cs", "class A { Hawser.Base.Network.NetworkAddress B; }", 1)]
    [InlineData("Hawser.Base", "Bytes/A.cs", "using Hawser.Base.Assertions;", 0)]
    [InlineData("Hawser.Base", "Bytes/A.cs", "/// as in Hawser.Base.Network", 0)]
    [InlineData("Hawser.Base", "Network/Deep/A.cs", "using Hawser.Base.Network;\nusing Hawser.Base.Bytes;", 0)]
    [InlineData("Hawser.Base", "Drawer/A.cs", "", 1)]
    [InlineData("Hawser", "Commands/A.cs", "using Hawser.Config.Syntax;", 0)]
    public void A_use_in_the_wrong_direction_is_noticed(string project, string path, string text, int violations) =>
        Assert.Equal(violations, FolderRanks.Violations(new SourceFile(project, path, text)).Count());

    private static IEnumerable<SourceFile> AllFiles => SourceTree.Files("src").Concat(SourceTree.Files("test"));

    // Assert.Empty and Assert.Equal abbreviate what they show, and would hide the file and the folder it uses.
    private static void AssertNone(IEnumerable<string> violations)
    {
        string[] sentences = [.. violations];
        if (sentences.Length > 0) Assert.Fail(string.Join('\n', sentences));
    }
}
