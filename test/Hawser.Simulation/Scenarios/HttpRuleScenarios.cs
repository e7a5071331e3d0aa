using Hawser.Base.Random;
using Hawser.Simulation.Actors.Http;
using static Hawser.Simulation.Scenarios.CommonScenarios;

namespace Hawser.Simulation.Scenarios;

/// <summary>Mode http with rules that answer, wait, refuse; and a configuration drawn line by line.</summary>
internal static class HttpRuleScenarios
{
    /// <summary>What <see cref="RulesText"/> does with them.</summary>
    public static HttpPath[] Paths { get; } =
    [
        new("/deny/", 403), new("/return/", 200), new("/go/", 302), new("/tarpit/", 500), new("/wait/", 0, BodyMs: 300), new("/pause/", 0),
    ];

    public const string RulesText = """
        http-request deny if { path_beg /deny/ }
            http-request return status 200 content-type text/plain string "said by the proxy" if { path_beg /return/ }
            http-request redirect location /elsewhere if { path_beg /go/ }
            http-request tarpit if { path_beg /tarpit/ }
            http-request wait-for-body time 300ms if { path_beg /wait/ }
            http-request set-header x-rule yes
            http-response set-header x-rule yes
        """;

    public static Scenario Rules(Prng random) => new()
    {
        Name = "http-rules",
        Servers = 2,
        ArrivalGapUs = 2000 + (int)random.NextBelow(10_000),
        Actors = new ActorMix { Http = new HttpMix { Paths = Paths, OddClientPercent = 40, ResponseBodyMs = 200 } },
        Configurations =
        [
            $"""
            global
                nbthread {1 + random.NextBelow(2)}
                {Pick(random, "", "tune.buffers.limit 10")}
            defaults
                mode http
                {LogPlace}
                {Pick(random, "", "option http-buffer-request")}
                {Pick(random, "", "http-reuse always")}
                timeout connect 1s
                timeout client 5s
                timeout server 4s
                timeout tarpit {100 + random.NextBelow(2000)}ms
                {Pick(random, "", $"timeout http-request {500 + random.NextBelow(3000)}ms")}
            frontend in
                bind 10.200.0.1:80
                {HttpScenarios.Capture}
                {RulesText}
                default_backend out
            backend out
                {Pick(random, "", "http-response wait-for-body time 200ms if { rand(4) eq 0 }")}
                {Pick(random, "", "http-request pause 50ms if { path_beg /pause/ }")}
                server s1 10.100.0.1:8000
                server s2 10.100.0.2:8000
            """,
        ],
    };
}
