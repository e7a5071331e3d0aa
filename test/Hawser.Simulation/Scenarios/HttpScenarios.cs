using Hawser.Base.Random;
using Hawser.Simulation.Actors.Http;
using static Hawser.Simulation.Scenarios.CommonScenarios;

namespace Hawser.Simulation.Scenarios;

/// <summary>Mode http: connections that serve one request after the other, retries, queues, timeouts, stops.</summary>
internal static class HttpScenarios
{
    /// <summary>Stands in each frontend: the log line names the request by it.</summary>
    public const string Capture = "capture request header x-id len 12";

    /// <summary>See <see cref="HttpMix.HasOnlyOnce"/>.</summary>
    private const string OnlyOnce = "http-request disable-l7-retry if { req.hdr(x-id),mod(5) eq 0 }";

    /// <summary>No fault and nobody misbehaves: every request is answered.</summary>
    public static Scenario Calm(Prng random) => new()
    {
        Name = "http-calm",
        IsCalm = true,
        Servers = 2,
        Actors = new ActorMix { Http = new HttpMix { OddAnswerPercent = 0, OddClientPercent = 0, WildPercent = 0 } },
        Configurations =
        [
            $"""
            global
                nbthread {1 + random.NextBelow(3)}
            defaults
                mode http
                {LogPlace}
                timeout connect 2s
                timeout client 20s
                timeout server 20s
            listen in
                bind 10.200.0.1:80
                {Capture}
                server s1 10.100.0.1:8000
                server s2 10.100.0.2:8000
            """,
        ],
    };

    /// <summary>Connections to servers that wait for the next request, whoever's it is.</summary>
    public static Scenario Reuse(Prng random) => new()
    {
        Name = "http-reuse",
        Servers = 2,
        ArrivalGapUs = 2000 + (int)random.NextBelow(10_000),
        Actors = new ActorMix { Http = new HttpMix { RequestsMaximum = 10 } },
        Configurations =
        [
            $"""
            global
                nbthread {1 + random.NextBelow(2)}
            defaults
                mode http
                {LogPlace}
                http-reuse {Pick(random, "never", "safe", "aggressive", "always")}
                {Pick(random, "", "", "option http-server-close", "option httpclose", "option prefer-last-server", "option http-pretend-keepalive")}
                timeout connect 1s
                timeout client 6s
                timeout server 4s
                {Pick(random, "", $"timeout http-keep-alive {200 + random.NextBelow(4000)}ms")}
            listen in
                bind 10.200.0.1:80
                {Capture}
                default-server {Pick(random, "", "pool-max-conn 0", "pool-max-conn 3", "pool-purge-delay 400ms")} {Pick(random, "", "max-reuse 2", "max-reuse 0")}
                server s1 10.100.0.1:8000
                server s2 10.100.0.2:8000
            """,
        ],
    };

    /// <summary>Servers that fail requests, and a configuration that sends some of them again.</summary>
    public static Scenario Retries(Prng random)
    {
        string[] conditions = Conditions(random);
        uint retries = random.NextBelow(4);
        return new Scenario
        {
            Name = "http-retries",
            Servers = 3,
            ArrivalGapUs = 2000 + (int)random.NextBelow(10_000),
            Actors = new ActorMix
            {
                ServersFlap = random.NextChance(1, 2),
                FlapEveryMs = 3000,
                Http = new HttpMix { OddAnswerPercent = 50, RetryOn = conditions, RetriesMaximum = (int)retries, HasOnlyOnce = true },
            },
            Configurations =
            [
                $"""
                global
                    nbthread {1 + random.NextBelow(2)}
                    {Pick(random, "", "", "tune.buffers.limit 12")}
                defaults
                    mode http
                    {LogPlace}
                    retries {retries}
                    {(conditions.Length == 0 ? "" : $"retry-on conn-failure {string.Join(' ', conditions)}")}
                    {Pick(random, "", "option redispatch")}
                    {Pick(random, "", "http-reuse always", "http-reuse never")}
                    timeout connect 1s
                    timeout client 8s
                    timeout server 2s
                listen in
                    bind 10.200.0.1:80
                    {Capture}
                    {OnlyOnce}
                    balance {Pick(random, "roundrobin", "leastconn", "uri", "hdr(x-id)")}
                    server s1 10.100.0.1:8000
                    server s2 10.100.0.2:8000
                    server s3 10.100.0.3:8000 {Pick(random, "", "check inter 500ms fall 1 rise 1", "backup")}
                """,
            ],
        };
    }

