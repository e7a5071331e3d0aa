using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Hawser.CommandLine;
using Hawser.Commands;
using Xunit;

namespace Hawser.Tests.CommandLine;

public sealed class VersionTextTests
{
    [Fact]
    public void The_upstream_suite_finds_version_and_target()
    {
        // run-regtests.sh: grep -E 'HA-?Proxy version|TARGET.*=' | sed 's/.* [:=] //'; then cut -d " " -f 3
        string[] lines = VersionText.Long().Split('\n')
            .Where(line => Regex.IsMatch(line, "HA-?Proxy version|TARGET.*="))
            .Select(line => Regex.Replace(line, ".* [:=] ", ""))
            .ToArray();
        Assert.Equal(2, lines.Length);
        Assert.Equal(ProductVersion.Full, lines[0].Split(' ')[2]);
        Assert.Equal("linux-glibc", lines[1]);
    }

    [Fact]
    public void The_version_is_that_of_the_build()
    {
        System.Version? version = typeof(ProductVersion).Assembly.GetName().Version;
        Assert.Equal(ProductVersion.Own, version?.ToString(3));
    }

    [Fact]
    public void The_feature_list_names_what_works_and_what_does_not()
    {
        string line = VersionText.Long().Split('\n').Single(line => line.StartsWith("Feature list :"));
        Assert.Contains(" +THREAD ", line);
        Assert.Contains(" +EPOLL ", line);
        Assert.Contains(" -OPENSSL ", line);
        Assert.Contains(" -LUA ", line);
    }

    [Fact]
    public void The_usage_lists_every_switch_that_has_a_help_line()
    {
        string usage = UsageText.Create();
        foreach (SwitchRow row in SwitchTable.Rows.Where(row => row.Help is not null))
        {
            string line = usage.Split('\n').Single(line => line.Trim().Split(' ', '[')[0] == row.Name);
            Assert.EndsWith(row.Help!, line);
        }
    }
}
