using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>Orderly ends: who closes first, and what still passes the other way.</summary>
public sealed class HalfCloses(ITestOutputHelper output)
{
    private const string Plain = """
        listen test1
            bind 127.0.0.1:{bind:fe}
            server s1 127.0.0.1:{server:s1}
        """;

    private static readonly Scenario[] Rows =
    [
        new("The server answers and closes, then the client closes", Plain, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            server.Close();
            await client.WaitForFin();
            client.Close();
        }),
        new("The client closes after the answer, then the server closes", Plain, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            client.Close();
            await server.WaitForFin();
            server.Close();
        }),
        new("The client half-closes and the server answers at length and closes", Plain, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.Send(1000);
            client.HalfClose();
            Peer server = await stage.Accept("s1");
            await server.WaitForFin();
            await stage.Settle();
            await server.Send(300000);
            server.Close();
            await client.WaitForFin();
        }),
        new("The server half-closes and the client sends on and closes", Plain, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            Peer server = await stage.Accept("s1");
            await server.Send(1000);
            server.HalfClose();
            await client.WaitForFin();
            await stage.Settle();
            await client.Send(300000);
            client.Close();
            await server.WaitForFin();
        }),
        new("Client and server half-close at the same time", Plain, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            server.HalfClose();
            client.HalfClose();
            await server.WaitForFin();
            await client.WaitForFin();
        }),
        new("A client half-closes right after connecting and the server answers", Plain, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            client.HalfClose();
            Peer server = await stage.Accept("s1");
            await server.WaitForFin();
            await server.Send(50);
            server.Close();
            await client.WaitForFin();
        }),
        new("A client connects, says nothing and closes", Plain, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            Peer server = await stage.Accept("s1");
            client.Close();
            await server.WaitForFin();
            await stage.Settle();
            server.Close();
        }),
        new("A server accepts, says nothing and closes", Plain, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            Peer server = await stage.Accept("s1");
            server.Close();
            await client.WaitForFin();
            await stage.Settle();
            client.Close();
        }),
        new("A megabyte passes in each direction at once", Plain, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            Peer server = await stage.Accept("s1");
            await Task.WhenAll(client.Send(1 << 20), server.Send(1 << 20));
            await client.WaitForBytes(1 << 20);
            await server.WaitForBytes(1 << 20);
            server.Close();
            await client.WaitForFin();
            client.Close();
        }),
        new("A slow reader gets everything the server sent before closing", Plain, async stage =>
        {
            Peer client = await stage.Connect("client", "fe", reads: false, receiveBuffer: 8192);
            Peer server = await stage.Accept("s1");
            await server.Send(400000);
            server.Close();
            client.ReadSlowly(65536, 10);
            await client.WaitForFin();
            client.Close();
        }),
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Closes_as_with_haproxy(string scenario) => SideBySide.Run(Rows, scenario, output);
}
