using Hawser.Proxy.Accounting;
using Xunit;

namespace Hawser.Tests.Proxy.Accounting;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Classes_follow_one_another_without_a_gap_and_a_value_is_known_to_a_quarter()
    {
        int last = -1;
        for (long value = 0; value < 200_000; value++)
        {
            int index = LatencyHistogram.ClassOf(value);
            Assert.True(index == last || index == last + 1, $"{value} is in class {index}, after {last}");
            long longest = LatencyHistogram.LongestOf(index);
            Assert.InRange(longest, value, value + (value / 4));
            last = index;
        }
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(0, 0)]
    [InlineData(7, 7)]
    [InlineData(8, 8)]
    [InlineData(long.MaxValue, LatencyHistogram.Classes - 1)]
    public void Any_value_has_a_class(long value, int index) => Assert.Equal(index, LatencyHistogram.ClassOf(value));

    [Fact]
    public void A_percentile_is_the_duration_that_so_many_did_not_exceed()
    {
        LatencyHistogram histogram = new();
        for (int value = 1; value <= 100; value++) histogram.Add(value);
        Assert.Equal(-1, LatencyHistogram.Percentile(new long[LatencyHistogram.Classes], 50));
        Assert.InRange(LatencyHistogram.Percentile(histogram.Counts, 50), 50, 62);
        Assert.InRange(LatencyHistogram.Percentile(histogram.Counts, 99), 99, 123);
        Assert.Equal(1, LatencyHistogram.Percentile(histogram.Counts, 0));
        Assert.InRange(LatencyHistogram.Percentile(histogram.Counts, 100), 100, 125);
    }

    [Fact]
    public void Latencies_of_loops_are_summed_and_cleared()
    {
        TrafficCounters[] counters = TrafficCounters.PerLoop(2);
        counters[0].Latency.Add(5);
        counters[1].Latency.Add(5);
        Assert.Equal(2, TrafficCounters.SumOfLatencies(counters).Counts[5]);
        counters[1].Clear();
        Assert.Equal(1, TrafficCounters.SumOfLatencies(counters).Counts[5]);
    }
}
