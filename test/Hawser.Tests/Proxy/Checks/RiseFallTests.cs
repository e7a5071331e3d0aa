using CsCheck;
using Hawser.Config.Model;
using Hawser.Proxy.Checks;
using Xunit;

namespace Hawser.Tests.Proxy.Checks;

public sealed class RiseFallTests
{
    /// <summary>Recorded from HAProxy 3.5-dev5 with "option log-health-checks", rise 3, fall 3.</summary>
    [Theory]
    [InlineData(InitState.None, "+++", "3/3 UP")]
    [InlineData(InitState.None, "+", "1/3 DOWN")]
    [InlineData(InitState.None, "++", "2/3 DOWN")]
    [InlineData(InitState.None, "-", "0/3 DOWN")]
    [InlineData(InitState.Up, "+", "3/3 UP")]
    [InlineData(InitState.Up, "-", "0/3 DOWN")]
    [InlineData(InitState.Up, "", "1/3 UP")]
    [InlineData(InitState.Down, "+", "3/3 UP")]
    [InlineData(InitState.Down, "", "2/3 DOWN")]
    [InlineData(InitState.Down, "-", "0/3 DOWN")]
    [InlineData(InitState.FullyUp, "-", "2/3 UP")]
    [InlineData(InitState.FullyUp, "--", "1/3 UP")]
    [InlineData(InitState.FullyUp, "--+", "3/3 UP")]
    [InlineData(InitState.FullyUp, "---", "0/3 DOWN")]
    [InlineData(InitState.FullyDown, "+", "1/3 DOWN")]
    [InlineData(InitState.FullyDown, "+++", "3/3 UP")]
    public void The_count_reads_as_in_HAProxy(InitState initial, string results, string shown)
    {
        RiseFall health = new(3, 3, initial);
        foreach (char result in results)
            _ = result == '+' ? health.Succeed() : health.Fail();

        Assert.Equal(shown, health.ToString());
    }

    [Fact]
    public void A_server_changes_sides_after_exactly_rise_or_fall_results_in_a_row() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6], Gen.Bool.Array[0, 60]).Sample((rise, fall, results) =>
        {
            RiseFall health = new(rise, fall, InitState.FullyUp);
            bool isUp = true;
            int against = 0;
            foreach (bool result in results)
            {
                int before = health.Health;
                bool moved = result ? health.Succeed() : health.Fail();
                if (moved != (health.Health != before))
                    return false;
                against = result == isUp ? 0 : against + 1;
                if (against == (isUp ? fall : rise))
                {
                    isUp = !isUp;
                    against = 0;
                }

                if (health.IsUp != isUp || health.Health < 0 || health.Health > rise + fall - 1)
                    return false;
            }

            return true;
        });
}
