using Hawser.Proxy.Streams;
using Xunit;

namespace Hawser.Tests.Proxy;

public sealed class TurnShareTests
{
    [Theory]
    [InlineData(0, 8)]
    [InlineData(-1024, 64)]
    [InlineData(1024, 1)]
    [InlineData(-341, 16)]
    [InlineData(341, 4)]
    public void A_lower_nice_gets_more_of_a_turn(int nice, int reads) => Assert.Equal(reads, TurnShare.ReadsFor(nice));
}
