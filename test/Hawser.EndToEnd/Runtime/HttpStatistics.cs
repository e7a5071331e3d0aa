using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Runtime;

/// <summary>What requests, good and bad, add to the columns of mode http, beside the installed HAProxy.</summary>
public sealed class HttpStatistics : IDisposable
{
    /// <summary>Columns that count; those of bytes differ (docs/divergences.md), and those of versions came after 2.6.</summary>
    private static readonly string[] s_compared =
    [
        "stot", "dreq", "dresp", "ereq", "econ", "eresp", "wretr", "wredis", "hrsp_1xx", "hrsp_2xx", "hrsp_3xx", "hrsp_4xx",
        "hrsp_5xx", "hrsp_other", "req_tot", "cli_abrt", "srv_abrt", "intercepted", "dcon", "dses", "wrew", "eint", "connect",
        "reuse", "lbtot", "conn_tot", "h1_total_connections",
    ];

    private readonly TcpListener _origin = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();

    public HttpStatistics()
    {
        _origin.Start();
        _ = Serve();
    }

    [Fact]
    public async Task Requests_of_all_kinds_count_as_in_the_installed_HAProxy()
    {
        if (Skipped.Because(nameof(Requests_of_all_kinds_count_as_in_the_installed_HAProxy), ("hawser", Binaries.Hawser), ("haproxy", Binaries.Haproxy)))
            return;
        Dictionary<string, string> ours = await Measure(Binaries.Hawser!);
        Dictionary<string, string> theirs = await Measure(Binaries.Haproxy!);
        Assert.Equal(
            theirs.Select(static one => $"{one.Key} {one.Value}").Order(StringComparer.Ordinal),
            ours.Select(static one => $"{one.Key} {one.Value}").Order(StringComparer.Ordinal));
    }

    public void Dispose()
    {
        _end.Cancel();
        _origin.Stop();
        _end.Dispose();
    }

    /// <summary>What each kind of request has changed.</summary>
    private async Task<Dictionary<string, string>> Measure(string binary)
    {
        int port = FreePort.Next(2);
        using CliProcess process = new(binary, Configuration(port, ((IPEndPoint)_origin.LocalEndpoint).Port, FreePort.Next()));
        await process.Proxy.Listening([port, port + 1]);
        Dictionary<string, string> changes = [];
        foreach ((string name, string request, bool waits) in new[]
            {
                ("plain", Get("/"), true), ("post", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc", true),
                ("garbage", "GARBAGE\r\n\r\n", true), ("partial", "GET / HTTP/1.1\r\n", false),
                ("return", Get("/return"), true), ("redirect", Get("/redirect"), true), ("auth", Get("/auth"), true),
                ("deny", Get("/deny"), true), ("monitor", Get("/monitor"), true), ("stats", Get("/stats"), true),
                ("dead", Get("/dead"), true), ("no server", Get("/none"), true), ("denied response", Get("/respdeny"), true),
                ("late", Get("/late"), true), ("broken off", Get("/broken"), true), ("reject", Get("/reject"), true),
                ("denied by its backend", Get("/guarded"), true), ("rejected by its backend", Get("/guarded/reject"), true),
                ("returned by its backend", Get("/guarded/return"), true), ("redirected by its backend", Get("/guarded/redirect"), true),
            })
        {
            Dictionary<string, long> before = await Counters(process);
            long requests = before["fe/FRONTEND req_tot"];
            await Talk(port, request, waits);
            Dictionary<string, long> after = before;
            await Patience.Until(() => Settled(after = Counters(process).GetAwaiter().GetResult(), requests), $"'{name}' to be counted");
            // What is counted at the end of a session comes a moment after its client has heard of it.
            for (Dictionary<string, long> again = await Counters(process); !again.SequenceEqual(after); again = await Counters(process))
                after = again;
            foreach ((string key, long value) in after)
            {
                if (value != before[key])
                    changes[$"{name}: {key}"] = $"+{value - before[key]}";
            }
        }

        return changes;
    }

    private static bool Settled(Dictionary<string, long> now, long requests) => now["fe/FRONTEND req_tot"] > requests && now["fe/FRONTEND scur"] == 0;

    private static async Task<Dictionary<string, long>> Counters(CliProcess process)
    {
        string[] lines = (await process.Ask("show stat\n")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] names = lines[0][2..].Split(',');
        Dictionary<string, long> values = new(StringComparer.Ordinal);
        foreach (string[] cells in lines.Skip(1).Select(static line => line.Split(',')))
        {
            foreach ((string column, string cell) in names.Zip(cells))
            {
                // 2.6 does not say how many connections a listener has had.
                bool isWanted = (s_compared.Contains(column) && (column, cells[1]) != ("conn_tot", "door")) || (column == "scur" && cells[1] == "FRONTEND");
                if (isWanted && long.TryParse(cell, out long value))
                    values[$"{cells[0]}/{cells[1]} {column}"] = value;
            }
        }

        return values;
    }

    private static string Get(string path) => $"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    private static async Task Talk(int port, string request, bool waits)
    {
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, port);
        await client.SendAsync(Encoding.Latin1.GetBytes(request));
        if (waits)
            await CliClient.ReadToEnd(client);
    }

    private static string Configuration(int port, int origin, int closed) => $$"""
        defaults
            mode http
            balance roundrobin
            retries 2
            timeout connect 1s
            timeout client 5s
            timeout server 400ms
        frontend fe
            bind 127.0.0.1:{{port}} name door
            option socket-stats
            monitor-uri /monitor
            http-request reject if { path /reject }
            http-request deny if { path /deny }
            http-request return status 200 content-type text/plain string x if { path /return }
            http-request redirect location /x if { path /redirect }
            http-request auth if { path /auth }
            http-response deny if { status 299 }
            stats enable
            stats uri /stats
            use_backend dead if { path /dead }
            use_backend none if { path /none }
            use_backend guarded if { path_beg /guarded }
            default_backend app
        backend app
            server s1 127.0.0.1:{{origin}}
        backend dead
            server d1 127.0.0.1:{{closed}}
        backend none
        backend guarded
            http-request reject if { path /guarded/reject }
            http-request return status 200 if { path /guarded/return }
            http-request redirect location /x if { path /guarded/redirect }
            http-request deny
            server s1 127.0.0.1:{{origin}}
        listen other
            mode tcp
            bind 127.0.0.1:{{port + 1}}
            server s1 127.0.0.1:{{origin}}
        """;

    private async Task Serve()
    {
        try
        {
            while (true)
                _ = Answer(await _origin.AcceptSocketAsync(_end.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Answer(Socket connection)
    {
        using Socket owned = connection;
        byte[] buffer = new byte[65536];
        try
        {
            StringBuilder request = new();
            do
            {
                int received = await connection.ReceiveAsync(buffer, _end.Token);
                if (received == 0)
                    return;
                request.Append(Encoding.Latin1.GetString(buffer, 0, received));
            }
            while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal)
                || (request.ToString().StartsWith("POST", StringComparison.Ordinal) && !request.ToString().EndsWith("abc", StringComparison.Ordinal)));
            string path = request.ToString().Split(' ')[1];
            if (path == "/late")
            {
                await connection.ReceiveAsync(buffer, _end.Token);
                return;
            }

            string answer = path == "/broken" ? "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc" : $"HTTP/1.1 {(path == "/respdeny" ? 299 : 200)} OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
            await connection.SendAsync(Encoding.Latin1.GetBytes(answer), _end.Token);
            connection.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
            // The proxy, or the test, has let go of it.
        }
    }
}
