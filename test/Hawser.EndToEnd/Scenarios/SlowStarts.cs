using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>
/// What a server that came back is given while its slow start has hardly begun: the times are so long that its first
/// step lasts for the whole scenario.
/// </summary>
public sealed class SlowStarts(ITestOutputHelper output)
{
    private const string ComesBack = """
        listen test1
            bind 127.0.0.1:{bind:fe}
            balance roundrobin
            timeout queue 60s
            timeout client 60s
            timeout server 60s
            server s1 127.0.0.1:{server:s1} weight 160 maxconn 20 slowstart 1000s check port {server:health} inter 150ms rise 1 fall 1
            server s2 127.0.0.1:{server:s2} weight 10
        """;

    private static readonly Scenario[] Rows =
    [
        new("A server that has been up since the start gets its whole share", ComesBack, stage =>
            stage.AskWhoAnswers("fe", 34, "s1", "s2")) { LogLines = 34 },
        new("A server that came back begins with a sixteenth of its weight", ComesBack, async stage =>
        {
            await ComeBack(stage);
            await stage.AskWhoAnswers("fe", 12, "s1", "s2");
        }) { LogLines = 14, AnyLogOrder = true, Divergence = Divergences.CheckErrorText },
        new("A server that came back begins with one session", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout queue 60s
                timeout client 60s
                timeout server 60s
                server s1 127.0.0.1:{server:s1} maxconn 20 slowstart 1000s check port {server:health} inter 150ms rise 1 fall 1
            """, async stage =>
        {
            await ComeBack(stage);
            (Peer client, Peer server) = await stage.Established();
            Peer second = await stage.Connect("second", "fe");
            await stage.Settle();
            stage.Notes.Saw(stage.Server("s1").HasPending ? "served" : "queued");
            server.Close();
            await client.WaitForFin();
            client.Close();
            Peer next = await stage.Accept("s1");
            next.Close();
            await second.WaitForFin();
            second.Close();
        }) { LogLines = 5, AnyLogOrder = true, Divergence = Divergences.CheckErrorText },
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Begin_as_with_haproxy(string scenario) => SideBySide.Run(Rows, scenario, output);

    private static async Task ComeBack(Stage stage)
    {
        stage.Server("health").StopListening();
        await stage.Log.WaitFor("s1 is DOWN");
        stage.Server("health").ListenAgain();
        await stage.Log.WaitFor("s1 is UP");
        await stage.Settle();
    }
}
