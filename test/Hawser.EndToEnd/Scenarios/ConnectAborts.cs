using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>The client gives up, or is given up, before the server is reached.</summary>
public sealed class ConnectAborts(ITestOutputHelper output)
{
    private static readonly Scenario[] Rows =
    [
        new("The client closes during connect without abortonclose", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 1
                timeout connect 1s
                server s1 127.0.0.1:{blackhole:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await stage.Settle();
            client.Close();
        }),
        new("The client closes during connect with abortonclose", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 1
                option abortonclose
                timeout connect 1s
                server s1 127.0.0.1:{blackhole:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await stage.Settle();
            client.Close();
        }),
        new("The client resets during connect without abortonclose", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 1
                timeout connect 1s
                server s1 127.0.0.1:{blackhole:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await stage.Settle();
            client.Reset();
        }),
        new("The client resets during connect with abortonclose", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 1
                option abortonclose
                timeout connect 1s
                server s1 127.0.0.1:{blackhole:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await stage.Settle();
            client.Reset();
        }),
        new("The client sends data and closes during connect with abortonclose", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 1
                option abortonclose
                timeout connect 1s
                server s1 127.0.0.1:{blackhole:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.Send(100);
            await stage.Settle();
            client.Close();
        }) { Divergence = Divergences.AbortWithData },
        new("Timeout client fires during connect", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 0
                timeout client 300ms
                timeout connect 800ms
                server s1 127.0.0.1:{blackhole:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.WaitForFin();
        }),
        new("A client that closes while a retry waits", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 3
                server s1 127.0.0.1:{refused:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await stage.Settle();
            client.Close();
        }),
        new("A client that closes while a retry waits with abortonclose", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 3
                option abortonclose
                server s1 127.0.0.1:{refused:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await stage.Settle();
            client.Close();
        }),
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task End_as_with_haproxy(string scenario) => SideBySide.Run(Rows, scenario, output);
}
