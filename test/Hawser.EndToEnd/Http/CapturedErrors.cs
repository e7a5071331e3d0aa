using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Http;

/// <summary>
/// What "show errors" tells of messages that break the protocol: what HAProxy 3.5 printed for the same bytes, but for
/// dates, ports, the place of its buffer's end and its own flags. With HAWSER_UPDATE_GOLDEN=1 and HAPROXY naming a 3.5 it
/// is recorded.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed partial class CapturedErrors
{
    private const string Get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private const string Upload = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n";
    private const string Download = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n";
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private const string Upgrade = "GET / HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: foo, websocket\r\n";

    private static readonly string s_file = Path.Combine(AppContext.BaseDirectory, "Configurations", "http", "errors.recorded");

    /// <summary>Pieces of the request, then of the response, divided by "|": the next is sent when the one before is through.</summary>
    private static readonly (string Name, bool IsUnsafe, string Request, string Response)[] s_cases =
    [
        ("a long line, a zero byte", false, $"GET / HTTP/1.1\r\nHost: h\r\nX: {new string('a', 150)}\0\t\\\x80\r\n\r\nrest\r\n", Ok),
        ("a blank in the name of a response's field", false, Get, "HTTP/1.1 200 OK\r\nSer ver: x\r\nContent-Length: 2\r\n\r\nok"),
        ("names are shown as they came", false, "GET / HTTP/1.1\r\nHost: h\r\nX-Y: a\r\nContent-Length: z\r\n\r\n", Ok),
        ("the first chunk of a request", false, "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", Ok),
        ("a later chunk behind a request's head", false, Upload + "zz\r\nabc\r\n", Ok),
        ("a chunk in the middle of a request", false, Upload + "|3\r\ndef\r\n5\r\nabcdeX\r\n", Ok),
        ("a chunk's size in the middle of a request", false, Upload + "|g\r\nabc", Ok),
        ("a chunk behind a response's head", false, Get, Download + "zz\r\n"),
        ("a chunk in the middle of a response", false, Get, Download + "|3\r\ndef\r\nzz\r\n"),
        ("a chunk's end in the middle of a response", false, Get, Download + "|3\r\ndefxx"),
        ("WebSocket with a key that is none", false, Upgrade + "Sec-WebSocket-Key: aaaaaaaaaaaaaaaaaaaaaaa\r\n\r\n", Ok),
        ("WebSocket without a key", false, Upgrade + "\r\n", Ok),
        ("WebSocket without an answer to the key", false, Upgrade + "Sec-WebSocket-Key: aaaaaaaaaaaaaaaaaaaaaa==\r\n\r\n",
            "HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n\r\n"),
        ("let pass: names, the first of them", true, "GET / HTTP/1.1\r\nHost: h\r\nX@y: a\r\nb(c: d\r\n\r\n", Ok),
        ("let pass: a folded first field", true, "GET / HTTP/1.1\r\n x: y\r\nHost: h\r\n\r\n", Ok),
        ("a folded first field without a colon", true, "GET / HTTP/1.1\r\n x\r\nHost: h\r\n\r\n", Ok),
        ("let pass: a target's byte, before all else", true, "GET /\xE9# HTTP/1.1\r\nHost: h\r\nX@y: a\0b\r\n\r\n", Ok),
        ("let pass: a fragment", true, "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n", Ok),
        ("let pass: a zero byte", true, "GET / HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n", Ok),
        ("let pass: another host", true, "GET http://x/ HTTP/1.1\r\nHost: a\r\n\r\n", Ok),
        ("let pass: an authority", true, "CONNECT x HTTP/1.1\r\nHost: x\r\n\r\n", Ok),
        ("let pass: a version, of which nothing is said", true, "GET / RTSP/2.0\r\nHost: h\r\n\r\n", Ok),
        ("let pass: before a body", true, "POST / HTTP/1.1\r\nHost: h\r\nX@y: a\r\nContent-Length: 5\r\n\r\nhel|lo", Ok),
        ("let pass: before chunks", true, "POST / HTTP/1.1\r\nHost: h\r\nX@y: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", Ok),
        ("let pass, and then refused", true, "GET / HTTP/1.1\r\nHost: h\r\nX@y: a\r\nContent-Length: z\r\n\r\n", Ok),
        ("let pass: a response's name", true, Get, "HTTP/1.1 200 OK\r\nX@y: 1\r\nContent-Length: 2\r\n\r\nok"),
        ("let pass: a response until the end", true, Get, "HTTP/1.1 200 OK\r\nX@y: 1\r\n\r\nok"),
        ("let pass: a response without a body", true, Get, "HTTP/1.1 204 OK\r\nX@y: 1\r\n\r\n"),
        ("let pass: an interim response", true, Get, "HTTP/1.1 100 OK\r\nX@y: 1\r\n\r\n" + Ok),
        ("let pass: a status of four digits", true, Get, "HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\nok"),
        ("let pass: chunked twice", true, Get, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"),
        ("let pass: no coding", true, Get, "HTTP/1.1 200 OK\r\nTransfer-Encoding: \r\nContent-Length: 2\r\n\r\nok"),
        ("let pass: WebSocket without an answer to the key", true, Upgrade + "Sec-WebSocket-Key: aaaaaaaaaaaaaaaaaaaaaa==\r\n\r\n",
            "HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n\r\n"),
    ];

    [Fact]
    public async Task Show_errors_prints_what_HAProxy_prints()
    {
        if (Skipped.Because(nameof(Show_errors_prints_what_HAProxy_prints), ("hawser", Binaries.Hawser)))
            return;
        if (Environment.GetEnvironmentVariable("HAWSER_UPDATE_GOLDEN") is not null)
            File.WriteAllText(s_file, await Run(Binaries.Haproxy!));
        string[] expected = File.ReadAllText(s_file).Split("\n### ");
        string[] actual = (await Run(Binaries.Hawser!)).Split("\n### ");
        Assert.Equal(expected.Length, actual.Length);
        string[] differences = [.. expected.Zip(actual).Where(static pair => pair.First != pair.Second).Select(static pair => $"recorded:\n{pair.First}\nhawser:\n{pair.Second}")];
        Assert.True(differences.Length == 0, string.Join("\n", differences));
    }

    /// <summary>All cases after each other: "show errors" after each.</summary>
    private static async Task<string> Run(string binary)
    {
        StringBuilder seen = new();
        foreach ((string name, bool isUnsafe, string request, string response) in s_cases)
            seen.Append(null, $"\n### {name}\n{await Errors(binary, isUnsafe, request.Split('|'), response.Split('|'))}");
        return seen.ToString();
    }

    private static async Task<string> Errors(string binary, bool isUnsafe, string[] request, string[] response)
    {
        using TcpListener origin = new(IPAddress.Loopback, 0);
        origin.Start();
        string no = isUnsafe ? "" : "no ";
        using HttpStage stage = new(binary, "%ST %ts", $"{no}option accept-unsafe-violations-in-http-request",
            $"{no}option accept-unsafe-violations-in-http-response\n    retries 0\n    server s1 127.0.0.1:{((IPEndPoint)origin.LocalEndpoint).Port}");
        await stage.Ready();
        using Socket client = await stage.Connect();
        await Say(stage, client, request);
        if (origin.Pending())
        {
            using Socket server = await origin.AcceptSocketAsync();
            await Say(stage, server, response);
        }

        string said = await stage.Ask("show errors");
        said = Date().Replace(said, "[DATE]");
        said = Source().Replace(said, "src 127.0.0.1:PORT");
        said = Flags().Replace(said, "flags FLAGS");
        return End().Replace(said, "wraps at END");
    }

    private static async Task Say(HttpStage stage, Socket peer, string[] pieces)
    {
        try
        {
            foreach (string piece in pieces)
            {
                await peer.SendAsync(Encoding.Latin1.GetBytes(piece));
                await stage.Proxy.Idle();
            }
        }
        catch (SocketException)
        {
            // The proxy has heard enough.
        }
    }

    [GeneratedRegex(@"\[\d\d/\w+/\d{4}:[\d:.]+\]")]
    private static partial Regex Date();

    [GeneratedRegex(@"src 127\.0\.0\.1:\d+")]
    private static partial Regex Source();

    [GeneratedRegex("flags 0x[0-9a-f]{8}")]
    private static partial Regex Flags();

    [GeneratedRegex(@"wraps at \d+")]
    private static partial Regex End();
}
