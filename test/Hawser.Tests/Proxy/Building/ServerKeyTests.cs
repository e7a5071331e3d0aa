using System.Globalization;
using System.Linq;
using System.Text;
using Hawser.Proxy.Backends;
using Xunit;

namespace Hawser.Tests.Proxy.Building;

/// <summary>What is made of a server's address and identifiers: recorded of HAProxy 3.5-dev5, where it says where from.</summary>
public sealed class ServerKeyTests
{
    /// <summary>Found by asking HAProxy for the server of many keys: its places on the ring are midway between changes.</summary>
    [Theory]
    [InlineData("127.0.0.1:18301", 0x1000u)]
    [InlineData("127.0.0.1:18301 hash-key addr", 0x0F7A29C5u)]
    [InlineData("127.0.0.1:18302 hash-key addr", 0x0F7A29C5u)]
    [InlineData("127.0.0.2:18301 hash-key addr", 0xB2E943F6u)]
    [InlineData("127.0.0.1:18301 hash-key addr-port", 0x8F302B59u)]
    [InlineData("127.0.0.1:18302 hash-key addr-port", 0xC1FBDF80u)]
    [InlineData("[::1]:18311 hash-key addr", 0x7F2F367Eu)]
    [InlineData("[::1]:18311 hash-key addr-port", 0xC307EFECu)]
    [InlineData("/tmp/socket hash-key addr", 0x1000u)]
    [InlineData("127.0.0.1:18301 id 2 hash-key id32", 0xEE703059u)]
    [InlineData("127.0.0.1:18301 id 256 hash-key id32", 0x8F8DEFE4u)]
    [InlineData("127.0.0.1:18301 id 1000 hash-key id32", 0x4E4AF07Au)]
    [InlineData("127.0.0.1:18301 id 300000000", 0x1A300000u)]
    [InlineData("127.0.0.1:18301 guid abc hash-key guid", 0x32D153FFu)]
    [InlineData("127.0.0.1:18301 guid server-long-name-1 hash-key guid", 0xB5940370u)]
    [InlineData("127.0.0.1:18301 hash-key guid", 0x1000u)]
    public void A_servers_places_on_the_ring_begin_where_haproxys_do(string server, uint key) =>
        Assert.Equal(key.ToString("x8", CultureInfo.InvariantCulture), Built("", server).RingKey.ToString("x8", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("127.0.0.1:18001", "secret", "4b7b4cdd4712b02b")]
    [InlineData("127.0.0.1:18001", "k", "57366e9f2e20e357")]
    [InlineData("127.0.0.2:18001", "secret", "729428569d81876b")]
    [InlineData("[::1]:18001", "secret", "8f2c87271fdf3515")]
    [InlineData("127.0.0.1:18001 cookie own", "secret", "own")]
    public void A_dynamic_cookie_is_haproxys(string server, string secret, string cookie) =>
        Assert.Equal(cookie, Encoding.UTF8.GetString(Built($" cookie S insert dynamic\n dynamic-cookie-key {secret}\n", server).Cookie!));

    [Fact]
    public void A_server_has_no_dynamic_cookie_without_an_internet_address() =>
        Assert.Null(Built(" cookie S insert dynamic\n dynamic-cookie-key k\n", "/tmp/socket").Cookie);

    private static Server Built(string settings, string server)
    {
        using BuiltProxies proxies = BuiltProxies.From($"backend b\n mode http\n{settings} server s {server}");
        return proxies.Set!.Backends.Single().Servers.Single();
    }
}
