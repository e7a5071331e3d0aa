using System.Collections.Generic;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>Which server each of a row of sessions reaches, for each algorithm and weights.</summary>
public sealed class Balancing(ITestOutputHelper output)
{
    private static readonly Scenario[] Rows =
    [
        InTurn("Roundrobin with equal weights", "balance roundrobin", ["", "", ""], 9),
        InTurn("Roundrobin with weights 3, 2 and 1", "balance roundrobin", ["weight 3", "weight 2", "weight 1"], 18),
        InTurn("Roundrobin with weights 1, 10 and 100", "balance roundrobin", ["weight 1", "weight 10", "weight 100"], 40),
        InTurn("Static-rr with equal weights", "balance static-rr", ["", "", ""], 9),
        InTurn("Static-rr with weights 3, 2 and 1", "balance static-rr", ["weight 3", "weight 2", "weight 1"], 18),
        InTurn("Leastconn with idle servers", "balance leastconn", ["", "", ""], 9),
        InTurn("Leastconn with idle servers and weights", "balance leastconn", ["weight 3", "weight 2", "weight 1"], 9),
        InTurn("First with idle servers", "balance first", ["maxconn 1", "maxconn 1", "maxconn 1"], 6),
        InTurn("Source sends one address to one server", "balance source", ["", "", ""], 6),
        InTurn("Backup servers wait for the others to be down", "balance roundrobin", ["", "backup", "backup"], 4),
        InTurn("The first backup server alone serves", "balance roundrobin", ["disabled", "backup", "backup"], 4),
        InTurn("All backups serve with allbackups", "balance roundrobin\n    option allbackups", ["disabled", "backup", "backup"], 6),
        InTurn("A server of weight 0 gets nothing", "balance roundrobin", ["weight 0", "", ""], 6),
        Held("Leastconn with sessions that stay", "balance leastconn", ["", "", ""], 7),
        Held("Leastconn with sessions that stay and weights", "balance leastconn", ["weight 4", "weight 2", "weight 1"], 14),
        Held("First with sessions that stay", "balance first", ["maxconn 2", "maxconn 3", "maxconn 9"], 8),
        Held("Roundrobin with sessions that stay", "balance roundrobin", ["", "", ""], 7),
        BySource("Source with eight addresses", "balance source", ["", "", ""]),
        BySource("Source with eight addresses and weights", "balance source", ["weight 3", "weight 2", "weight 1"]),
        BySource("Source with consistent hashing", "balance source\n    hash-type consistent", ["", "", ""]),
        BySource("Source with sdbm and avalanche", "balance source\n    hash-type map-based sdbm avalanche", ["", "", ""]),
        BySource("Source with djb2", "balance source\n    hash-type map-based djb2", ["", "", ""]),
        BySource("Source with wt6", "balance source\n    hash-type map-based wt6", ["", "", ""]),
        BySource("Source with crc32", "balance source\n    hash-type map-based crc32", ["", "", ""]),
        BySource("Source with consistent djb2 avalanche", "balance source\n    hash-type consistent djb2 avalanche", ["", "", ""]),
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Chooses_as_haproxy_does(string scenario) => SideBySide.Run(Rows, scenario, output);

    private static Scenario InTurn(string name, string balance, string[] servers, int sessions) =>
        new(name, Configuration(balance, servers), async stage =>
            await stage.AskWhoAnswers("fe", sessions, [.. ServerNames(servers)])) { LogLines = 0, Prelude = Quiet };

    private static Scenario Held(string name, string balance, string[] servers, int sessions) =>
        new(name, Configuration(balance, servers), async stage =>
        {
            StringBuilder chosen = new();
            for (int i = 0; i < sessions; i++)
            {
                Peer client = await stage.Connect($"client {i}", "fe");
                chosen.Append(await Reached(stage, servers)).Append(' ');
            }

            stage.Notes.Saw(chosen.ToString());
        }) { LogLines = 0, Prelude = Quiet };

    private static Scenario BySource(string name, string balance, string[] servers) =>
        new(name, Configuration(balance, servers), async stage =>
        {
            foreach (string server in ServerNames(servers))
                stage.Server(server).AnswerWithName();
            StringBuilder chosen = new();
            for (int i = 1; i <= 24; i++)
                chosen.Append(await stage.AskOne("fe", i, from: IPAddress.Parse($"127.0.{i % 3}.{i}"))).Append(' ');
            stage.Notes.Saw(chosen.ToString());
        }) { LogLines = 0, Prelude = Quiet };

    private static string Configuration(string balance, string[] servers)
    {
        StringBuilder text = new($"listen test1\n    bind 127.0.0.1:{{bind:fe}}\n    {balance}\n");
        for (int i = 0; i < servers.Length; i++)
            text.Append($"    server s{i + 1} 127.0.0.1:{{server:s{i + 1}}} {servers[i]}\n");
        return text.ToString();
    }

    private static IEnumerable<string> ServerNames(string[] servers)
    {
        for (int i = 0; i < servers.Length; i++)
            yield return $"s{i + 1}";
    }

    private static async Task<string> Reached(Stage stage, string[] servers)
    {
        string? reached = null;
        await Patience.Until(() =>
        {
            foreach (string name in ServerNames(servers))
            {
                if (stage.Server(name).HasPending)
                    reached = name;
            }

            return reached is not null;
        }, "any server to be reached");
        await stage.Accept(reached!);
        return reached!;
    }

    private const string Quiet = """
        global
            nbthread 1
        defaults
            mode tcp
            timeout connect 1s
            timeout client 60s
            timeout server 60s

        """;
}
