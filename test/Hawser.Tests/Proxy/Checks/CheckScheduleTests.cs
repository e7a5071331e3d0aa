using Hawser.Base.Random;
using Hawser.Config.Model;
using Hawser.Proxy.Checks;
using Xunit;

namespace Hawser.Tests.Proxy.Checks;

/// <summary>The manual's table of "inter", "fastinter" and "downinter" (section 5.2).</summary>
public sealed class CheckScheduleTests
{
    private readonly CheckSchedule _schedule =
        new(new CheckConfig { InterMs = 400, FastInterMs = 100, DownInterMs = 700 }, spreadPercent: 0, new Prng(1));

    [Theory]
    [InlineData("", false, true, 100)]
    [InlineData("+++", true, false, 400)]
    [InlineData("---", false, false, 700)]
    [InlineData("+++-", true, false, 100)]
    [InlineData("---+", false, false, 100)]
    public void The_interval_follows_the_health(string results, bool isServerUp, bool isUnchecked, int expectedMs) =>
        Assert.Equal(expectedMs, _schedule.IntervalMs(Health(results), isServerUp, isUnchecked));

    /// <summary>A server that starts up counts from the bottom: it is not down for that.</summary>
    [Fact]
    public void A_server_that_is_up_is_not_checked_as_one_that_is_down() =>
        Assert.Equal(100, _schedule.IntervalMs(Health(""), isServerUp: true, isUnchecked: false));

    private static RiseFall Health(string results)
    {
        RiseFall health = new(rise: 2, fall: 3, InitState.None);
        foreach (char result in results)
            _ = result == '+' ? health.Succeed() : health.Fail();
        return health;
    }
}
