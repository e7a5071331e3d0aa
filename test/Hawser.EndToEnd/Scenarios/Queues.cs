using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>Server maxconn and the queue behind it.</summary>
public sealed class Queues(ITestOutputHelper output)
{
    private static readonly Scenario[] Rows =
    [
        new("A queued session is given up after timeout queue", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout queue 400ms
                server s1 127.0.0.1:{server:s1} maxconn 1
            """, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            Peer second = await stage.Connect("second", "fe");
            await second.Send(10);
            await second.WaitForFin();
            await stage.Settle();
            server.Close();
            await client.WaitForFin();
            client.Close();
        }) { LogLines = 2 },
        new("Leastconn after sessions have waited", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                balance leastconn
                timeout queue 4s
                server s1 127.0.0.1:{server:s1} maxconn 1
                server s2 127.0.0.1:{server:s2} maxconn 1 weight 2
            """, async stage =>
        {
            // Both are full, two wait; the slots go to them in the order in which they become free.
            (Peer first, Peer one) = await stage.Established("fe", "s1");
            Peer second = await stage.Connect("second", "fe");
            Peer two = await stage.Accept("s2");
            Peer third = await stage.Connect("third", "fe");
            await third.Send(1);
            Peer fourth = await stage.Connect("fourth", "fe");
            await fourth.Send(1);
            two.Close();
            await second.WaitForFin();
            second.Close();
            Peer three = await stage.Accept("s2");
            one.Close();
            await first.WaitForFin();
            first.Close();
            Peer four = await stage.Accept("s1");
            four.Close();
            await fourth.WaitForFin();
            fourth.Close();
            three.Close();
            await third.WaitForFin();
            third.Close();
            await stage.Log.WaitFor(4);
            await stage.AskWhoAnswers("fe", 6, "s1", "s2");
        }) { LogLines = 10, CompareLog = false },
        new("A queued session is served when the first ends", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout queue 3s
                server s1 127.0.0.1:{server:s1} maxconn 1
            """, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            Peer second = await stage.Connect("second", "fe");
            await second.Send(10);
            await stage.Settle();
            server.Close();
            await client.WaitForFin();
            client.Close();
            await stage.Log.WaitFor(1);
            Peer next = await stage.Accept("s1");
            await next.WaitForBytes(10);
            await next.Send(5);
            next.Close();
            await second.WaitForFin();
            second.Close();
        }) { LogLines = 2 },
        new("Three queued sessions are served in the order they came", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout queue 3s
                server s1 127.0.0.1:{server:s1} maxconn 1
            """, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            Peer[] waiting = new Peer[3];
            for (int i = 0; i < 3; i++)
            {
                waiting[i] = await stage.Connect($"waiting {i}", "fe");
                await waiting[i].Send($"number {i}");
                await stage.Settle();
            }

            server.Close();
            await client.WaitForFin();
            client.Close();
            for (int i = 0; i < 3; i++)
            {
                Peer next = await stage.Accept("s1");
                await next.WaitForBytes(8);
                stage.Notes.Saw(next.Text);
                await stage.Settle();
                next.Close();
                await waiting[i].WaitForFin();
                waiting[i].Close();
                await stage.Log.WaitFor(i + 2);
            }
        }) { LogLines = 4 },
        new("Timeout connect stands in for a missing timeout queue", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout connect 400ms
                server s1 127.0.0.1:{server:s1} maxconn 1
            """, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            Peer second = await stage.Connect("second", "fe");
            await second.WaitForFin();
            server.Close();
            await client.WaitForFin();
            client.Close();
        }) { LogLines = 2 },
        new("A full queue refuses a session bound to its server", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout queue 6s
                balance source
                server s1 127.0.0.1:{server:s1} maxconn 1 maxqueue 1
                server s2 127.0.0.1:{server:s2} maxconn 1 maxqueue 1
            """, async stage =>
        {
            Peer first = await stage.Connect("first", "fe");
            await Patience.Until(() => stage.Server("s2").HasPending, "the first session at s2");
            Peer queued = await stage.Connect("queued", "fe");
            await stage.Settle();
            Peer refused = await stage.Connect("refused", "fe");
            await refused.WaitForFin();
        }),
        new("Minconn grows with the backend's load", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout queue 60s
                fullconn 4
                server s1 127.0.0.1:{server:s1} minconn 1 maxconn 4
            """, async stage =>
        {
            Peer[] clients = new Peer[5];
            for (int i = 0; i < 5; i++)
            {
                clients[i] = await stage.Connect($"client {i}", "fe");
                await clients[i].Send(10);
                await stage.Settle();
                stage.Notes.Saw(stage.Server("s1").HasPending ? "served" : "queued");
                if (stage.Server("s1").HasPending)
                    await stage.Accept("s1");
            }
        }) { LogLines = 0 },
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Waits_as_with_haproxy(string scenario) => SideBySide.Run(Rows, scenario, output);
}
