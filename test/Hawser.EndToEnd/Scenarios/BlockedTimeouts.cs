using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>Which timer runs while data cannot move, or moves one way only.</summary>
public sealed class BlockedTimeouts(ITestOutputHelper output)
{
    /// <summary>
    /// Between two bytes of a server that trickles: long enough for twelve of them to outlast the timeouts here, and far
    /// from any of these itself.
    /// </summary>
    private const int PaceMs = 200;

    private static readonly Scenario[] Rows =
    [
        new("The server stops reading and the client writes until timeout server", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout client 6s
                timeout server 1500ms
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                Peer client = await stage.Connect("client", "fe");
                Peer server = await stage.Accept("s1", reads: false);
                await client.SendUntilStalled(64 << 20, stage.Proxy);
                await stage.Log.WaitFor(1);
            }) { CountBytes = false },
        new("The client stops reading and the server writes until timeout client", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout client 1500ms
                timeout server 6s
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                Peer client = await stage.Connect("client", "fe", reads: false);
                Peer server = await stage.Accept("s1");
                await server.SendUntilStalled(64 << 20, stage.Proxy);
                await stage.Log.WaitFor(1);
            }) { CountBytes = false },
        new("The client stops reading for longer than timeout server allows", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout client 4s
                timeout server 1500ms
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                Peer client = await stage.Connect("client", "fe", reads: false);
                Peer server = await stage.Accept("s1");
                await server.SendUntilStalled(64 << 20, stage.Proxy);
                await stage.Log.WaitFor(1);
            }) { CountBytes = false },
        new("The server stops reading for longer than timeout client allows", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout client 1500ms
                timeout server 4s
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                Peer client = await stage.Connect("client", "fe");
                Peer server = await stage.Accept("s1", reads: false);
                await client.SendUntilStalled(64 << 20, stage.Proxy);
                await stage.Log.WaitFor(1);
            }) { CountBytes = false },
        new("The server trickles a byte and keeps both timers away", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout client 2s
                timeout server 2s
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                Peer client = await stage.Connect("client", "fe");
                Peer server = await stage.Accept("s1");
                for (int i = 0; i < 12; i++)
                {
                    await server.Send(1);
                    await Task.Delay(PaceMs);
                }

                server.HalfClose();
                await client.WaitForFin();
                client.Close();
            }),
        new("Independent-streams lets a client that only reads time out", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                option independent-streams
                timeout client 1200ms
                timeout server 6s
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                Peer client = await stage.Connect("client", "fe");
                Peer server = await stage.Accept("s1");
                for (int i = 0; i < 12; i++)
                {
                    await server.Send(1);
                    await Task.Delay(PaceMs);
                }

                await server.WaitForFin();
                server.Close();
            }),
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task End_as_with_haproxy(string scenario) => SideBySide.Run(Rows, scenario, output);
}
