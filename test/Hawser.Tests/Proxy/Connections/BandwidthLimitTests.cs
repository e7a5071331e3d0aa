using Hawser.Base.Time;
using Hawser.Proxy.Connections;
using Xunit;

namespace Hawser.Tests.Proxy.Connections;

/// <summary>What a limit lets through, in a time that only these tests move.</summary>
public sealed class BandwidthLimitTests
{
    private static readonly Instant s_start = new(5_000);

    [Fact]
    public void A_whole_period_may_go_at_once_and_then_nothing_until_its_share_falls()
    {
        BandwidthLimit limit = Limit(1000, 1000);
        Assert.Equal(1000, BandwidthLimit.Room(limit, s_start, 5000));
        BandwidthLimit.Use(limit, s_start, 1000);
        Assert.Equal(0, BandwidthLimit.Room(limit, At(999), 5000));
        Assert.Equal(At(1010), BandwidthLimit.RoomAt(limit, At(10), 5000));
        Assert.Equal(10, BandwidthLimit.Room(limit, At(1010), 5000));
    }

    [Theory]
    [InlineData(200_000, 1000)]
    [InlineData(1_000, 1000)]
    [InlineData(7, 100)]
    [InlineData(1, 1)]
    [InlineData(5_000_000, 250)]
    public void Over_a_long_time_it_is_the_rate_that_was_asked_for_and_never_waits_in_vain(long bytes, long periodMs)
    {
        BandwidthLimit limit = Limit(bytes, periodMs);
        Instant now = s_start;
        long sent = 0;
        int steps = 0;
        while (now < At(100 * periodMs))
        {
            int room = BandwidthLimit.Room(limit, now, 16384);
            if (room > 0)
            {
                BandwidthLimit.Use(limit, now, room);
                sent += room;
                continue;
            }

            Instant next = BandwidthLimit.RoomAt(limit, now, 16384);
            Assert.True(next > now);
            Assert.True(BandwidthLimit.Room(limit, next, 16384) > 0, $"at {next.Milliseconds - s_start.Milliseconds}");
            now = next;
            steps++;
        }

        // Whole bytes and milliseconds cost limits of a few bytes a part of what they allow.
        Assert.InRange(sent, (bytes < 1000 ? 50 : 99) * bytes, 102 * bytes);
        // A hundredth of a second's worth gathers before it goes on, or as much as goes at a time.
        Assert.True(steps <= 100 * periodMs / 9 || sent / steps >= 16000 || periodMs < 10, $"{steps} waits");
    }

    [Fact]
    public void The_last_bytes_need_not_be_as_many_as_the_minimum()
    {
        BandwidthLimit limit = Limit(1000, 1000, minimum: 600);
        BandwidthLimit.Use(limit, s_start, 700);
        Assert.Equal(0, BandwidthLimit.Room(limit, s_start, 5000));
        Assert.Equal(100, BandwidthLimit.Room(limit, s_start, 100));
    }

    [Fact]
    public void Of_several_limits_the_tightest_counts()
    {
        BandwidthLimit wide = Limit(1000, 1000);
        BandwidthLimit tight = Limit(300, 1000);
        Assert.Equal(300, BandwidthLimit.Room(Chain(wide, tight), s_start, 5000));
    }

    private static BandwidthLimit Chain(BandwidthLimit first, BandwidthLimit next)
    {
        first.Next = next;
        return first;
    }

    private static BandwidthLimit Limit(long bytes, long periodMs, long minimum = 0)
    {
        BandwidthLimit limit = new();
        limit.Begin(bytes, periodMs, minimum, s_start);
        return limit;
    }

    private static Instant At(long ms) => s_start.After(new Milliseconds(ms));
}
