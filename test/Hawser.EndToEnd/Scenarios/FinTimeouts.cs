using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>Which timer ends a session of which one direction is already closed.</summary>
public sealed class FinTimeouts(ITestOutputHelper output)
{
    private static readonly Scenario[] Rows =
    [
        new("Timeout client-fin ends a half-closed client", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout client-fin 800ms
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                (Peer client, Peer server) = await stage.Established();
                client.HalfClose();
                await server.WaitForFin();
                await stage.Log.WaitFor(1);
            }),
        new("Timeout server-fin ends a server that got a FIN", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout server-fin 800ms
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                (Peer client, Peer server) = await stage.Established();
                client.HalfClose();
                await server.WaitForFin();
                await stage.Log.WaitFor(1);
            }),
        new("Timeout client-fin ends a client that got a FIN", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout client-fin 800ms
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                (Peer client, Peer server) = await stage.Established();
                server.HalfClose();
                await client.WaitForFin();
                await stage.Log.WaitFor(1);
            }),
        new("Timeout server-fin ends a half-closed server", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout server-fin 800ms
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                (Peer client, Peer server) = await stage.Established();
                server.HalfClose();
                await client.WaitForFin();
                await stage.Log.WaitFor(1);
            }),
        new("A half-closed client with no answer ends by timeout server", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout client 3s
                timeout server 1s
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                (Peer client, Peer server) = await stage.Established();
                client.HalfClose();
                await stage.Log.WaitFor(1);
            }),
        new("A half-closed client with no answer ends by timeout client", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout client 1s
                timeout server 3s
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                (Peer client, Peer server) = await stage.Established();
                client.HalfClose();
                await stage.Log.WaitFor(1);
            }),
        new("A half-closed server and a silent client end by timeout client", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout client 1s
                timeout server 3s
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                (Peer client, Peer server) = await stage.Established();
                server.HalfClose();
                await stage.Log.WaitFor(1);
            }),
        new("A half-closed server and a silent client end by timeout server", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                timeout client 3s
                timeout server 1s
                server s1 127.0.0.1:{server:s1}
            """,
            async stage =>
            {
                (Peer client, Peer server) = await stage.Established();
                server.HalfClose();
                await stage.Log.WaitFor(1);
            }),
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task End_as_with_haproxy(string scenario) => SideBySide.Run(Rows, scenario, output);
}
