using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using Hawser.Config.Binding;
using Hawser.Config.Keywords;
using Hawser.Config.Migration;
using Hawser.Config.Syntax;
using Hawser.Tests.Config.Printing;
using Xunit;

namespace Hawser.Tests.Config.Migration;

/// <summary>
/// One file is one case: a configuration, a line of dashes, the same in today's spelling, a line of dashes, the
/// changes. The end-to-end tests give the second part of each case to HAProxy.
/// </summary>
public sealed class MigratorTests
{
    private const string Separator = "-----\n";
    private const string UpdateVariable = "HAWSER_UPDATE_GOLDEN";

    public static IEnumerable<object[]> Cases =>
        Directory.EnumerateFiles(Folder(), "*.txt").Order(StringComparer.Ordinal)
            .Select(static path => new object[] { Path.GetFileNameWithoutExtension(path) });

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_becomes_what_the_case_expects(string name)
    {
        string path = Path.Combine(Folder(), name + ".txt");
        string text = File.ReadAllText(path);
        string[] parts = text.Split(Separator);
        string actual = Describe(parts[0]);
        if (Environment.GetEnvironmentVariable(UpdateVariable) is not null)
        {
            File.WriteAllText(path, parts[0] + Separator + actual);
            return;
        }
        Assert.Equal(text[(parts[0].Length + Separator.Length)..], actual);
    }

    [Fact]
    public void Every_keyword_that_HAProxy_removed_is_looked_at()
    {
        IEnumerable<string> removed = ProxyKeywordTable.Table.Rows
            .Where(static row => row.Status == KeywordStatus.Removed || row.Modern is not null)
            .Select(static row => row.Name);
        Assert.Empty(removed.Except(Migrator.Keywords));
    }

    [Fact]
    public void Migrating_twice_changes_nothing()
    {
        foreach (ConfigurationSource source in ConfigurationCorpus.All.Concat(Inputs()))
        {
            MigrationResult once = Migrator.Migrate(source.Name, source.Content);
            MigrationResult twice = Migrator.Migrate(source.Name, once.Content);
            Assert.DoesNotContain(twice.Changes, static change => change.IsDone);
            Assert.Equal(ConfigText.Decode(once.Content), ConfigText.Decode(twice.Content));
        }
    }

    [Fact]
    public void A_file_of_today_stays_byte_for_byte()
    {
        const string Text = "# x\nglobal\n\tdaemon   # y\nlisten a\n  bind :80\n  timeout  client 5s\n";
        MigrationResult result = Migrator.Migrate("f", Encoding.UTF8.GetBytes(Text));
        Assert.Empty(result.Changes);
        Assert.Equal(Text, ConfigText.Decode(result.Content));
    }

    /// <summary>What Hawser reads both ways means the same before and after.</summary>
    [Fact]
    public void The_meaning_stays()
    {
        int compared = 0;
        foreach (ConfigurationSource source in ConfigurationCorpus.Accepted)
        {
            ConfigurationEnvironment environment = new();
            if (ConfigurationReader.Read([source], environment).Model is not { } before) continue;
            // These become HTTP, which means the same to a client only, or a server.
            if (before.Proxies.Any(static proxy => proxy.Mode == Hawser.Config.Model.ProxyMode.Health
                || proxy.Dispatch is not null || proxy.GraceMs is not null)) continue;
            // Several processes become as many threads, where the reader takes one thread per core.
            if (source.Name == "nbproc.txt") continue;
            MigrationResult migrated = Migrator.Migrate(source.Name, source.Content);
            ConfigurationResult after = ConfigurationReader.Read([source with { Content = migrated.Content }], environment);
            Assert.True(after.Model is not null, source.Name);
            Assert.Equal(ModelText.Of(InSets(before)), ModelText.Of(InSets(after.Model!)));
            compared++;
        }
        Assert.True(compared > 5, $"{compared} configurations compared");
    }

    /// <summary>Rules set by set: what stands between those of one set does not matter.</summary>
    private static Hawser.Config.Model.ConfigModel InSets(Hawser.Config.Model.ConfigModel model) => model with
    {
        Proxies = [.. model.Proxies.Select(static proxy => proxy with { Rules = [.. proxy.Rules.OrderBy(static rule => rule.Set)] })],
    };

    private static IEnumerable<ConfigurationSource> Inputs() =>
        Directory.EnumerateFiles(Folder(), "*.txt").Select(static path =>
            new ConfigurationSource("f", Encoding.UTF8.GetBytes(File.ReadAllText(path).Split(Separator)[0])));

    private static string Describe(string input)
    {
        MigrationResult result = Migrator.Migrate("test.cfg", Encoding.UTF8.GetBytes(input));
        StringBuilder text = new(ConfigText.Decode(result.Content));
        text.Append(Separator);
        foreach (MigrationChange change in result.Changes)
        {
            string what = change.IsDone ? change.After.IsEmpty ? "removed" : "changed" : "left";
            text.Append($"{change.Origin.Line}:{change.Origin.Column} {what}: {change.Before} ({change.Reason})\n");
        }
        return text.ToString();
    }

    private static string Folder([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "Golden");
}
