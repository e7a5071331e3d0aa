using Hawser.Io.Sockets;
using Hawser.Proxy.Backends;
using Xunit;

namespace Hawser.Tests.Proxy.Building;

public sealed class ServerBuilderTests
{
    // HAProxy 3.5 starts with each of these, and connects to the address that is written.
    [Theory]
    [InlineData("none")]
    [InlineData("last")]
    [InlineData("127.0.0.9")]
    public void Init_addr_is_about_names_only(string steps)
    {
        using BuiltProxies built = BuiltProxies.From($"backend b\n server s 127.0.0.1:5 init-addr {steps}");
        Server server = built.Set!.Backends[0].Servers[0];
        Assert.False(server.IsInMaintenance);
        Assert.Equal("127.0.0.1:5", SocketAddresses.ToNetworkAddress(server.Address, unixListenerId: 0).ToString());
    }

    [Fact]
    public void An_unknown_name_to_show_servers_is_not_taken_for_the_clients_address()
    {
        using BuiltProxies built = BuiltProxies.From("backend b\n server s 127.0.0.1:5 source 0.0.0.0 usesrc nobody");
        Assert.Null(built.Set);
        Assert.Equal(
            "config : [dir/test.cfg:6] : 'usesrc nobody' : invalid address: 'nobody' in 'nobody'.",
            Assert.Single(built.Findings.Items).Message);
    }
}
