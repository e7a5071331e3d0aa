using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>Checks, observation of traffic, and what a change of state does to sessions; the words it is told in.</summary>
public sealed class Health(ITestOutputHelper output)
{
    private static readonly Scenario[] Rows =
    [
        new("A server that stops listening goes down and comes back", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                balance roundrobin
                server s1 127.0.0.1:{server:s1} check inter 150ms rise 2 fall 2
            """, async stage =>
        {
            stage.Server("s1").AnswerWithName();
            stage.Server("s1").StopListening();
            await stage.Log.WaitFor("has no server available");
            stage.Notes.Saw(await stage.AskOne("fe"));
            stage.Server("s1").ListenAgain();
            stage.Server("s1").AnswerWithName();
            await stage.Log.WaitFor(" is UP");
            stage.Notes.Saw(await stage.AskOne("fe"));
        }) { LogLines = 5, Divergence = Divergences.CheckErrorText },
        new("A server that refuses from the start", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                server s1 127.0.0.1:{refused:s1} check inter 150ms
            """, async stage => await stage.Log.WaitFor("has no server available")) { LogLines = 2, Divergence = Divergences.CheckErrorText },
        new("A server that never answers a check", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout check 200ms
                timeout connect 150ms
                server s1 127.0.0.1:{blackhole:s1} check inter 300ms fall 1
            """, async stage => await stage.Log.WaitFor("has no server available")) { LogLines = 2 },
        new("Two of three servers go down one after the other", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                server s1 127.0.0.1:{server:s1} check inter 150ms rise 1 fall 1
                server s2 127.0.0.1:{server:s2} check inter 150ms rise 1 fall 1
                server s3 127.0.0.1:{server:s3} backup
            """, async stage =>
        {
            stage.Server("s3").AnswerWithName();
            stage.Server("s1").StopListening();
            await stage.Log.WaitFor("s1 is DOWN");
            stage.Server("s2").StopListening();
            await stage.Log.WaitFor("s2 is DOWN");
            stage.Notes.Saw(await stage.AskOne("fe"));
        }) { LogLines = 3, Divergence = Divergences.CheckErrorText },
        new("On-marked-down shutdown-sessions ends the sessions", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                balance roundrobin
                server s1 127.0.0.1:{server:s1} check port {server:health} inter 150ms rise 1 fall 1 on-marked-down shutdown-sessions
            """, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            stage.Server("health").StopListening();
            await stage.Log.WaitFor("has no server available");
            await client.WaitForFin();
        }) { LogLines = 3, AnyLogOrder = true, Divergence = Divergences.KilledSession },
        new("A server marked down keeps its sessions otherwise", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                server s1 127.0.0.1:{server:s1} check port {server:health} inter 150ms rise 1 fall 1
            """, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            stage.Server("health").StopListening();
            await stage.Log.WaitFor("has no server available");
            await server.Send(5);
            await client.WaitForBytes(25);
            server.Close();
            await client.WaitForFin();
            client.Close();
        }) { LogLines = 3, Divergence = Divergences.CheckErrorText },
        new("On-marked-up shutdown-backup-sessions ends the backup's sessions", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                server s1 127.0.0.1:{server:s1} check inter 150ms rise 1 fall 1 on-marked-up shutdown-backup-sessions
                server s2 127.0.0.1:{server:s2} backup
            """, async stage =>
        {
            stage.Server("s1").StopListening();
            await stage.Log.WaitFor("s1 is DOWN");
            (Peer client, Peer server) = await stage.Established("fe", "s2");
            stage.Server("s1").ListenAgain();
            await stage.Log.WaitFor("s1 is UP");
            await client.WaitForFin();
        }) { LogLines = 3, AnyLogOrder = true, Divergence = Divergences.KilledSession },
        new("Observe layer4 marks a refusing server down", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                balance roundrobin
                retries 0
                server s1 127.0.0.1:{refused:s1} check port {server:health} inter 2s observe layer4 error-limit 2 on-error mark-down
                server s2 127.0.0.1:{server:s2}
            """, async stage =>
        {
            stage.Server("s2").AnswerWithName();
            for (int i = 0; i < 4; i++)
                stage.Notes.Saw(await stage.AskOne("fe"));
            await stage.Log.WaitFor("s1 is DOWN");
        }) { LogLines = 5, AnyLogOrder = true },
        new("A tracking server follows the tracked one", """
            backend watched
                server s1 127.0.0.1:{server:s1} check inter 150ms rise 1 fall 1
            listen test1
                bind 127.0.0.1:{bind:fe}
                balance roundrobin
                server t1 127.0.0.1:{server:t1} track watched/s1
            """, async stage =>
        {
            stage.Server("t1").AnswerWithName();
            stage.Notes.Saw(await stage.AskOne("fe"));
            stage.Server("s1").StopListening();
            await stage.Log.WaitFor("proxy test1 has no server", 1);
            stage.Notes.Saw(await stage.AskOne("fe"));
            stage.Server("s1").ListenAgain();
            await stage.Log.WaitFor("t1 is UP");
            stage.Notes.Saw(await stage.AskOne("fe"));
        }) { LogLines = 8, Divergence = Divergences.CheckErrorText },
        new("A server down with log-health-checks", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                option log-health-checks
                server s1 127.0.0.1:{server:s1} check inter 150ms rise 2 fall 3
            """, async stage =>
        {
            stage.Server("s1").AnswerWithName();
            await stage.Log.WaitFor("status: 3/3 UP");
            stage.Server("s1").StopListening();
            await stage.Log.WaitFor("has no server available");
            stage.Server("s1").ListenAgain();
            stage.Server("s1").AnswerWithName();
            await stage.Log.WaitFor("is UP");
        }) { LogLines = 6, Divergence = Divergences.FirstChecks },
        new("A queued session leaves a server that goes down", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout queue 3s
                option redispatch
                server s1 127.0.0.1:{server:s1} maxconn 1 check port {server:health} inter 150ms rise 1 fall 1
                server s2 127.0.0.1:{server:s2} backup
            """, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            stage.Server("s2").AnswerWithName();
            Peer second = await stage.Ask("fe");
            await stage.Settle();
            stage.Server("health").StopListening();
            await stage.Log.WaitFor("s1 is DOWN");
            stage.Notes.Saw(await stage.AnswerTo(second));
        }) { LogLines = 2, Divergence = Divergences.QueueMovesOn },
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Is_judged_as_by_haproxy(string scenario) => SideBySide.Run(Rows, scenario, output);
}
