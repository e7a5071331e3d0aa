using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>No server, a refusing one, a silent one: retries, redispatch and the client's end.</summary>
public sealed class ConnectFailures(ITestOutputHelper output)
{
    private static readonly Scenario[] Rows =
    [
        new("The only server refuses and retries are spent", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 2
                server s1 127.0.0.1:{refused:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.Send(10);
            await client.WaitForFin();
        }),
        new("The only server refuses and retries are 0", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 0
                server s1 127.0.0.1:{refused:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.WaitForFin();
        }),
        new("The only server never answers and timeout connect fires", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 0
                timeout connect 400ms
                server s1 127.0.0.1:{blackhole:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.WaitForFin();
        }),
        new("Timeout connect fires on every retry", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 2
                timeout connect 300ms
                server s1 127.0.0.1:{blackhole:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.WaitForFin();
        }),
        new("There is no server", """
            listen test1
                bind 127.0.0.1:{bind:fe}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.WaitForFin();
        }),
        new("The only server is disabled", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                server s1 127.0.0.1:{server:s1} disabled
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.WaitForFin();
        }),
        new("The only server has weight 0", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                server s1 127.0.0.1:{server:s1} weight 0
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.WaitForFin();
        }),
        new("The turn-around before a retry is no longer than timeout connect", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 2
                timeout connect 300ms
                server s1 127.0.0.1:{refused:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.WaitForFin();
        }),
        new("A server that comes back during the turn-around is reached", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 3
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            stage.Server("s1").StopListening();
            Peer client = await stage.Connect("client", "fe");
            await client.Send(10);
            await stage.Settle();
            stage.Server("s1").ListenAgain();
            Peer server = await stage.Accept("s1");
            await server.WaitForBytes(10);
            server.HalfClose();
            await client.WaitForFin();
            client.Close();
        }),
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Fails_as_with_haproxy(string scenario) => SideBySide.Run(Rows, scenario, output);
}
