using System;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Runtime;

/// <summary>What "debug" writes and "show events" shows, as HAProxy 3.5 shows it.</summary>
public sealed class EventRings
{
    [Fact]
    public async Task What_debug_writes_is_shown_by_show_events()
    {
        if (Skipped.Because(nameof(What_debug_writes_is_shown_by_show_events), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next();
        using CliProcess process = new(Binaries.Hawser!, $"""
            defaults
                mode http
                timeout client 5s
            frontend f
                bind 127.0.0.1:{port}
                http-request set-var(txn.x) path,debug(here),length,debug(,buf0),debug(there,stderr)
                http-request return status 200
            """);
        Assert.Equal("\n", await process.Ask("show events buf0\n"));
        Assert.Contains("    buf0       : type=buffer, 0 dropped, in-memory ring buffer\n", await process.Ask("show events\n"), StringComparison.Ordinal);
        Assert.Equal("No such event sink\n\n", await process.Ask("show events x\n"));
        Assert.Equal("Nothing to report for this sink\n\n", await process.Ask("show events stderr\n"));
        Assert.Equal("unknown option\n\n", await process.Ask("show events buf0 -x\n"));

        using Socket waiting = await CliClient.Connect(process.SocketPath);
        await waiting.SendAsync("show events buf0 -w\n"u8.ToArray());
        await Get(port, "/hello");
        string shown = await ReadUntil(waiting, "<6>\n");
        Assert.Equal("[debug] here: type=str </hello>\n[debug] : type=sint <6>\n", Regex.Replace(shown, @"<0>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d\d:\d\d ", ""));
        await waiting.SendAsync("show version\n"u8.ToArray());
        Assert.Equal("\n", await ReadUntil(waiting, null));

        string again = await process.Ask("show events buf0 -0\n");
        Assert.Equal(2, again.Split('\0').Length - 1);
        Assert.Equal("\n", await process.Ask("show events buf0 -n\n"));
    }

    private static async Task Get(int port, string path)
    {
        using TcpClient client = new();
        await client.ConnectAsync("127.0.0.1", port);
        await client.Client.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
        await ReadUntil(client.Client, null);
    }

    private static async Task<string> ReadUntil(Socket socket, string? end)
    {
        StringBuilder text = new();
        byte[] buffer = new byte[4096];
        while (end is null || !text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            int received = await socket.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(20));
            if (received == 0) break;
            text.Append(Encoding.ASCII.GetString(buffer, 0, received));
        }

        return text.ToString();
    }
}
