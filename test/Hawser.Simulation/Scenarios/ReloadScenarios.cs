using Hawser.Base.Random;
using Hawser.Simulation.Actors.Http;
using Hawser.Simulation.Invariants;

namespace Hawser.Simulation.Scenarios;

/// <summary>
/// A proxy whose configuration is read again and again while clients come: servers come and go, are moved about and
/// weighed anew, algorithms change, an address goes from one frontend to another.
/// </summary>
internal static class ReloadScenarios
{
    /// <summary>Each server that comes is another one, at an address of its own, so that the books can tell them apart.</summary>
    public const int Visitors = 40;

    /// <summary>Addresses from here on come and go: no client is sent there.</summary>
    public const int FirstPassingPort = 90;

    /// <summary>This address comes and goes as well, and clients are sent there all the same.</summary>
    public const int PassingPort = 83;

    private const int ServersThatStay = 2;

    public static Scenario Reload(Prng random)
    {
        int threads = 1 + (int)random.NextBelow(3);
        string timeouts = $"""
                retries {random.NextBelow(3)}
                {CommonScenarios.Pick(random, "option redispatch", "no option redispatch")}
                timeout connect {1 + random.NextBelow(2)}s
                timeout client {3 + random.NextBelow(10)}s
                timeout server {3 + random.NextBelow(10)}s
                timeout queue {1 + random.NextBelow(5)}s
            """;
        string frontendLimit = CommonScenarios.Pick(random, "", "maxconn 12", "maxconn 60");
        string limit = CommonScenarios.Pick(random, "", "maxconn 3", "maxconn 10");
        string shards = CommonScenarios.Pick(random, "", "shards by-thread");
        string Make(Prng choices, int number) => Configuration(choices, number, threads, timeouts, frontendLimit, limit, shards);
        return new Scenario
        {
            Name = "reload",
            Servers = ServersThatStay + Visitors,
            ArrivalGapUs = 1000 + (int)random.NextBelow(10_000),
            Actors = new ActorMix { PlainPercent = 60, ServersFlap = random.NextChance(1, 3) },
            Configurations = [Make(random, 0)],
            NextConfiguration = Make,
        };
    }

    /// <summary>
    /// In mode http: connections are kept over reloads, and requests are under way across them. Half of the runs are calm:
    /// there every request must be answered.
    /// </summary>
    public static Scenario HttpReload(Prng random)
    {
        int threads = 1 + (int)random.NextBelow(3);
        bool isCalm = random.NextChance(1, 2);
        string timeouts = $"""
                retries 2
                option redispatch
                timeout connect {(isCalm ? 4 : 1)}s
                timeout client {(isCalm ? 30 : 6)}s
                timeout server {(isCalm ? 30 : 4)}s
                timeout queue {(isCalm ? 30 : 2)}s
            """;
        string shards = CommonScenarios.Pick(random, "", "shards by-thread");
        string limit = CommonScenarios.Pick(random, "", "maxconn 3");
        string Make(Prng choices, int number) => HttpConfiguration(choices, number, threads, timeouts, limit, shards);
        return new Scenario
        {
            Name = "http-reload",
            IsCalm = isCalm,
            Servers = ServersThatStay + Visitors,
            ArrivalGapUs = 3000 + (int)random.NextBelow(10_000),
            Actors = new ActorMix
            {
                ServersFlap = !isCalm && random.NextChance(1, 3),
                Http = isCalm
                    ? new HttpMix { RequestsMaximum = 8, BodyBytesMaximum = 300_000, OddAnswerPercent = 0, OddClientPercent = 0, WildPercent = 0, TunnelPercent = 0, ServesAll = true }
                    : new HttpMix { RequestsMaximum = 8, BodyBytesMaximum = 300_000 },
            },
            Configurations = [Make(random, 0)],
            NextConfiguration = Make,
        };
    }

    private static string HttpConfiguration(Prng random, int number, int threads, string timeouts, string limit, string shards)
    {
        string mark = $"http-request set-header {Takeovers.Mark} {number}";
        // With one loop an address changes hands between two turns; with several the loops do it one after the other.
        bool isMoved = threads == 1 && random.NextChance(1, 2);
        string second = $"bind 10.200.0.1:81 {shards}";
        string visitor = number < Visitors && random.NextChance(2, 3)
            ? $"server v{number} 10.100.0.{ServersThatStay + 1 + number}:8000 {CommonScenarios.Pick(random, "", "maxconn 2")}"
            : "";
        return $"""
            global
                nbthread {threads}
            defaults
                mode http
                {CommonScenarios.LogPlace}
            {timeouts}
            frontend in
                bind 10.200.0.1:80 {shards}
                {(isMoved ? "" : second)}
                {(number == 0 || random.NextChance(1, 2) ? $"bind 10.200.0.1:{PassingPort}" : "")}
                {HttpScenarios.Capture}
                {mark}
                default_backend out
            frontend other
                bind 10.200.0.1:82
                {(isMoved ? second : "")}
                {HttpScenarios.Capture}
                {mark}
                default_backend out
            backend out
                balance {CommonScenarios.Pick(random, "roundrobin", "leastconn", "random", "uri")}
                http-reuse {CommonScenarios.Pick(random, "never", "safe", "always")}
                server s1 10.100.0.1:8000 {limit} weight {1 + random.NextBelow(20)}
                server s2 10.100.0.2:8000 {CommonScenarios.Pick(random, "", "check inter 500ms")}
                {visitor}

            """;
    }

    private static string Configuration(Prng random, int number, int threads, string timeouts, string frontendLimit, string limit, string shards)
    {
        // With one loop an address changes hands between two turns; with several the loops do it one after the other.
        bool isMoved = threads == 1 && random.NextChance(1, 2);
        string second = $"bind 10.200.0.1:81 {shards}";
        string first = $"server s1 10.100.0.1:8000 {limit} weight {1 + random.NextBelow(20)} {CommonScenarios.Pick(random, "", "check inter 500ms")}";
        string other = $"server s2 10.100.0.2:8000 weight {1 + random.NextBelow(20)}";
        string visitor = number < Visitors && random.NextChance(2, 3)
            ? $"server v{number} 10.100.0.{ServersThatStay + 1 + number}:8000 weight {1 + random.NextBelow(20)} {CommonScenarios.Pick(random, "", "maxconn 1", "maxconn 2")}"
            : "";
        bool isTurned = random.NextChance(1, 2);
        return $"""
            global
                nbthread {threads}
            defaults
                mode tcp
                {CommonScenarios.LogPlace}
            {timeouts}
            frontend in
                {frontendLimit}
                bind 10.200.0.1:80 {shards}
                {CommonScenarios.Pick(random, "", $"bind 10.200.0.1:{FirstPassingPort + random.NextBelow(3)}")}
                {(isMoved ? "" : second)}
                {CommonScenarios.Pick(random, "", "tcp-request content accept")}
                default_backend out
            frontend other
                bind 10.200.0.1:82
                {(isMoved ? second : "")}
                default_backend out
            backend out
                balance {CommonScenarios.Pick(random, "roundrobin", "leastconn", "static-rr", "first", "random", "source")}
                {(isTurned ? other : first)}
                {visitor}
                {(isTurned ? first : other)}

            """;
    }
}
