using System.Linq;
using Hawser.Base.Random;
using Xunit;

namespace Hawser.Tests.Base.Random;

public class PrngTests
{
    [Fact]
    public void The_numbers_are_those_of_the_published_algorithm()
    {
        Prng prng = Prng.FromState([1, 2, 3, 4]);
        Assert.Equal(
            [11520UL, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600],
            Enumerable.Range(0, 6).Select(_ => prng.NextUInt64()));
    }

    [Fact]
    public void A_seed_decides_all_numbers()
    {
        Prng first = new(42);
        Prng second = new(42);
        Prng third = new(43);
        ulong[] numbers = [.. Enumerable.Range(0, 100).Select(_ => first.NextUInt64())];
        Assert.Equal(numbers, Enumerable.Range(0, 100).Select(_ => second.NextUInt64()));
        Assert.NotEqual(numbers, Enumerable.Range(0, 100).Select(_ => third.NextUInt64()));
        Assert.Equal(100, numbers.Distinct().Count());
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(6u)]
    [InlineData(10u)]
    public void Bounded_numbers_reach_every_value_about_equally_often(uint bound)
    {
        Prng prng = new(7);
        int[] counts = new int[bound];
        for (int turn = 0; turn < 60_000; turn++) counts[prng.NextBelow(bound)]++;
        double expected = 60_000.0 / bound;
        Assert.All(counts, count => Assert.InRange(count, expected * 0.95, expected * 1.05));
    }

    [Fact]
    public void A_bound_beyond_half_the_range_is_respected()
    {
        Prng prng = new(1);
        Assert.All(Enumerable.Range(0, 10_000), _ => Assert.True(prng.NextBelow(0xC0000001) < 0xC0000001));
    }
}
