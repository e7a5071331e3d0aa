using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Http;

/// <summary>
/// Settings of mode http whose effect is in connections, turns and pages of the process, more than in the bytes of one
/// exchange. Where the installed haproxy has the setting, it has to pass as well.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class ConnectionSettings
{
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private const string Get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    /// <summary>HAProxy refuses it, too, and sends the page of 200 with it (docs/divergences.md).</summary>
    [Fact]
    public async Task A_cookie_that_a_cache_would_keep_is_refused_with_502()
    {
        if (Skipped.Because(nameof(A_cookie_that_a_cache_would_keep_is_refused_with_502), ("hawser", Binaries.Hawser)))
            return;
        using HttpStage stage = new(Binaries.Hawser!, "%ST %ts", "", "option checkcache\n    server s1 {s1}",
            responses: "HTTP/1.1 200 OK\r\nSet-Cookie: secret=1\r\nCache-Control: max-age=60\r\nContent-Length: 2\r\n\r\nok");
        await stage.Ready();
        using Socket client = await stage.Connect();
        string answer = await Ask(client, Get);
        Assert.StartsWith("HTTP/1.1 502 Bad Gateway\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
        Assert.Contains("502 PH", await stage.Logged(2));
        Assert.Single(stage.Origins[0].Requests);
    }

    /// <summary>
    /// Connections that only their client may use. So many wait; where there is no room for one more, it is closed and those
    /// that wait stay.
    /// </summary>
    [Theory]
    [InlineData("haproxy", 0, "s1 s1 s2 s1", "3 1 0")]
    [InlineData("hawser", 0, "s1 s1 s2 s1", "3 1 0")]
    [InlineData("haproxy", 1, "s1 s2 s1 s2 s1", "1 2 0")]
    [InlineData("hawser", 1, "s1 s2 s1 s2 s1", "1 2 0")]
    [InlineData("haproxy", 2, "s1 s2 s3 s1 s2 s3", "1 1 2")]
    [InlineData("hawser", 2, "s1 s2 s3 s1 s2 s3", "1 1 2")]
    [InlineData("haproxy", 3, "s1 s2 s3 s1 s2 s3", "1 1 1")]
    [InlineData("hawser", 3, "s1 s2 s3 s1 s2 s3", "1 1 1")]
    public async Task A_client_keeps_as_many_connections_as_max_session_srv_conns_says(string name, int most, string path, string connections)
    {
        if (Skip(nameof(A_client_keeps_as_many_connections_as_max_session_srv_conns_says), name) is not { } binary)
            return;
        using HttpStage stage = new(binary, "%s %ST", $"max-session-srv-conns {most}", """
            http-reuse never
                use-server s1 if { hdr(x-to) s1 }
                use-server s2 if { hdr(x-to) s2 }
                use-server s3 if { hdr(x-to) s3 }
                server s1 {s1}
                server s2 {s2}
                server s3 {s3}
            """, responses: [Answer, Answer, Answer]);
        await stage.Ready();
        using Socket client = await stage.Connect();
        MessageReader reader = new(client);
        string[] servers = path.Split(' ');
        for (int i = 0; i < servers.Length; i++)
        {
            await client.SendAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: h\r\nX-To: {servers[i]}\r\n\r\n"));
            Assert.EndsWith("ok", await reader.Next(hasBody: true), StringComparison.Ordinal);
        }

        Assert.Equal(servers.Select(static server => $"{server} 200"), await stage.Logged(servers.Length));
        Assert.Equal(connections, string.Join(' ', stage.Origins.Select(static origin => origin.Connections)));
    }

    [Fact]
    public async Task Only_requests_with_the_same_pool_conn_name_share_a_connection()
    {
        if (Skipped.Because(nameof(Only_requests_with_the_same_pool_conn_name_share_a_connection), ("hawser", Binaries.Hawser)))
            return;
        using HttpStage stage = new(Binaries.Hawser!, "%ST", "",
            "http-reuse always\n    server s1 {s1} pool-conn-name hdr(x-pool)", responses: Answer);
        await stage.Ready();
        foreach ((string pool, int connections) in new[] { ("a", 1), ("a", 1), ("b", 2), ("a", 2) })
        {
            using Socket client = await stage.Connect();
            Assert.EndsWith("ok", await Ask(client, $"GET / HTTP/1.1\r\nHost: h\r\nX-Pool: {pool}\r\n\r\n"), StringComparison.Ordinal);
            await stage.Proxy.Idle();
            Assert.Equal(connections, stage.Origins[0].Connections);
        }
    }

    /// <summary>What a server has said to its end leaves its connection as good as new, whatever the client is told.</summary>
    [Theory]
    [InlineData("deny status 503", "503 PH")]
    [InlineData("return status 404", "404 LH")]
    [InlineData("redirect location /x", "302 LH")]
    public async Task A_response_that_rules_answer_keeps_its_servers_connection(string rule, string logged)
    {
        if (Skipped.Because(nameof(A_response_that_rules_answer_keeps_its_servers_connection), ("hawser", Binaries.Hawser)))
            return;
        using HttpStage stage = new(Binaries.Hawser!, "%ST %ts", "", $"http-response {rule}\n    server s1 {{s1}}", responses: Answer);
        await stage.Ready();
        using Socket client = await stage.Connect();
        for (int i = 0; i < 3; i++) await Ask(client, Get);
        Assert.Equal([logged, logged, logged], await stage.Logged(3));
        Assert.Equal(1, stage.Origins[0].Connections);
    }

    [Fact]
    public async Task No_connection_waits_where_descriptors_are_short()
    {
        if (Skipped.Because(nameof(No_connection_waits_where_descriptors_are_short), ("hawser", Binaries.Hawser)))
            return;
        using HttpStage stage = new(Binaries.Hawser!, "%ST", "", "server s1 {s1}", "    tune.pool-low-fd-ratio 0\n", responses: Answer);
        await stage.Ready();
        using Socket client = await stage.Connect();
        for (int i = 1; i <= 3; i++)
        {
            await Ask(client, Get);
            Assert.Equal(i, stage.Origins[0].Connections);
        }
    }

    [Theory]
    [InlineData("option http-buffer-request")]
    [InlineData("http-request wait-for-body time 1h")]
    public async Task A_client_that_waits_to_go_on_is_told_so_where_its_body_is_waited_for(string setting)
    {
        if (Skipped.Because(nameof(A_client_that_waits_to_go_on_is_told_so_where_its_body_is_waited_for), ("hawser", Binaries.Hawser)))
            return;
        using HttpStage stage = new(Binaries.Hawser!, "%ST %B", setting, "server s1 {s1}", responses: Answer);
        await stage.Ready();
        using Socket client = await stage.Connect();
        await client.SendAsync(Encoding.Latin1.GetBytes("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"));
        byte[] block = new byte[1024];
        string interim = "";
        while (!interim.EndsWith("\r\n\r\n", StringComparison.Ordinal)) interim += Encoding.Latin1.GetString(block, 0, await client.ReceiveAsync(block));
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", interim);
        Assert.EndsWith("ok", await Ask(client, "abc"), StringComparison.Ordinal);
        Assert.DoesNotContain("xpect", Assert.Single(stage.Origins[0].Requests), StringComparison.Ordinal);
        Assert.Equal(["200 51"], await stage.Logged(1));
    }

    [Theory]
    [InlineData("", 413)]
    [InlineData("h1-accept-payload-with-any-method", 200)]
    public async Task A_body_that_servers_of_old_may_not_expect_is_refused_unless_allowed(string setting, int status)
    {
        if (Skipped.Because(nameof(A_body_that_servers_of_old_may_not_expect_is_refused_unless_allowed), ("hawser", Binaries.Hawser)))
            return;
        using HttpStage stage = new(Binaries.Hawser!, "%ST", "", "server s1 {s1}", $"    {setting}\n", responses: Answer);
        await stage.Ready();
        using Socket client = await stage.Connect();
        string answer = await Ask(client, "GET / HTTP/1.0\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_beyond_its_bandwidth_limit_is_held_back()
    {
        if (Skipped.Because(nameof(A_body_beyond_its_bandwidth_limit_is_held_back), ("hawser", Binaries.Hawser)))
            return;
        const int Allowed = 20_000;
        string body = new('x', 60_000);
        using HttpStage stage = new(Binaries.Hawser!, "%ST %ts", $"""
            filter bwlim-out slow default-limit {Allowed} default-period 1h
                http-response set-bandwidth-limit slow
            """, "server s1 {s1}", responses: $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        await stage.Ready();
        using Socket client = await stage.Connect();
        await client.SendAsync(Encoding.ASCII.GetBytes(Get));
        byte[] block = new byte[65536];
        StringBuilder seen = new();
        bool HasBegun() => seen.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end && seen.Length > end + 4;
        while (!HasBegun()) seen.Append(Encoding.ASCII.GetString(block, 0, await client.ReceiveAsync(block)));
        await stage.Proxy.Idle();
        while (client.Available > 0) seen.Append(Encoding.ASCII.GetString(block, 0, await client.ReceiveAsync(block)));
        string text = seen.ToString();
        int length = text.Length - text.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4;
        Assert.InRange(length, 1, Allowed);
        Assert.False(stage.Proxy.HasExited);
    }

    /// <summary>Three requests in one packet: each byte is counted with the request it belongs to.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bytes_of_pipelined_requests_are_counted_once(bool isPipelined)
    {
        if (Skipped.Because(nameof(Bytes_of_pipelined_requests_are_counted_once), ("hawser", Binaries.Hawser)))
            return;
        using HttpStage stage = new(Binaries.Hawser!, "%U %B", "", "server s1 {s1}", responses: Answer);
        await stage.Ready();
        using Socket client = await stage.Connect();
        MessageReader reader = new(client);
        for (int i = 0; i < 3; i++)
        {
            if (i == 0 || !isPipelined) await client.SendAsync(Encoding.ASCII.GetBytes(isPipelined ? Get + Get + Get : Get));
            await reader.Next(hasBody: true);
        }

        Assert.Single((await stage.Logged(3)).Distinct());
        int sent = 3 * Get.Length;
        int received = 3 * Answer.Length;
        Dictionary<string, string> counts = (await stage.Ask("show stat")).Split('\n').Select(static line => line.Split(','))
            .Where(static cells => cells.Length > 9).ToDictionary(static cells => $"{cells[0]}/{cells[1]}", static cells => $"{cells[8]} {cells[9]}");
        Assert.All(["f/FRONTEND", "b/BACKEND", "b/s1"], row => Assert.Equal($"{sent} {received}", counts[row]));
    }

    /// <summary>As HAProxy 3.5; the installed one may be older and waits for its server.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_goes_while_its_server_is_connected_to_is_told_nothing_and_logged_without_status(bool resets)
    {
        if (Skip(nameof(A_client_that_goes_while_its_server_is_connected_to_is_told_nothing_and_logged_without_status), "hawser") is not { } binary)
            return;
        // A queue that is full: further attempts get no answer.
        using Socket silent = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen(0);
        using Socket filling = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await filling.ConnectAsync(silent.LocalEndPoint!);
        using HttpStage stage = new(binary, "%s %ST %ts", "", $"server s1 {silent.LocalEndPoint}");
        await stage.Ready();
        using Socket client = await stage.Connect();
        await client.SendAsync(Encoding.ASCII.GetBytes(Get));
        while (!(await stage.Ask("show sess all")).Contains("server=s1", StringComparison.Ordinal))
            await Task.Yield();
        if (resets)
        {
            client.LingerState = new LingerOption(true, 0);
            client.Close();
        }
        else
        {
            client.Shutdown(SocketShutdown.Send);
            Assert.Equal(0, await client.ReceiveAsync(new byte[100]));
        }

        Assert.Contains("s1 -1 CC", await stage.Logged(1));
    }

    /// <summary>As HAProxy 3.5; 2.6 resets it.</summary>
    [Theory]
    [InlineData("GARBAGE\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent Length: 5\r\n\r\nhello")]
    public async Task A_server_whose_response_is_not_in_order_is_closed_without_a_reset(string response)
    {
        if (Skip(nameof(A_server_whose_response_is_not_in_order_is_closed_without_a_reset), "hawser") is not { } binary)
            return;
        using Socket origin = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        origin.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        origin.Listen(1);
        using HttpStage stage = new(binary, "%s %ST %ts", "", $"server s1 {origin.LocalEndPoint}");
        await stage.Ready();
        using Socket client = await stage.Connect();
        await client.SendAsync(Encoding.ASCII.GetBytes(Get));
        using Socket server = await origin.AcceptAsync();
        byte[] bytes = new byte[1000];
        Assert.NotEqual(0, await server.ReceiveAsync(bytes));
        await server.SendAsync(Encoding.ASCII.GetBytes(response));

        // A reset would throw.
        Assert.Equal(0, await server.ReceiveAsync(bytes));
        Assert.Contains("s1 502 PH", await stage.Logged(1));
    }

    private static string? Skip(string test, string name)
    {
        string? binary = name == "hawser" ? Binaries.Hawser : Binaries.Haproxy;
        return Skipped.Because(test, (name, binary)) ? null : binary;
    }

    private static async Task<string> Ask(Socket client, string request)
    {
        await client.SendAsync(Encoding.Latin1.GetBytes(request));
        return await new MessageReader(client).Next(hasBody: true);
    }
}
