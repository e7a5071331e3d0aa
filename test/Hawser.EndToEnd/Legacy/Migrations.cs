using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Hawser.EndToEnd.Commands;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Legacy;

/// <summary>Files of older releases that HAProxy refuses today are accepted by it once they were migrated.</summary>
public sealed class Migrations
{
    private const string Separator = "-----\n";

    /// <summary>Lines that need a person: these cases show that they stay, not that they are accepted.</summary>
    private static readonly string[] s_unfinished = ["left", "rule-stages"];

    /// <summary>Those without HTTP are accepted by Hawser too.</summary>
    private static readonly string[] s_layer4 = ["article", "legacy-example", "addresses"];

    public static IEnumerable<object[]> Cases => Directory.EnumerateFiles(Golden(), "*.txt")
        .Select(static path => new object[] { Path.GetFileNameWithoutExtension(path) });

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_migrated_file_is_accepted(string name)
    {
        if (Skipped.Because(nameof(A_migrated_file_is_accepted), ("hawser", Binaries.Hawser), ("haproxy", Binaries.Haproxy)))
            return;
        string text = await File.ReadAllTextAsync(Path.Combine(Golden(), name + ".txt"));
        await Check(text.Split(Separator)[0], !s_unfinished.Contains(name), s_layer4.Contains(name));
    }

    [Fact]
    public async Task The_article_migrates_and_both_accept_it_and_what_is_in_effect()
    {
        if (Skipped.Because(nameof(The_article_migrates_and_both_accept_it_and_what_is_in_effect),
            ("hawser", Binaries.Hawser), ("haproxy", Binaries.Haproxy)))
            return;
        string article = await File.ReadAllTextAsync(
            Beside("Hawser.EndToEnd", "Configurations", "original-haproxy.cfg"));
        string migrated = await Check(article, isComplete: true, isLayer4: true);
        using TemporaryFile file = new(migrated);
        ToolRun effective = await ToolRun.Of(Binaries.Hawser!, ["show-config", file.Path]);
        Assert.Equal(0, effective.Status);
        using TemporaryFile shown = new(effective.Output);
        await Accepts(Binaries.Haproxy!, shown.Path);
        await Accepts(Binaries.Hawser!, shown.Path);
        using TemporaryFile formatted = new((await ToolRun.Of(Binaries.Hawser!, ["fmt", file.Path])).Output);
        await Accepts(Binaries.Haproxy!, formatted.Path);
        Assert.Equal(0, (await ToolRun.Of(Binaries.Hawser!, ["fmt", "--check", formatted.Path])).Status);
        Assert.Equal(1, (await ToolRun.Of(Binaries.Hawser!, ["fmt", "--check", file.Path])).Status);
        await ToolRun.Of(Binaries.Hawser!, ["fmt", "-w", file.Path]);
        Assert.Equal(await File.ReadAllTextAsync(formatted.Path), await File.ReadAllTextAsync(file.Path));
    }

    private static async Task<string> Check(string input, bool isComplete, bool isLayer4)
    {
        using TemporaryFile before = new(input);
        ToolRun run = await ToolRun.Of(Binaries.Hawser!, ["migrate", before.Path]);
        Assert.Equal(isComplete ? 0 : 1, run.Status);
        Assert.Contains("changes, ", run.Error, StringComparison.Ordinal);
        if (!isComplete) return run.Output;
        using TemporaryFile after = new(run.Output);
        await Accepts(Binaries.Haproxy!, after.Path);
        if (isLayer4) await Accepts(Binaries.Hawser!, after.Path);
        return run.Output;
    }

    private static async Task Accepts(string program, string path)
    {
        ToolRun run = await ToolRun.Of(program, ["-c", "-f", path]);
        Assert.True(run.Status == 0, $"{program}: {run.Error}");
        Assert.DoesNotContain("[ALERT]", run.Error, StringComparison.Ordinal);
    }

    private static string Golden() => Beside("Hawser.Tests", "Config", "Migration", "Golden");

    /// <summary>A folder among the test projects.</summary>
    private static string Beside(params string[] parts) => Path.Combine([Tests(), .. parts]);

    private static string Tests([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(string content)
        {
            Path = System.IO.Path.GetTempFileName();
            File.WriteAllText(Path, content);
        }

        public string Path { get; }

        public void Dispose() => File.Delete(Path);
    }
}