    /// <summary>Slots that are too few: requests wait, and their clients go away meanwhile.</summary>
    public static Scenario Queues(Prng random) => new()
    {
        Name = "http-queues",
        Servers = 3,
        ArrivalGapUs = 2000 + (int)random.NextBelow(8000),
        Actors = new ActorMix { ServersFlap = random.NextChance(1, 2), FlapEveryMs = 4000, Http = new HttpMix { RequestsMaximum = 4 } },
        Configurations =
        [
            $"""
            global
                nbthread {1 + random.NextBelow(3)}
            defaults
                mode http
                {LogPlace}
                retries 2
                {Pick(random, "option redispatch", "no option redispatch")}
                {Pick(random, "", "option abortonclose")}
                {Pick(random, "", "option http-server-close", "http-reuse always", "option prefer-last-server")}
                timeout connect 1s
                timeout client 6s
                timeout server 3s
                timeout queue {100 + random.NextBelow(3000)}ms
            frontend in
                bind 10.200.0.1:80
                {Capture}
                default_backend out
            backend out
                balance {Pick(random, "roundrobin", "leastconn", "first", "source")}
                default-server maxconn {1 + random.NextBelow(5)} {Pick(random, "", $"maxqueue {1 + random.NextBelow(8)}")} {Pick(random, "", "check inter 400ms fall 2 rise 1")} {Pick(random, "", "on-marked-down shutdown-sessions")}
                server s1 10.100.0.1:8000
                server s2 10.100.0.2:8000
                server s3 10.100.0.3:8000 {Pick(random, "", "backup")}
            """,
        ],
    };

    /// <summary>Requests of all classes and offsets wait for slots, of one server or of any.</summary>
    public static Scenario Priorities(Prng random) => new()
    {
        Name = "http-priorities",
        Servers = 2,
        ArrivalGapUs = 1000 + (int)random.NextBelow(3000),
        Actors = new ActorMix { Http = new HttpMix { RequestsMaximum = 4, OddAnswerPercent = 30 } },
        Configurations =
        [
            $"""
            global
                nbthread {1 + random.NextBelow(2)}
            defaults
                mode http
                {LogPlace}
                {Pick(random, "", "option redispatch")}
                timeout connect 1s
                timeout client 6s
                timeout server 2s
                timeout queue {500 + random.NextBelow(3000)}ms
            frontend in
                bind 10.200.0.1:80
                {Capture}
                {Pick(random, "", "http-request set-priority-class req.hdr(x-id),mod(3),sub(1)")}
                {Pick(random, "", "http-request set-priority-offset req.hdr(x-id),mod(7),mul(50),sub(100)")}
                default_backend out
            backend out
                balance {Pick(random, "roundrobin", "leastconn", "source")}
                http-reuse {Pick(random, "never", "safe", "always")}
                {Pick(random, "", "use-server s1 if { rand(3) eq 0 }")}
                default-server maxconn {1 + random.NextBelow(3)} {Pick(random, "", "check inter 400ms fall 1 rise 1")}
                server s1 10.100.0.1:8000
                server s2 10.100.0.2:8000
            """,
        ],
    };

