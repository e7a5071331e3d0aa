using Hawser.Proxy.Backends;
using Hawser.Proxy.Balancing;
using Xunit;

namespace Hawser.Tests.Proxy.Balancing;

public sealed class FirstTests
{
    [Fact]
    public void The_order_is_that_of_the_identifiers_and_not_of_the_lines()
    {
        Server[] servers = [Farm.NewServer(1, 1, maximumSessions: 1, id: 30), Farm.NewServer(2, 1, maximumSessions: 1, id: 10), Farm.NewServer(3, 1, id: 20)];
        Farm farm = new(new First(), servers);
        Assert.Same(servers[1], farm.Open(default));
        Assert.Same(servers[2], farm.Open(default));
    }
}
