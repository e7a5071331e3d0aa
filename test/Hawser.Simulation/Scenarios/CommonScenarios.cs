using Hawser.Base.Random;

namespace Hawser.Simulation.Scenarios;

/// <summary>What every proxy does: good and bad clients and servers, timeouts, large transfers.</summary>
internal static class CommonScenarios
{
    /// <summary>No fault and nobody misbehaves: every session must end without a flag.</summary>
    public static Scenario Calm(Prng random) => new()
    {
        Name = "calm",
        IsCalm = true,
        Servers = 2,
        Actors = new ActorMix { HasOddActors = false },
        Configurations =
        [
            $"""
            global
                nbthread {1 + random.NextBelow(3)}
            defaults
                mode tcp
                {LogPlace}
                timeout connect 2s
                timeout client 10s
                timeout server 8s
            listen in
                bind 10.200.0.1:80
                server s1 10.100.0.1:8000
                server s2 10.100.0.2:8000
            """,
        ],
    };

    public static Scenario Mixed(Prng random) => new()
    {
        Name = "mixed",
        Servers = 3,
        ArrivalGapUs = 1000 + (int)random.NextBelow(20_000),
        Actors = new ActorMix { PlainPercent = random.NextBelow(90), ServersFlap = random.NextChance(1, 2) },
        Configurations =
        [
            $"""
            global
                nbthread {1 + random.NextBelow(2)}
            defaults
                mode tcp
                {LogPlace}
                retries {random.NextBelow(4)}
                {Pick(random, "option redispatch", "no option redispatch")}
                timeout connect {1 + random.NextBelow(3)}s
                timeout client {2 + random.NextBelow(20)}s
                timeout server {2 + random.NextBelow(20)}s
            frontend in
                bind 10.200.0.1:80
                bind 10.200.0.1:81
                default_backend out
            backend out
                balance {Pick(random, "roundrobin", "leastconn", "static-rr", "first", "random", "source")}
                server s1 10.100.0.1:8000 weight 10
                server s2 10.100.0.2:8000 weight 20
                server s3 10.100.0.3:8000 {Pick(random, "backup", "weight 1")}
            """,
        ],
    };

    public static Scenario Timeouts(Prng random) => new()
    {
        Name = "timeouts",
        Servers = 2,
        ArrivalGapUs = 5000 + (int)random.NextBelow(20_000),
        Actors = new ActorMix { PlainPercent = 20, ServersFlap = random.NextChance(1, 2), BulkPercent = 10, BulkBytes = 300_000 },
        Configurations =
        [
            $"""
            defaults
                mode tcp
                {LogPlace}
                timeout connect {200 + random.NextBelow(3000)}ms
                timeout client {500 + random.NextBelow(8000)}ms
                timeout server {500 + random.NextBelow(8000)}ms
                {Pick(random, "", $"timeout client-fin {100 + random.NextBelow(3000)}ms")}
                {Pick(random, "", $"timeout server-fin {100 + random.NextBelow(3000)}ms")}
                {Pick(random, "", "", $"timeout tunnel {1000 + random.NextBelow(9000)}ms")}
                {Pick(random, "on-timeout close", "on-timeout reset", $"on-timeout drain {500 + random.NextBelow(8000)}ms")}
                {Pick(random, "", "", "option nolinger")}
                {Pick(random, "", "", "option independent-streams")}
            listen in
                bind 10.200.0.1:80
                server s1 10.100.0.1:8000
                server s2 10.100.0.2:8000
            """,
        ],
    };

    /// <summary>Transfers that fill every buffer, copied and spliced.</summary>
    public static Scenario Bulk(Prng random) => new()
    {
        Name = "bulk",
        Servers = 2,
        ArrivalGapUs = 10_000,
        Actors = new ActorMix { PlainPercent = 70, BulkPercent = 40, BulkBytes = 1_500_000 },
        Configurations =
        [
            $"""
            global
                nbthread {1 + random.NextBelow(2)}
                {Pick(random, "", "nosplice")}
                {Pick(random, "", "tune.bufsize 4096")}
                {Pick(random, "", "tune.buffers.limit 6")}
            defaults
                mode tcp
                {LogPlace}
                option splice-auto
                timeout connect 2s
                timeout client 20s
                timeout server 20s
            listen in
                bind 10.200.0.1:80
                server s1 10.100.0.1:8000
                server s2 10.100.0.2:8000
            """,
        ],
    };

    public const string LogPlace = "{log}";

    public static string Pick(Prng random, params string[] choices) => choices[random.NextBelow((uint)choices.Length)];
}
