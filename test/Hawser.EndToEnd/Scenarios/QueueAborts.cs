using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>The client gives up, or is given up, while it waits for a server.</summary>
public sealed class QueueAborts(ITestOutputHelper output)
{
    private static readonly Scenario[] Rows =
    [
        new("A client that closes in the queue without abortonclose", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout queue 4s
                server s1 127.0.0.1:{server:s1} maxconn 1
            """, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            Peer second = await stage.Connect("second", "fe");
            await stage.Settle();
            second.Close();
            await stage.Log.WaitFor(1);
            server.Close();
            await client.WaitForFin();
            client.Close();
        }) { LogLines = 2 },
        new("A client that closes in the queue with abortonclose", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout queue 4s
                option abortonclose
                server s1 127.0.0.1:{server:s1} maxconn 1
            """, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            Peer second = await stage.Connect("second", "fe");
            await stage.Settle();
            second.Close();
            await stage.Log.WaitFor(1);
            server.Close();
            await client.WaitForFin();
            client.Close();
        }) { LogLines = 2 },
        new("A client that sends and closes in the queue with abortonclose", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout queue 4s
                option abortonclose
                server s1 127.0.0.1:{server:s1} maxconn 1
            """, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            Peer second = await stage.Connect("second", "fe");
            await second.Send(5);
            second.HalfClose();
            await second.WaitForFin();
            server.Close();
            await client.WaitForFin();
            client.Close();
        }) { LogLines = 2 },
        new("A client that sends and closes in the queue without abortonclose", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout queue 4s
                server s1 127.0.0.1:{server:s1} maxconn 1
            """, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            Peer second = await stage.Connect("second", "fe");
            await second.Send(5);
            second.HalfClose();
            server.Close();
            await client.WaitForFin();
            client.Close();
            Peer next = await stage.Accept("s1");
            await next.WaitForBytes(5);
            await next.WaitForFin();
            next.Close();
            await second.WaitForFin();
        }) { LogLines = 2 },
        new("A client that resets in the queue without abortonclose", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout queue 4s
                server s1 127.0.0.1:{server:s1} maxconn 1
            """, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            Peer second = await stage.Connect("second", "fe");
            await stage.Settle();
            second.Reset();
            await stage.Log.WaitFor(1);
            server.Close();
            await client.WaitForFin();
            client.Close();
        }) { LogLines = 2 },
        new("Timeout client fires in the queue", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout queue 900ms
                timeout client 300ms
                server s1 127.0.0.1:{server:s1} maxconn 1
            """, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            for (int i = 0; i < 3; i++)
                await client.Send(1);
            Peer second = await stage.Connect("second", "fe");
            await second.WaitForFin();
        }) { LogLines = 2 },
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task End_as_with_haproxy(string scenario) => SideBySide.Run(Rows, scenario, output);
}
