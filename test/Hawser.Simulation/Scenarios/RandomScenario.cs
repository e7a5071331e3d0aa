using System.Text;
using Hawser.Base.Random;
using static Hawser.Simulation.Scenarios.CommonScenarios;

namespace Hawser.Simulation.Scenarios;

/// <summary>Any configuration that the data plane knows, drawn option by option.</summary>
internal static class RandomScenario
{
    public static Scenario Make(Prng random)
    {
        int servers = 1 + (int)random.NextBelow(6);
        int backends = 1 + (int)random.NextBelow(2);
        StringBuilder text = new();
        text.Append($"""
            global
                nbthread {1 + random.NextBelow(4)}
                {Maybe(random, 4, $"maxconn {10 + random.NextBelow(100)}")}
                {Maybe(random, 4, $"tune.buffers.limit {4 + random.NextBelow(20)}")}
                {Maybe(random, 4, $"tune.bufsize {1024 << (int)random.NextBelow(5)}")}
                {Maybe(random, 4, "nosplice")}
                {Maybe(random, 4, $"maxpipes {1 + random.NextBelow(4)}")}
                {Maybe(random, 4, "spread-checks 30")}
            defaults
                mode tcp
                {LogPlace}
                retries {random.NextBelow(5)}
                {Pick(random, "option redispatch", "no option redispatch", "option redispatch 1", "option redispatch -1")}
                timeout connect {200 + random.NextBelow(3000)}ms
                timeout client {1000 + random.NextBelow(12_000)}ms
                timeout server {1000 + random.NextBelow(12_000)}ms
                {Maybe(random, 2, $"timeout queue {200 + random.NextBelow(5000)}ms")}
                {Maybe(random, 4, $"timeout client-fin {200 + random.NextBelow(5000)}ms")}
                {Maybe(random, 4, $"timeout server-fin {200 + random.NextBelow(5000)}ms")}
                {Maybe(random, 6, $"timeout tunnel {2000 + random.NextBelow(9000)}ms")}
                {Maybe(random, 2, Pick(random, "on-timeout close", "on-timeout reset", $"on-timeout drain {300 + random.NextBelow(5000)}ms"))}
                {Maybe(random, 5, "option nolinger")}
                {Maybe(random, 5, "option independent-streams")}
                {Maybe(random, 3, "option splice-auto")}
                {Maybe(random, 5, "option persist")}
                {Maybe(random, 4, "option log-health-checks")}

            """);
        text.Append('\n');
        for (int i = 1; i <= backends; i++)
            Append(random, text, i, servers);
        return new Scenario
        {
            Name = "random",
            Servers = servers * backends,
            ArrivalGapUs = 1000 + (int)random.NextBelow(20_000),
            Actors = new ActorMix
            {
                PlainPercent = 20 + random.NextBelow(70),
                ServersFlap = random.NextChance(2, 3),
                FlapEveryMs = 500 + (int)random.NextBelow(8000),
                BulkPercent = random.NextChance(1, 3) ? 10U : 0,
                BulkBytes = 500_000,
            },
            Configurations = [text.ToString()],
        };
    }

    private static void Append(Prng random, StringBuilder text, int number, int servers)
    {
        string balance = Pick(random, "roundrobin", "leastconn", "static-rr", "first", "random", "random(3)", "source");
        text.Append($"""
            frontend in{number}
                bind 10.200.0.{number}:80 {Maybe(random, 4, $"maxconn {5 + random.NextBelow(40)}")} {Maybe(random, 4, "shards by-thread")}
                {Maybe(random, 4, $"maxconn {5 + random.NextBelow(80)}")}
                {Maybe(random, 6, $"rate-limit sessions {50 + random.NextBelow(300)}")}
                default_backend out{number}
            backend out{number}
                balance {balance}
                {(balance == "source" ? Maybe(random, 2, "hash-type consistent") : "")}
                {Maybe(random, 4, $"fullconn {5 + random.NextBelow(60)}")}
                {Maybe(random, 3, "option allbackups")}
            """);
        text.Append('\n');
        for (int i = 1; i <= servers; i++)
        {
            text.Append($"    server s{i} 10.100.0.{(number - 1) * servers + i}:8000 weight {random.NextBelow(9) + (i == 1 ? 1U : 0)}");
            if (random.NextChance(1, 3))
                text.Append($" maxconn {1 + random.NextBelow(10)}{Maybe(random, 3, " minconn 1")}{Maybe(random, 3, $" maxqueue {1 + random.NextBelow(10)}")}");
            if (random.NextChance(1, 2))
            {
                text.Append($" check inter {200 + random.NextBelow(2000)}ms rise {1 + random.NextBelow(3)} fall {1 + random.NextBelow(3)}");
                text.Append(Maybe(random, 3, $" fastinter {100 + random.NextBelow(400)}ms")).Append(Maybe(random, 3, " slowstart 3s"));
                text.Append(Maybe(random, 3, " on-marked-down shutdown-sessions")).Append(Maybe(random, 4, " observe layer4 error-limit 2 on-error mark-down"));
            }

            text.Append(i > 1 ? Maybe(random, 5, " backup") : "").Append(i > 1 ? Maybe(random, 8, " disabled") : "").Append('\n');
        }
    }

    private static string Maybe(Prng random, uint oneIn, string text) => random.NextBelow(oneIn) == 0 ? text : "";
}
