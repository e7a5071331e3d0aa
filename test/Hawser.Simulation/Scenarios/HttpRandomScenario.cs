using System.Text;
using Hawser.Base.Random;
using Hawser.Simulation.Actors.Http;
using static Hawser.Simulation.Scenarios.CommonScenarios;

namespace Hawser.Simulation.Scenarios;

/// <summary>Any configuration of mode http that the data plane knows, drawn line by line.</summary>
internal static class HttpRandomScenario
{
    public static Scenario Make(Prng random)
    {
        int servers = 1 + (int)random.NextBelow(5);
        int backends = 1 + (int)random.NextBelow(2);
        string[] conditions = random.NextChance(1, 2) ? [] : HttpScenarios.Conditions(random);
        uint retries = random.NextBelow(4);
        bool hasRules = random.NextChance(1, 2);
        StringBuilder text = new();
        text.Append($"""
            global
                nbthread {1 + random.NextBelow(4)}
                {Maybe(random, 4, $"maxconn {10 + random.NextBelow(100)}")}
                {Maybe(random, 4, $"tune.buffers.limit {4 + random.NextBelow(20)}")}
                {Maybe(random, 4, $"tune.bufsize {4096 << (int)random.NextBelow(3)}")}
                {Maybe(random, 4, "nosplice")}
                {Maybe(random, 5, "tune.http.maxhdr 20")}
            defaults
                mode http
                {LogPlace}
                retries {retries}
                {(conditions.Length == 0 ? "" : $"retry-on conn-failure {string.Join(' ', conditions)}")}
                {Pick(random, "option redispatch", "no option redispatch", "option redispatch -1")}
                http-reuse {Pick(random, "never", "safe", "aggressive", "always")}
                timeout connect {200 + random.NextBelow(2000)}ms
                timeout client {1000 + random.NextBelow(8000)}ms
                timeout server {1000 + random.NextBelow(8000)}ms
                {Maybe(random, 2, $"timeout queue {200 + random.NextBelow(3000)}ms")}
                {Maybe(random, 2, $"timeout http-request {500 + random.NextBelow(4000)}ms")}
                {Maybe(random, 2, $"timeout http-keep-alive {200 + random.NextBelow(3000)}ms")}
                {Maybe(random, 3, $"timeout tarpit {100 + random.NextBelow(2000)}ms")}
                {Maybe(random, 4, $"timeout tunnel {1000 + random.NextBelow(5000)}ms")}
                {Maybe(random, 4, $"timeout client-fin {200 + random.NextBelow(3000)}ms")}
                {Maybe(random, 2, Pick(random, "option http-server-close", "option httpclose", "option http-keep-alive"))}
                {Maybe(random, 4, "option abortonclose")}
                {Maybe(random, 5, "option http-buffer-request")}
                {Maybe(random, 5, "option prefer-last-server")}
                {Maybe(random, 5, "option http-pretend-keepalive")}
                {Maybe(random, 5, "option http-ignore-probes")}
                {Maybe(random, 3, "option splice-auto")}
                {Maybe(random, 4, "option http-no-delay")}
                {Maybe(random, 4, "option forwardfor")}

            """);
        for (int i = 1; i <= backends; i++)
            Append(random, text, i, servers, hasRules);
        return new Scenario
        {
            Name = "http-random",
            Servers = servers * backends,
            ArrivalGapUs = 1000 + (int)random.NextBelow(15_000),
            Actors = new ActorMix
            {
                ServersFlap = random.NextChance(1, 2),
                FlapEveryMs = 500 + (int)random.NextBelow(8000),
                Http = new HttpMix
                {
                    RequestsMaximum = 1 + random.NextBelow(8),
                    BodyBytesMaximum = random.NextChance(1, 4) ? 300_000U : 20_000,
                    OddAnswerPercent = random.NextBelow(50),
                    OddClientPercent = random.NextBelow(50),
                    WildPercent = random.NextBelow(15),
                    PipeliningPercent = random.NextBelow(60),
                    TunnelPercent = random.NextBelow(10),
                    Paths = hasRules ? HttpRuleScenarios.Paths : [],
                    RetryOn = conditions,
                    RetriesMaximum = (int)retries,
                },
            },
            Configurations = [text.ToString()],
        };
    }

    private static void Append(Prng random, StringBuilder text, int number, int servers, bool hasRules)
    {
        text.Append($"""

            frontend in{number}
                bind 10.200.0.{number}:80 {Maybe(random, 4, $"maxconn {5 + random.NextBelow(40)}")}
                {HttpScenarios.Capture}
                {(hasRules ? HttpRuleScenarios.RulesText : "")}
                {Maybe(random, 4, $"maxconn {5 + random.NextBelow(80)}")}
                default_backend out{number}
            backend out{number}
                balance {Pick(random, "roundrobin", "leastconn", "static-rr", "first", "random", "source", "uri", "hdr(x-id)")}
                {Maybe(random, 4, $"fullconn {5 + random.NextBelow(60)}")}
                {Maybe(random, 3, "cookie SRV insert indirect nocache")}

            """);
        for (int i = 1; i <= servers; i++)
        {
            text.Append($"    server s{i} 10.100.0.{(number - 1) * servers + i}:8000 weight {1 + random.NextBelow(9)}");
            text.Append(Maybe(random, 3, $" maxconn {1 + random.NextBelow(10)}{Maybe(random, 3, " minconn 1")}{Maybe(random, 3, $" maxqueue {1 + random.NextBelow(10)}")}"));
            text.Append(Maybe(random, 3, $" check inter {200 + random.NextBelow(2000)}ms rise 1 fall {1 + random.NextBelow(3)}{Maybe(random, 3, " on-marked-down shutdown-sessions")}"));
            text.Append(Maybe(random, 4, $" pool-max-conn {random.NextBelow(5)}")).Append(Maybe(random, 4, $" max-reuse {random.NextBelow(4)}"));
            text.Append(Maybe(random, 4, " pool-purge-delay 300ms")).Append(Maybe(random, 5, " send-proxy"));
            text.Append(i > 1 ? Maybe(random, 5, " backup") : "").Append('\n');
        }
    }

    private static string Maybe(Prng random, uint oneIn, string text) => random.NextBelow(oneIn) == 0 ? text : "";
}