    /// <summary>Every timeout of mode http, and actors that are slower than all of them.</summary>
    public static Scenario Timeouts(Prng random) => new()
    {
        Name = "http-timeouts",
        Servers = 2,
        ArrivalGapUs = 4000 + (int)random.NextBelow(10_000),
        Actors = new ActorMix
        {
            ServersFlap = random.NextChance(1, 2),
            Http = new HttpMix { OddAnswerPercent = 50, OddClientPercent = 60, TunnelPercent = 15, BodyBytesMaximum = 200_000 },
        },
        Configurations =
        [
            $"""
            global
                {Pick(random, "", "tune.bufsize 4096", "tune.buffers.limit 10")}
            defaults
                mode http
                {LogPlace}
                timeout connect {200 + random.NextBelow(2000)}ms
                timeout client {500 + random.NextBelow(5000)}ms
                timeout server {500 + random.NextBelow(5000)}ms
                {Pick(random, "", $"timeout http-request {300 + random.NextBelow(3000)}ms")}
                {Pick(random, "", $"timeout http-keep-alive {100 + random.NextBelow(3000)}ms")}
                {Pick(random, "", $"timeout tunnel {1000 + random.NextBelow(5000)}ms")}
                {Pick(random, "", $"timeout client-fin {200 + random.NextBelow(2000)}ms")}
                {Pick(random, "", $"timeout server-fin {200 + random.NextBelow(2000)}ms")}
                {Pick(random, "", "option http-ignore-probes")}
                {Pick(random, "", "option splice-auto")}
                {Pick(random, "on-timeout close", "on-timeout reset")}
            listen in
                bind 10.200.0.1:80
                {Capture}
                server s1 10.100.0.1:8000
                server s2 10.100.0.2:8000
            """,
        ],
    };

    /// <summary>Bodies that fill every buffer, copied and spliced.</summary>
    public static Scenario Bulk(Prng random) => new()
    {
        Name = "http-bulk",
        Servers = 2,
        ArrivalGapUs = 10_000,
        Actors = new ActorMix { Http = new HttpMix { OddClientPercent = 15, OddAnswerPercent = 15, BodyBytesMaximum = 800_000, RequestsMaximum = 4 } },
        Configurations =
        [
            $"""
            global
                nbthread {1 + random.NextBelow(2)}
                {Pick(random, "", "nosplice")}
                {Pick(random, "", "tune.bufsize 4096")}
                {Pick(random, "", "tune.buffers.limit 8")}
            defaults
                mode http
                {LogPlace}
                option splice-auto
                {Pick(random, "", "http-reuse always")}
                timeout connect 2s
                timeout client 20s
                timeout server 20s
            listen in
                bind 10.200.0.1:80 {Pick(random, "", "nice 1024", "nice -500")}
                {Capture}
                {Pick(random, "", "http-request set-nice 1024")}
                server s1 10.100.0.1:8000
                server s2 10.100.0.2:8000
            """,
        ],
    };

    /// <summary>Stopped while clients come and while connections wait for another request.</summary>
    public static Scenario Stop(Prng random) => new()
    {
        Name = "http-stop",
        Servers = 2,
        IsStoppedUnderLoad = true,
        IsPausedNowAndThen = random.NextChance(1, 2),
        ArrivalGapUs = 1000 + (int)random.NextBelow(5000),
        Actors = new ActorMix { Http = new HttpMix() },
        Configurations =
        [
            $"""
            global
                nbthread {1 + random.NextBelow(3)}
                {Pick(random, "", $"hard-stop-after {100 + random.NextBelow(8000)}ms")}
            defaults
                mode http
                {LogPlace}
                {Pick(random, "", "http-reuse always", "http-reuse never", "option httpclose")}
                timeout connect 1s
                timeout client 10s
                timeout server 10s
            listen in
                bind 10.200.0.1:80 {Pick(random, "", "shards by-thread")}
                {Capture}
                balance leastconn
                server s1 10.100.0.1:8000 {Pick(random, "", "maxconn 4")} {Pick(random, "", "check inter 300ms")}
                server s2 10.100.0.2:8000
            """,
        ],
    };

    /// <summary>Conditions of "retry-on", beside that of connections that fail.</summary>
    public static string[] Conditions(Prng random) => random.NextBelow(6) switch
    {
        0 => [],
        1 => ["empty-response"],
        2 => ["response-timeout", "503"],
        3 => ["junk-response", "404"],
        4 => ["500", "503"],
        _ => ["empty-response", "junk-response", "response-timeout", "500", "503"],
    };
}
