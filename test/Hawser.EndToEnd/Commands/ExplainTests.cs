using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Commands;

/// <summary>The command on the published binary; what it says is the business of the golden files.</summary>
public sealed class ExplainTests
{
    private const string Line =
        "haproxy[7]: 10.0.1.2:33313 [06/Feb/2009:12:12:51.443] fnt bck/srv1 0/1/10003 0 sD 1/1/0/0/0 0/0 lost=0/6000";

    [Fact]
    public async Task A_line_is_put_into_words_without_colours()
    {
        if (Skipped.Because(nameof(A_line_is_put_into_words_without_colours), ("hawser", Binaries.Hawser))) return;
        ToolRun run = await ToolRun.Of(Binaries.Hawser!, ["explain", Line]);
        Assert.Equal(0, run.Status);
        Assert.Contains("6000 bytes from the server", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
        ToolRun coloured = await ToolRun.Of(Binaries.Hawser!, ["explain", "--color", "always", .. Line.Split(' ')]);
        Assert.Contains('\u001b', coloured.Output);
    }

    [Fact]
    public async Task Standard_input_ends_with_a_summary_in_both_formats()
    {
        if (Skipped.Because(nameof(Standard_input_ends_with_a_summary_in_both_formats), ("hawser", Binaries.Hawser)))
            return;
        string input = $"{Line}\nnonsense\n{Line}";
        ToolRun text = await ToolRun.Of(Binaries.Hawser!, ["explain"], input);
        Assert.Equal(0, text.Status);
        Assert.Contains("3 lines, 1 could not be read", text.Output, StringComparison.Ordinal);
        ToolRun json = await ToolRun.Of(Binaries.Hawser!, ["explain", "--format", "json"], input);
        string[] lines = json.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        using JsonDocument summary = JsonDocument.Parse(lines.Last());
        Assert.Equal(12000, summary.RootElement.GetProperty("summary").GetProperty("bytes_lost").GetInt64());
    }

    [Fact]
    public async Task What_is_no_log_line_ends_with_status_1_and_a_sentence()
    {
        if (Skipped.Because(nameof(What_is_no_log_line_ends_with_status_1_and_a_sentence), ("hawser", Binaries.Hawser)))
            return;
        ToolRun run = await ToolRun.Of(Binaries.Hawser!, ["explain", "hello"]);
        Assert.Equal(1, run.Status);
        Assert.Contains("no date in brackets", run.Error, StringComparison.Ordinal);
    }
}
