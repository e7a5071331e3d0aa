using System;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>The PROXY protocol as accepted from clients and as sent to servers.</summary>
public sealed class ProxyProtocol(ITestOutputHelper output)
{
    private const string Accepting = """
        listen test1
            bind 127.0.0.1:{bind:fe} accept-proxy
            timeout client 1500ms
            server s1 127.0.0.1:{server:s1}
        """;

    private static readonly Scenario[] Rows =
    [
        Accepts("A version 1 header of TCP4", "PROXY TCP4 192.0.2.1 192.0.2.2 1000 2000\r\nhello"),
        Accepts("A version 1 header of TCP6", "PROXY TCP6 2001:db8::1 2001:db8::2 1000 2000\r\nhello"),
        Accepts("A version 1 header of UNKNOWN", "PROXY UNKNOWN\r\nhello"),
        Accepts("A version 2 header of TCP4", V2(0x21, 0x11, [192, 0, 2, 1, 192, 0, 2, 2, 3, 232, 7, 208]) + "hello"),
        Accepts("A version 2 header of LOCAL", V2(0x20, 0x00, []) + "hello"),
        Accepts("A version 2 header with a TLV", V2(0x21, 0x11,
            [192, 0, 2, 1, 192, 0, 2, 2, 3, 232, 7, 208, 4, 0, 2, 0, 0]) + "hello"),
        Refuses("A client that does not send the header", "GET / HTTP/1.0\r\n\r\n"),
        Refuses("A version 1 header with a broken address", "PROXY TCP4 192.0.2 192.0.2.2 1000 2000\r\nhello") with { Divergence = Divergences.StrictHeader },
        Refuses("A version 1 header without an end", "PROXY TCP4 " + new string('1', 110)),
        Refuses("A version 2 header with a bad version", V2(0x31, 0x11, [192, 0, 2, 1, 192, 0, 2, 2, 3, 232, 7, 208]) + "hello"),
        Refuses("A version 1 header of a protocol that is none", "PROXY SCTP4 192.0.2.1 192.0.2.2 1000 2000\r\nhello"),
        Refuses("A version 1 header without the carriage return", "PROXY TCP4 192.0.2.1 192.0.2.2 1000 2000\nhello"),
        new("A client that never sends the header", Accepting, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.WaitForFin();
        }),
        new("A client that closes before the header", Accepting, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            client.Close();
        }),
        new("A client that closes before the header with dontlognull", Accepting + "\n    option dontlognull\n", async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            client.Close();
        }) { LogLines = 0 },
        new("A client that resets before the header", Accepting, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await stage.Settle();
            client.Reset();
        }),
        new("A header that comes in pieces", Accepting, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.Send("PROXY TCP4 192.0");
            await client.WaitForReset();
        }) { Divergence = Divergences.HeaderInPieces },
        Sends("Send-proxy", "send-proxy", "fe"),
        Sends("Send-proxy-v2", "send-proxy-v2", "fe"),
        Sends("Send-proxy-v2 with a checksum", "send-proxy-v2 proxy-v2-options crc32c", "fe"),
        Sends("Send-proxy over IPv6", "send-proxy", "fe6", IPAddress.IPv6Loopback),
        Sends("Send-proxy-v2 over IPv6", "send-proxy-v2", "fe6", IPAddress.IPv6Loopback),
        new("Send-proxy passes an accepted header on", """
            listen test1
                bind 127.0.0.1:{bind:fe} accept-proxy
                server s1 127.0.0.1:{server:s1} send-proxy
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.Send("PROXY TCP4 192.0.2.1 192.0.2.2 1000 2000\r\nhello");
            Peer server = await stage.Accept("s1");
            await server.WaitForBytes(47);
            stage.Notes.Saw(server.Text.Replace("\r\n", "<CRLF>", StringComparison.Ordinal));
            server.Close();
            await client.WaitForFin();
            client.Close();
        }),
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Is_spoken_as_by_haproxy(string scenario) => SideBySide.Run(Rows, scenario, output);

    private static Scenario Accepts(string name, string sent) => new(name, Accepting, async stage =>
    {
        Peer client = await stage.Connect("client", "fe");
        await client.Send(Encoding.Latin1.GetBytes(sent), "header and hello");
        Peer server = await stage.Accept("s1");
        await server.WaitForBytes(5);
        stage.Notes.Saw(server.Text);
        await server.Send(7);
        await client.WaitForBytes(7);
        server.Close();
        await client.WaitForFin();
        client.Close();
    });

    private static Scenario Refuses(string name, string sent) => new(name, Accepting, async stage =>
    {
        Peer client = await stage.Connect("client", "fe");
        await client.Send(Encoding.Latin1.GetBytes(sent), "a bad header");
        await client.WaitForFin();
    });

    private static Scenario Sends(string name, string keyword, string bind, IPAddress? to = null) => new(name,
        $$"""
        listen test1
            bind 127.0.0.1:{bind:fe}
            bind :::{bind:fe6} v6only
            server s1 127.0.0.1:{server:s1} {{keyword}}
        """, async stage =>
    {
        Peer client = await stage.Connect("client", bind, to: to);
        await client.Send("hello");
        Peer server = await stage.Accept("s1");
        await Patience.Until(() => server.Text.EndsWith("hello", StringComparison.Ordinal), "hello");
        int source = ((IPEndPoint)client.Socket.LocalEndPoint!).Port;
        int destination = ((IPEndPoint)client.Socket.RemoteEndPoint!).Port;
        bool text = server.Text.StartsWith("PROXY", StringComparison.Ordinal);
        string header = text
            ? server.Text.Replace($"{source} {destination}", "SOURCE DESTINATION", StringComparison.Ordinal)
            : Convert.ToHexString(Encoding.Latin1.GetBytes(server.Text))
                .Replace($"{source:X4}{destination:X4}", "(SOURCE)(DESTINATION)", StringComparison.Ordinal);
        // A checksum covers the ports, so it differs from run to run; it is checked in the unit tests.
        stage.Notes.Saw(keyword.Contains("crc32c", StringComparison.Ordinal) ? header[..(header.Length - 18)] : header);
        server.Close();
        await client.WaitForFin();
        client.Close();
    });

    private static string V2(byte versionCommand, byte family, byte[] rest) =>
        "\r\n\r\n\0\r\nQUIT\n" + (char)versionCommand + (char)family + (char)(rest.Length >> 8) + (char)(rest.Length & 255)
        + Encoding.Latin1.GetString(rest);
}
