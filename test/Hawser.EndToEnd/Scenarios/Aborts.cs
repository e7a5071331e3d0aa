using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>Resets by either side in each phase, and closes with data under way.</summary>
public sealed class Aborts(ITestOutputHelper output)
{
    private const string Plain = """
        listen test1
            bind 127.0.0.1:{bind:fe}
            server s1 127.0.0.1:{server:s1}
        """;

    private static readonly Scenario[] Rows =
    [
        new("The client resets while data flows", Plain, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            client.Reset();
            await server.WaitForFin();
        }),
        new("The server resets while data flows", Plain, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            server.Reset();
            await client.WaitForFin();
        }),
        new("The server sends an answer and resets at once", Plain, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            await server.Send(5000);
            await client.WaitForBytes(5020);
            server.Reset();
            await client.WaitForFin();
        }),
        new("The client resets before saying anything", Plain, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            Peer server = await stage.Accept("s1");
            client.Reset();
            await server.WaitForFin();
        }),
        new("The server resets before saying anything", Plain, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            Peer server = await stage.Accept("s1");
            server.Reset();
            await client.WaitForFin();
        }),
        new("The server resets after the client half-closed", Plain, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            client.HalfClose();
            await server.WaitForFin();
            server.Reset();
            await client.WaitForFin();
        }),
        new("The client resets after the server half-closed", Plain, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            server.HalfClose();
            await client.WaitForFin();
            client.Reset();
            await server.WaitForFin();
        }),
        new("The client resets with much of the answer unread", Plain, async stage =>
        {
            Peer client = await stage.Connect("client", "fe", reads: false);
            await client.Send(10);
            Peer server = await stage.Accept("s1");
            await server.WaitForBytes(10);
            Task<long> sending = server.SendUntilStalled(64 << 20, stage.Proxy);
            await sending;
            client.Reset();
            await server.WaitForReset();
        }) { CountBytes = false },
        new("The client closes with much of the answer unread", Plain, async stage =>
        {
            Peer client = await stage.Connect("client", "fe", reads: false);
            await client.Send(10);
            Peer server = await stage.Accept("s1");
            await server.WaitForBytes(10);
            await server.SendUntilStalled(64 << 20, stage.Proxy);
            client.Close();
            await server.WaitForReset();
        }) { CountBytes = false },
        new("The server resets with much of the request unread", Plain, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            Peer server = await stage.Accept("s1", reads: false);
            await client.SendUntilStalled(64 << 20, stage.Proxy);
            server.Reset();
            await client.WaitForFin();
        }) { CountBytes = false },
        new("The client sends after the server closed both ways", Plain, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            server.Close();
            await client.WaitForFin();
            await client.Send(100);
            await stage.Settle();
            await client.Send(100);
            await stage.Settle();
            client.Close();
        }),
        new("The server sends after the client closed both ways", Plain, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            client.Close();
            await server.WaitForFin();
            await server.Send(100);
            await stage.Settle();
            await server.Send(100);
            await stage.Settle();
            server.Close();
        }),
        new("Option nolinger resets what a close would end in order", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                option nolinger
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            server.Close();
            await client.WaitForFin();
            client.Close();
        }),
        new("Option nolinger with the client closing first", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                option nolinger
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            client.Close();
            await server.WaitForFin();
            await stage.Settle();
            server.Close();
        }),
        new("Option nolinger of the frontend resets a client that closed first", """
            frontend www
                bind 127.0.0.1:{bind:fe}
                option nolinger
                default_backend app
            backend app
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            client.HalfClose();
            await server.WaitForFin();
            server.Close();
            await client.WaitForReset();
        }),
        new("Option nolinger of the backend resets a server when timeout client fires", """
            frontend www
                bind 127.0.0.1:{bind:fe}
                timeout client 500ms
                default_backend app
            backend app
                option nolinger
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            await server.WaitForReset();
            await client.WaitForFin();
        }),
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Ends_as_with_haproxy(string scenario) => SideBySide.Run(Rows, scenario, output);
}
