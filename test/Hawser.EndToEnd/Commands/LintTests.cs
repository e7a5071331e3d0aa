using System;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Commands;

/// <summary>lint and check on the published binary: exit statuses, formats, and that HAProxy is silent about the hazard.</summary>
public sealed class LintTests : IDisposable
{
    private const string Hazard = """
        defaults
            mode tcp
            timeout connect 5s
            timeout client 30s
            timeout server 10s
        listen database
            bind 127.0.0.1:1
            server one 127.0.0.1:2

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("hawser-e2e-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Lint_ends_with_1_for_a_hazard_0_for_none_and_2_for_what_it_cannot_read()
    {
        if (Skipped.Because(nameof(Lint_ends_with_1_for_a_hazard_0_for_none_and_2_for_what_it_cannot_read), ("hawser", Binaries.Hawser)))
            return;
        ToolRun hazard = await Run("lint", Write("a.cfg", Hazard));
        Assert.Equal(1, hazard.Status);
        Assert.Contains(":5:20: warning HL101: ", hazard.Output, StringComparison.Ordinal);
        Assert.Contains("window of 20 s", hazard.Output, StringComparison.Ordinal);
        string mended = Hazard.Replace("10s", "30s", StringComparison.Ordinal);
        Assert.Equal(0, (await Run("lint", Write("b.cfg", mended))).Status);
        Assert.Equal(2, (await Run("lint", Write("c.cfg", mended + "\"\n"))).Status);
        Assert.Equal(2, (await Run("lint", Path.Combine(_folder, "none.cfg"))).Status);
        Assert.Equal(2, (await Run("lint", "--format", "xml", Path.Combine(_folder, "a.cfg"))).Status);
        Assert.Equal(0, (await Run("lint", "--rules")).Status);
    }

    [Fact]
    public async Task Check_ends_as_minus_c_does_and_speaks_json_and_sarif()
    {
        if (Skipped.Because(nameof(Check_ends_as_minus_c_does_and_speaks_json_and_sarif), ("hawser", Binaries.Hawser)))
            return;
        string good = Write("a.cfg", Hazard);
        Assert.Equal(0, (await Run("check", good)).Status);
        string bad = Write("b.cfg", Hazard.Replace("server one", "sever one", StringComparison.Ordinal));
        ToolRun json = await Run("check", "--format", "json", bad);
        Assert.Equal(1, json.Status);
        using JsonDocument document = JsonDocument.Parse(json.Output);
        Assert.Equal("HWS2001", document.RootElement.GetProperty("findings")[0].GetProperty("code").GetString());
        ToolRun sarif = await Run("check", "--format", "sarif", bad);
        using JsonDocument log = JsonDocument.Parse(sarif.Output);
        Assert.Equal("2.1.0", log.RootElement.GetProperty("version").GetString());
        Assert.Equal(1, (await Run("-c", "-f", bad)).Status);
    }

    [Fact]
    public async Task HAProxy_says_nothing_about_the_window_in_which_data_is_lost()
    {
        if (Skipped.Because(nameof(HAProxy_says_nothing_about_the_window_in_which_data_is_lost), ("haproxy", Binaries.Haproxy)))
            return;
        ToolRun run = await ToolRun.Of(Binaries.Haproxy!, ["-c", "-dD", "-f", Write("a.cfg", Hazard)]);
        Assert.Equal(0, run.Status);
        Assert.DoesNotContain("timeout", run.Output + run.Error, StringComparison.Ordinal);
    }

    private static Task<ToolRun> Run(params string[] arguments) => ToolRun.Of(Binaries.Hawser!, arguments);

    private string Write(string name, string text)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }
}
