using Hawser.Base.Random;
using static Hawser.Simulation.Scenarios.CommonScenarios;

namespace Hawser.Simulation.Scenarios;

/// <summary>PROXY headers, and two proxies in one world.</summary>
internal static class ChainScenarios
{
    public static Scenario ProxyProtocol(Prng random) => new()
    {
        Name = "proxy-protocol",
        Servers = 2,
        ArrivalGapUs = 3000 + (int)random.NextBelow(10_000),
        Actors = new ActorMix { PlainPercent = 60, ClientsSendHeader = true, ServersFlap = random.NextChance(1, 2) },
        Configurations =
        [
            $"""
            defaults
                mode tcp
                {LogPlace}
                option redispatch
                timeout connect 1s
                timeout client 8s
                timeout server 6s
                timeout client-hs {500 + random.NextBelow(3000)}ms
            listen in
                bind 10.200.0.1:80 accept-proxy
                server s1 10.100.0.1:8000 {Pick(random, "", "send-proxy", "send-proxy-v2")} {Pick(random, "", "check inter 700ms")}
                server s2 10.100.0.2:8000 {Pick(random, "", "send-proxy", "send-proxy-v2")}
            """,
        ],
    };

    /// <summary>The first proxy's servers are the second one and a server of its own.</summary>
    public static Scenario Chain(Prng random)
    {
        string version = Pick(random, "send-proxy", "send-proxy-v2");
        return new Scenario
        {
            Name = "chain",
            Servers = 3,
            ArrivalGapUs = 3000 + (int)random.NextBelow(10_000),
            Actors = new ActorMix { PlainPercent = 60, ServersFlap = random.NextChance(1, 2), BulkPercent = 5, BulkBytes = 400_000 },
            Configurations =
            [
                $"""
                global
                    nbthread {1 + random.NextBelow(2)}
                defaults
                    mode tcp
                    {LogPlace}
                    option redispatch
                    timeout connect 1s
                    timeout client {3 + random.NextBelow(8)}s
                    timeout server {3 + random.NextBelow(8)}s
                listen outer
                    bind 10.200.0.1:80
                    server inner1 10.200.0.2:81 {version}
                    server inner2 10.200.0.2:82 {version} check inter 1s
                    server s1 10.100.0.1:8000
                """,
                $"""
                defaults
                    mode tcp
                    {LogPlace}
                    option redispatch
                    timeout connect 1s
                    timeout client {3 + random.NextBelow(8)}s
                    timeout server {3 + random.NextBelow(8)}s
                    {Pick(random, "", "on-timeout reset", "on-timeout drain 3s")}
                listen inner
                    bind 10.200.0.2:81 accept-proxy
                    bind 10.200.0.2:82 accept-proxy
                    balance leastconn
                    server s2 10.100.0.2:8000 check inter 800ms
                    server s3 10.100.0.3:8000 maxconn 10
                """,
            ],
        };
    }
}
