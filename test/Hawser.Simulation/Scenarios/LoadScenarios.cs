using System.Text;
using Hawser.Base.Random;
using static Hawser.Simulation.Scenarios.CommonScenarios;

namespace Hawser.Simulation.Scenarios;

/// <summary>Where there is too little of something: slots, sessions, healthy servers.</summary>
internal static class LoadScenarios
{
    public static Scenario Queues(Prng random)
    {
        bool hasMinimum = random.NextChance(1, 3);
        return new Scenario
        {
            Name = "queues",
            Servers = 3,
            ArrivalGapUs = 2000 + (int)random.NextBelow(20_000),
            Actors = new ActorMix { PlainPercent = 70, ServersFlap = random.NextChance(1, 2), FlapEveryMs = 3000 },
            Configurations =
            [
                $"""
                global
                    nbthread {1 + random.NextBelow(3)}
                defaults
                    mode tcp
                    {LogPlace}
                    retries 2
                    {Pick(random, "option redispatch", "no option redispatch")}
                    timeout connect 1s
                    timeout client 6s
                    timeout server 4s
                    timeout queue {100 + random.NextBelow(4000)}ms
                frontend in
                    bind 10.200.0.1:80
                    default_backend out
                backend out
                    balance {Pick(random, "roundrobin", "leastconn", "static-rr", "first", "source")}
                    {(hasMinimum ? $"fullconn {5 + random.NextBelow(40)}" : "")}
                    default-server maxconn {1 + random.NextBelow(6)} {(hasMinimum ? "minconn 1" : "")} {Pick(random, "", $"maxqueue {1 + random.NextBelow(8)}")} {Pick(random, "", "check inter 500ms fall 2 rise 1", "check inter 300ms fall 1 rise 2 slowstart 3s")}
                    server s1 10.100.0.1:8000
                    server s2 10.100.0.2:8000 {Pick(random, "", "weight 3")}
                    server s3 10.100.0.3:8000 {Pick(random, "", "backup", "disabled")}
                """,
            ],
        };
    }

    public static Scenario Flapping(Prng random) => new()
    {
        Name = "flapping",
        Servers = 10,
        ArrivalGapUs = 1000 + (int)random.NextBelow(10_000),
        Actors = new ActorMix { PlainPercent = 80, ServersFlap = true, FlapEveryMs = 2000 },
        Configurations = [TenServers(random, (int)random.NextBelow(2) + 1)],
    };

    /// <summary>A long run: many short sessions over ten servers that come and go; nothing else fails.</summary>
    public static Scenario Scale(Prng random) => new()
    {
        Name = ScenarioTable.Scale,
        IsCalm = true,
        Servers = 10,
        ArrivalGapUs = 500,
        Actors = new ActorMix { PlainPercent = 97, ServersFlap = true, FlapEveryMs = 5000 },
        Configurations = [TenServers(random, threads: 2)],
    };

    public static Scenario Limits(Prng random) => new()
    {
        Name = "limits",
        Servers = 2,
        ArrivalGapUs = 2000 + (int)random.NextBelow(10_000),
        Actors = new ActorMix { PlainPercent = 60 },
        Configurations =
        [
            $"""
            global
                nbthread {1 + random.NextBelow(3)}
                maxconn {4 + random.NextBelow(60)}
                {Pick(random, "", $"maxconnrate {50 + random.NextBelow(500)}")}
                {Pick(random, "", $"maxsessrate {50 + random.NextBelow(500)}")}
                {Pick(random, "", $"tune.buffers.limit {4 + random.NextBelow(8)}")}
                {Pick(random, "", "tune.maxaccept 1", "tune.maxaccept 100")}
            defaults
                mode tcp
                {LogPlace}
                timeout connect 1s
                timeout client 5s
                timeout server 5s
                option redispatch
            frontend in
                bind 10.200.0.1:80 {Pick(random, "", $"maxconn {2 + random.NextBelow(30)}")} {Pick(random, "", "shards by-thread", "backlog 4")}
                bind 10.200.0.1:81
                maxconn {2 + random.NextBelow(60)}
                {Pick(random, "", $"rate-limit sessions {50 + random.NextBelow(300)}")}
                default_backend out
            backend out
                balance leastconn
                server s1 10.100.0.1:8000
                server s2 10.100.0.2:8000
            """,
        ],
    };

    /// <summary>No faults: each server must get its share, pick by pick.</summary>
    public static Scenario Weights(Prng random)
    {
        StringBuilder servers = new();
        int count = 2 + (int)random.NextBelow(6);
        for (int i = 1; i <= count; i++)
            servers.Append($"    server s{i} 10.100.0.{i}:8000 weight {1 + random.NextBelow(20)}\n");
        return new Scenario
        {
            Name = "weights",
            IsCalm = true,
            Servers = count,
            HasExactWeights = true,
            Actors = new ActorMix { HasOddActors = false },
            Configurations =
            [
                $"""
                defaults
                    mode tcp
                    {LogPlace}
                    timeout connect 2s
                    timeout client 10s
                    timeout server 10s
                listen in
                    bind 10.200.0.1:80
                    balance {Pick(random, "roundrobin", "static-rr", "leastconn")}
                {servers}
                """,
            ],
        };
    }

    private static string TenServers(Prng random, int threads)
    {
        StringBuilder servers = new();
        for (int i = 1; i <= 10; i++)
            servers.Append($"    server s{i} 10.100.0.{i}:8000 weight {1 + random.NextBelow(10)}{(i > 8 ? " backup" : "")}\n");
        return $"""
            global
                nbthread {threads}
                spread-checks 20
            defaults
                mode tcp
                {LogPlace}
                retries 3
                option redispatch
                timeout connect 1s
                timeout client 8s
                timeout server 6s
                timeout check 500ms
            frontend in
                bind 10.200.0.1:80
                default_backend out
            backend out
                balance {Pick(random, "leastconn", "roundrobin")}
                {Pick(random, "", "option allbackups")}
                default-server check inter 400ms fall {1 + random.NextBelow(3)} rise {1 + random.NextBelow(2)} {Pick(random, "", "on-marked-down shutdown-sessions")} {Pick(random, "", "slowstart 2s")} {Pick(random, "", "maxconn 20")} {Pick(random, "", "observe layer4 error-limit 3 on-error mark-down", "on-marked-up shutdown-backup-sessions")}
            {servers}
            """;
    }
}
