using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
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
/// More clients between two requests than a thread keeps sessions for: what a session gives back while its client waits
/// is missed by nobody.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class IdleClients
{
    private const int Clients = 700;

    [Fact]
    public async Task Second_requests_are_logged_with_the_same_addresses_and_with_counts_and_times_that_go_on()
    {
        if (Skipped.Because(nameof(Second_requests_are_logged_with_the_same_addresses_and_with_counts_and_times_that_go_on), ("hawser", Binaries.Hawser)))
            return;
        using HttpStage stage = new(Binaries.Hawser!, "%HP %ci:%cp %fi:%fp %rt %Ti %Th %ST %[http_first_req] %[fc_http_major]",
            "http-request return status 200 content-type text/plain string %[src_port]", "");
        await stage.Ready();
        List<(Socket Socket, MessageReader Reader)> clients = await ConnectAll(stage);
        List<long> answeredAt = [];
        await AskAll(clients, "/first", _ => "", (_, _) => answeredAt.Add(Stopwatch.GetTimestamp()));
        await stage.Proxy.Idle();
        List<long> idleMs = [.. answeredAt.Select(at => (long)Stopwatch.GetElapsedTime(at).TotalMilliseconds)];
        await AskAll(clients, "/second", _ => "", static (_, _) => { });

        Dictionary<string, string[]> lines = (await stage.Logged(2 * Clients)).Select(static line => line.Split(' '))
            .ToDictionary(static words => $"{words[0]} {words[1]}", static words => words[2..]);
        Assert.Equal(2 * Clients, lines.Count);
        HashSet<long> numbers = [];
        for (int index = 0; index < Clients; index++)
        {
            string address = clients[index].Socket.LocalEndPoint!.ToString()!;
            string[] first = lines[$"/first {address}"];
            string[] second = lines[$"/second {address}"];
            Assert.Equal([$"127.0.0.1:{stage.Port}", "200"], new[] { second[0], second[4] });
            Assert.Equal(("1", "0"), (first[5], second[5]));
            Assert.True(Number(second[1]) > Number(first[1]), $"{first[1]} and {second[1]}");
            Assert.True(numbers.Add(Number(first[1])) && numbers.Add(Number(second[1])), "a number is given once");
            // It has waited at least as long as we know; the two clocks are read in whole milliseconds.
            Assert.True(Number(second[2]) >= idleMs[index] - 2, $"%Ti {second[2]} after {idleMs[index]} ms");
            Assert.Equal(first[3], second[3]);
        }

        Close(clients);
    }

    [Fact]
    public async Task They_are_closed_by_their_timeout_without_a_log_line()
    {
        if (Skipped.Because(nameof(They_are_closed_by_their_timeout_without_a_log_line), ("hawser", Binaries.Hawser)))
            return;
        using HttpStage stage = new(Binaries.Hawser!, "%HP", "timeout http-keep-alive 3s\n    http-request return status 200", "");
        await stage.Ready();
        List<(Socket Socket, MessageReader Reader)> clients = await ConnectAll(stage);
        await AskAll(clients, "/first", _ => "", static (_, _) => { });
        foreach ((_, MessageReader reader) in clients) Assert.Equal(MessageReader.End, await reader.Next(hasBody: true));
        await stage.Proxy.Idle();
        Assert.Equal(Clients, (await stage.Logged(Clients)).Count);
        Close(clients);
    }

    [Fact]
    public async Task A_soft_stop_lets_them_go()
    {
        if (Skipped.Because(nameof(A_soft_stop_lets_them_go), ("hawser", Binaries.Hawser)))
            return;
        using HttpStage stage = new(Binaries.Hawser!, "%HP", "timeout http-keep-alive 1h\n    http-request return status 200", "");
        await stage.Ready();
        List<(Socket Socket, MessageReader Reader)> clients = await ConnectAll(stage);
        await AskAll(clients, "/first", _ => "", static (_, _) => { });
        await stage.Proxy.Idle();
        stage.Proxy.Signal(UnixSignal.User1);
        foreach ((_, MessageReader reader) in clients) Assert.Equal(MessageReader.End, await reader.Next(hasBody: true));
        Assert.Equal(0, await stage.Proxy.ExitStatus());
        Close(clients);
    }

    [Fact]
    public async Task Variables_of_the_session_and_addresses_of_PROXY_headers_are_there_for_the_second_request()
    {
        if (Skipped.Because(nameof(Variables_of_the_session_and_addresses_of_PROXY_headers_are_there_for_the_second_request), ("hawser", Binaries.Hawser)))
            return;
        using HttpStage stage = new(Binaries.Hawser!, "%HP %ci:%cp %[var(sess.kept)]", """
            http-request set-var(sess.kept) hdr(x-keep) if { hdr(x-keep) -m found }
                http-request return status 200 hdr x-kept %[var(sess.kept)]
            """, "", bind: "accept-proxy");
        await stage.Ready();
        List<(Socket Socket, MessageReader Reader)> clients = await ConnectAll(stage);
        for (int index = 0; index < Clients; index++)
            await clients[index].Socket.SendAsync(Encoding.ASCII.GetBytes($"PROXY TCP4 {Address(index)} 10.9.9.9 {1000 + index} 80\r\n"));
        // Every second one leaves something behind; the others come with an address alone.
        await AskAll(clients, "/first", static index => index % 2 == 0 ? $"X-Keep: v{index}\r\n" : "", static (_, _) => { });
        await stage.Proxy.Idle();
        await AskAll(clients, "/second", static _ => "", (index, response) =>
        {
            if (index % 2 == 0) Assert.Contains($"x-kept: v{index}\r\n", response, StringComparison.Ordinal);
        });

        List<string> lines = await stage.Logged(2 * Clients);
        for (int index = 0; index < Clients; index++)
            Assert.Contains($"/second {Address(index)}:{1000 + index} {(index % 2 == 0 ? $"v{index}" : "-")}", lines);
        Close(clients);
    }

    private static string Address(int index) => $"10.1.{index / 200}.{index % 200}";

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<List<(Socket Socket, MessageReader Reader)>> ConnectAll(HttpStage stage)
    {
        List<(Socket Socket, MessageReader Reader)> clients = [];
        for (int index = 0; index < Clients; index++)
        {
            Socket socket = await stage.Connect();
            clients.Add((socket, new MessageReader(socket)));
        }

        return clients;
    }

    /// <summary>One request of each, all being answered before this returns.</summary>
    private static async Task AskAll(
        List<(Socket Socket, MessageReader Reader)> clients, string path, Func<int, string> fields, Action<int, string> answered)
    {
        for (int index = 0; index < clients.Count; index++)
            await clients[index].Socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: h\r\n{fields(index)}\r\n"));
        for (int index = 0; index < clients.Count; index++)
        {
            string response = await clients[index].Reader.Next(hasBody: true);
            Assert.StartsWith("HTTP/1.1 200 ", response, StringComparison.Ordinal);
            answered(index, response);
        }
    }

    private static void Close(List<(Socket Socket, MessageReader Reader)> clients)
    {
        foreach ((Socket socket, _) in clients) socket.Dispose();
    }
}
