using System.Linq;
using Hawser.Config.Model;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Balancing;
using Xunit;

namespace Hawser.Tests.Proxy.Balancing;

/// <summary>"hash-preserve-affinity" (manual, section 4.2).</summary>
public sealed class HashAffinityTests
{
    private static readonly BalanceKey s_key = new(12345, HasKey: true);

    [Fact]
    public void A_full_server_keeps_its_keys_by_default()
    {
        Farm farm = Full(HashAffinity.Always, maximumSessions: 1);
        Server first = farm.Open(s_key)!;
        Assert.Same(first, farm.Get(s_key));
    }

    [Fact]
    public void With_maxconn_a_full_server_is_passed_over()
    {
        Farm farm = Full(HashAffinity.MaxConnections, maximumSessions: 1);
        Server first = farm.Open(s_key)!;
        Server second = farm.Open(s_key)!;
        Server third = farm.Open(s_key)!;
        Assert.Equal(3, new[] { first, second, third }.Distinct().Count());
    }

    [Fact]
    public void A_server_without_a_limit_is_never_passed_over()
    {
        Farm farm = Full(HashAffinity.MaxConnections, maximumSessions: 0);
        Server first = farm.Open(s_key)!;
        Assert.Same(first, farm.Open(s_key));
    }

    [Fact]
    public void With_maxqueue_a_server_without_a_limited_queue_keeps_its_keys()
    {
        Farm farm = Full(HashAffinity.MaxQueue, maximumSessions: 1);
        Server first = farm.Open(s_key)!;
        Assert.Same(first, farm.Get(s_key));
    }

    private static Farm Full(HashAffinity affinity, int maximumSessions)
    {
        Server[] servers = [.. Enumerable.Range(1, 3).Select(number => Limited(number, maximumSessions))];
        return new Farm(new ConsistentHash(0, affinity), servers);
    }

    private static Server Limited(int number, int maximumSessions)
    {
        Server server = new($"{number}", number, number - 1) { MaximumSessions = maximumSessions };
        if (maximumSessions > 0) server.SessionLimit = maximumSessions;
        return server;
    }
}
