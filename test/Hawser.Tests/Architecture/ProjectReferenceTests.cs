using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Xunit;

namespace Hawser.Tests.Architecture;

public class ProjectReferenceTests
{
    // The layers: each project and what it may see. Config, Protocols and Io never see one another.
    private static readonly Dictionary<string, string[]> s_layers = new()
    {
        ["Hawser.Base"] = [],
        ["Hawser.Config"] = ["Hawser.Base"],
        ["Hawser.Protocols"] = ["Hawser.Base"],
        ["Hawser.Io"] = ["Hawser.Base"],
        ["Hawser.Expressions"] = ["Hawser.Base", "Hawser.Config"],
        ["Hawser.Proxy"] =
            ["Hawser.Base", "Hawser.Config", "Hawser.Protocols", "Hawser.Io", "Hawser.Expressions"],
        ["Hawser.Control"] =
            ["Hawser.Base", "Hawser.Config", "Hawser.Protocols", "Hawser.Io", "Hawser.Expressions", "Hawser.Proxy"],
        ["Hawser"] =
        [
            "Hawser.Base", "Hawser.Config", "Hawser.Protocols", "Hawser.Io", "Hawser.Expressions", "Hawser.Proxy",
            "Hawser.Control",
        ],
    };

    public static TheoryData<string> Projects =>
        [.. SourceTree.Projects("src").Select(project => Path.GetRelativePath(SourceTree.Root, project))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_sees_exactly_its_layers(string projectFile)
    {
        string name = Path.GetFileNameWithoutExtension(projectFile);
        Assert.True(s_layers.ContainsKey(name), $"{name} has no place among the layers");
        Assert.Equal(
            s_layers[name].Order(StringComparer.Ordinal),
            References(projectFile, "ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')))
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_product_has_no_packages(string projectFile) =>
        Assert.Empty(References(projectFile, "PackageReference"));

    [Fact]
    public void Every_layer_exists() => Assert.Equal(
        s_layers.Keys.Order(StringComparer.Ordinal),
        SourceTree.Projects("src").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    private static IEnumerable<string> References(string projectFile, string kind) =>
        XDocument.Load(Path.Combine(SourceTree.Root, projectFile)).Descendants(kind).Select(element => element.Attribute("Include")!.Value);
}
