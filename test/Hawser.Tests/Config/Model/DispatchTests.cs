using System.Linq;
using Hawser.Config.Model;
using Hawser.Tests.Proxy.Building;
using Xunit;

namespace Hawser.Tests.Config.Model;

/// <summary>"dispatch" of 1.0 to 3.4 becomes what HAProxy 3.5 says to write instead of it.</summary>
public sealed class DispatchTests
{
    private const string Head =
        "defaults\n timeout client 1s\n timeout server 1s\n timeout connect 1s\nbackend b\n dispatch 127.0.0.1:80\n";

    [Fact]
    public void It_is_a_server_and_the_others_have_no_weight()
    {
        ProxyConfig proxy = BuiltProxies.Read(Head + " server s1 127.0.0.1:81\n").Proxies.Single();
        Assert.Equal(["dispatch", "s1"], proxy.Servers.Select(static server => server.Name));
        Assert.Equal([1, 0], proxy.Servers.Select(static server => server.Weight));
        Assert.Equal("127.0.0.1:80", proxy.Servers[0].Address.Text);
    }

    [Fact]
    public void With_balance_it_is_ignored_as_in_2_6()
    {
        ProxyConfig proxy = BuiltProxies.Read(Head + " balance roundrobin\n server s1 127.0.0.1:81\n").Proxies.Single();
        Assert.Equal("s1", Assert.Single(proxy.Servers).Name);
        Assert.Equal(1, proxy.Servers[0].Weight);
    }
}
