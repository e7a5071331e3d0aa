using System.Linq;
using Hawser.Proxy.Connections;
using Xunit;

namespace Hawser.Tests.Proxy.Connections;

public sealed class SourcePortsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(130)]
    public void Each_port_of_a_range_is_lent_once(int count)
    {
        SourcePorts ports = new(1000, 1000 + count - 1);
        Assert.Equal(Enumerable.Range(1000, count), Enumerable.Range(0, count).Select(_ => ports.Take()));
        Assert.Equal(0, ports.Take());
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1063)]
    [InlineData(1064)]
    [InlineData(1129)]
    public void The_only_free_port_is_found(int port)
    {
        SourcePorts ports = new(1000, 1129);
        for (int i = 0; i < 130; i++)
            ports.Take();
        ports.Give(port);
        Assert.Equal(port, ports.Take());
        Assert.Equal(0, ports.Take());
    }

    [Fact]
    public void A_port_that_was_given_back_rests_while_others_are_free()
    {
        SourcePorts ports = new(1000, 1002);
        ports.Give(ports.Take());
        Assert.Equal([1001, 1002, 1000], Enumerable.Range(0, 3).Select(_ => ports.Take()));
    }

    [Fact]
    public void A_lease_is_returned_once()
    {
        SourcePorts ports = new(1000, 1001);
        SourcePortLease lease = new(ports, ports.Take());
        ports.Take();
        lease.Return();
        Assert.Equal(1000, ports.Take());
        lease.Return();
        Assert.Equal(0, ports.Take());
    }
}
