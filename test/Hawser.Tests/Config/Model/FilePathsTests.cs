using System.Collections.Generic;
using System.Linq;
using System.Text;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Xunit;

namespace Hawser.Tests.Config.Model;

/// <summary>"default-path": each directive counts from its line on, through the files as they were read.</summary>
public sealed class FilePathsTests
{
    [Theory]
    [InlineData("", "etc/a.cfg", 9, "list")]
    [InlineData("default-path current", "etc/a.cfg", 9, "list")]
    [InlineData("default-path config", "etc/a.cfg", 9, "etc/list")]
    [InlineData("default-path config", "b.cfg", 9, "list")]
    [InlineData("default-path parent", "etc/a.cfg", 9, "etc/../list")]
    [InlineData("default-path parent", "b.cfg", 9, "../list")]
    [InlineData("default-path origin /srv", "etc/a.cfg", 9, "/srv/list")]
    [InlineData("default-path origin /srv", "b.cfg", 1, "/srv/list")]
    [InlineData("default-path origin /srv", "etc/a.cfg", 1, "list")]
    [InlineData("default-path origin /srv\n default-path config", "b.cfg", 1, "list")]
    public void A_relative_name_starts_where_the_directive_says(string directive, string file, int line, string expected)
    {
        ConfigModel model = Read(("etc/a.cfg", $"global\n {directive}\n"), ("b.cfg", "global\n")).Model!;
        Assert.Equal(expected, model.Paths.Resolve("list", new Origin(file, line, 1)));
    }

    [Fact]
    public void An_absolute_name_stays() => Assert.Equal(
        "/list",
        Read(("a.cfg", "global\n default-path origin /srv\n")).Model!.Paths.Resolve("/list", new Origin("a.cfg", 5, 1)));

    [Fact]
    public void An_origin_that_is_no_directory_is_refused() => Assert.Contains(
        "couldn't set 'default-path' to origin '/nowhere'",
        Assert.Single(Read(("a.cfg", "global\n default-path origin /nowhere\n")).Diagnostics).Message);

    private static ConfigurationResult Read(params (string Name, string Text)[] files)
    {
        IReadOnlyList<ConfigurationSource> sources =
            [.. files.Select(static file => new ConfigurationSource(file.Name, Encoding.UTF8.GetBytes(file.Text)))];
        ConfigurationEnvironment environment = new() { DirectoryExists = static path => path != "/nowhere" };
        return ConfigurationReader.Read(sources, environment);
    }
}
