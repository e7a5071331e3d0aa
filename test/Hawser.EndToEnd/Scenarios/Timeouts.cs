using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>Which timer ends a session, towards whom, and what the other end may still do (the article's cases).</summary>
public sealed class Timeouts(ITestOutputHelper output)
{
    private static readonly Scenario[] Rows =
    [
        new("The server is silent past timeout server and then writes", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout server 1s
                timeout client 4s
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                Peer client = await stage.Connect("client", "fe");
                Peer server = await stage.Accept("s1");
                await client.WaitForFin();
                for (int i = 0; i < 6; i++)
                {
                    await server.Send(1000);
                    await stage.Settle();
                }

                await stage.Log.WaitFor(" sD ");
            }),
        new("The client is silent past timeout client and then writes", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout client 1s
                timeout server 4s
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                Peer client = await stage.Connect("client", "fe");
                Peer server = await stage.Accept("s1");
                await server.WaitForFin();
                for (int i = 0; i < 6; i++)
                {
                    await client.Send(1000);
                    await stage.Settle();
                }

                await stage.Log.WaitFor(" cD ");
            }),
        new("After timeout server the client closes too", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout server 800ms
                timeout client 4s
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                (Peer client, Peer server) = await stage.Established();
                await client.WaitForFin();
                client.Close();
                await server.WaitForFin();
                await stage.Settle();
                server.Close();
            }),
        new("After timeout server the server closes and the client stays", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout server 800ms
                timeout client 3s
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                (Peer client, Peer server) = await stage.Established();
                await client.WaitForFin();
                server.Close();
                await stage.Log.WaitFor(1);
            }),
        new("After timeout server the client writes on and the server answers", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout server 800ms
                timeout client 2s
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                (Peer client, Peer server) = await stage.Established();
                await client.WaitForFin();
                await client.Send(100);
                await server.WaitForBytes(110);
                await server.Send(200);
                await stage.Log.WaitFor(1);
            }),
        new("After timeout client the server writes on and the client reads", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout client 800ms
                timeout server 2s
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                (Peer client, Peer server) = await stage.Established();
                await server.WaitForFin();
                await server.Send(100);
                await client.WaitForBytes(120);
                await client.Send(200);
                await stage.Log.WaitFor(1);
            }),
        new("After timeout client the server closes", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout client 800ms
                timeout server 4s
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                (Peer client, Peer server) = await stage.Established();
                await server.WaitForFin();
                server.Close();
                await client.WaitForFin();
            }),
        new("After timeout client the client closes and the server stays", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout client 800ms
                timeout server 3s
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                (Peer client, Peer server) = await stage.Established();
                await server.WaitForFin();
                client.Close();
                await stage.Log.WaitFor(1);
            }),
        new("Equal timeouts end both sides at once", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout client 1s
                timeout server 1s
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                (Peer client, Peer server) = await stage.Established();
                await stage.Log.WaitFor(1);
            }) { ResetHidesFin = true },
        new("Nobody sends after the first byte and timeout tunnel ends both", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout client 4s
                timeout server 4s
                timeout tunnel 1s
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                (Peer client, Peer server) = await stage.Established();
                await stage.Log.WaitFor(1);
            }) { ResetHidesFin = true },
        new("Timeout tunnel needs no data to take over", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout client 4s
                timeout server 4s
                timeout tunnel 1s
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                Peer client = await stage.Connect("client", "fe");
                Peer server = await stage.Accept("s1");
                await stage.Log.WaitFor(1);
            }) { ResetHidesFin = true },
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Ends_as_with_haproxy(string scenario) => SideBySide.Run(Rows, scenario, output);
}
