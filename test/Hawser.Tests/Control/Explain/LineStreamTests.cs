using System.IO;
using System.Linq;
using System.Text;
using Hawser.Control.Explain;
using Xunit;

namespace Hawser.Tests.Control.Explain;

public sealed class LineStreamTests
{
    [Fact]
    public void Lines_come_whole_and_the_last_needs_no_line_feed() =>
        Assert.Equal(["a", "", "bc"], LineStream.Read(new MemoryStream("a\n\nbc"u8.ToArray())));

    [Fact]
    public void Of_a_line_that_is_too_long_the_first_part_is_kept_and_the_next_is_whole()
    {
        byte[] input = Encoding.ASCII.GetBytes(new string('x', LineStream.MaxLineBytes + 100_000) + "\nnext\n");
        string[] lines = [.. LineStream.Read(new MemoryStream(input))];
        Assert.Equal([LineStream.MaxLineBytes, 4], lines.Select(static line => line.Length));
    }

    [Fact]
    public void A_summary_keeps_five_slowest_and_counts_all()
    {
        StreamSummary summary = new();
        Explainer explainer = new(null);
        for (int total = 1; total <= 20; total++)
        {
            string text = RecordedLines.Tcp.Replace("5007", $"{total}", System.StringComparison.Ordinal);
            summary.Add(explainer.Explain(LogLineReader.Read(text).Line!));
        }
        Assert.Equal([20L, 19L, 18L, 17L, 16L], summary.Slowest.Select(static line => line.TotalMs ?? 0));
        Assert.Equal(20, Assert.Single(summary.Causes).Count);
    }
}
