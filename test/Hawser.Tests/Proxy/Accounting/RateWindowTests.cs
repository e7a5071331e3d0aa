using Hawser.Base.Time;
using Hawser.Proxy.Accounting;
using Xunit;

namespace Hawser.Tests.Proxy.Accounting;

public sealed class RateWindowTests
{
    [Fact]
    public void A_second_counts_whole_and_then_by_what_lies_within_the_last_second()
    {
        RateWindow rate = default;
        for (int index = 0; index < 100; index++) rate.Count(new Instant(10_000));
        Assert.Equal(100, rate.Rate(new Instant(10_999)));
        Assert.Equal(75, rate.Rate(new Instant(11_250)));
        rate.Count(new Instant(11_250));
        Assert.Equal(76, rate.Rate(new Instant(11_250)));
        Assert.Equal(0, rate.Rate(new Instant(13_000)));
    }

    [Fact]
    public void Who_was_silent_for_long_begins_anew()
    {
        RateWindow rate = default;
        rate.Count(new Instant(10_000));
        rate.Count(new Instant(90_000));
        Assert.Equal(1, rate.Rate(new Instant(90_000)));
    }
}
