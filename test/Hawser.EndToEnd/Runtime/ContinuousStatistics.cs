using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Hawser.EndToEnd.Reloads;
using Xunit;

namespace Hawser.EndToEnd.Runtime;

/// <summary>"option contstats" (manual): bytes of a session are counted while it is under way, and once.</summary>
public sealed class ContinuousStatistics : IDisposable
{
    private const int Bytes = 3000;

    private readonly StormOrigin _echo = new(isHttp: false);

    public void Dispose() => _echo.Dispose();

    [Fact]
    public async Task Bytes_of_a_session_are_counted_before_its_end_and_not_again_at_it()
    {
        if (Skipped.Because(nameof(Bytes_of_a_session_are_counted_before_its_end_and_not_again_at_it), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next(2);
        using CliProcess process = new(Binaries.Hawser!, $"""
            defaults
                mode tcp
                timeout client 60s
                timeout server 60s
                timeout connect 5s
            frontend often
                bind 127.0.0.1:{port}
                option contstats
                option socket-stats
                default_backend be
            frontend seldom
                bind 127.0.0.1:{port + 1}
                default_backend other
            backend be
                server s1 127.0.0.1:{_echo.Port}
            backend other
                server s1 127.0.0.1:{_echo.Port}
            """);
        await process.Proxy.Listening([port, port + 1]);
        using (Socket often = await Transfer(port))
        using (Socket seldom = await Transfer(port + 1))
        {
            foreach (string line in (string[])["often,FRONTEND", "often,sock-1", "be,s1", "be,BACKEND"])
                await Patience.Until(() => Counted(process, line).Result == (Bytes, Bytes), $"{line} to have counted");
            Assert.Equal((0, 0), await Counted(process, "seldom,FRONTEND"));
            Assert.Equal((0, 0), await Counted(process, "other,s1"));
        }

        await Patience.Until(() => Counted(process, "other,s1").Result == (Bytes, Bytes), "the other session's end");
        await Patience.Until(() => Columns(process, "be,BACKEND").Result[4] == "0", "the session's end");
        foreach (string line in (string[])["often,FRONTEND", "often,sock-1", "be,s1", "be,BACKEND"])
            Assert.Equal((Bytes, Bytes), await Counted(process, line));
    }

    private static async Task<(int In, int Out)> Counted(CliProcess process, string line)
    {
        string[] columns = await Columns(process, line);
        return (int.Parse(columns[8]), int.Parse(columns[9]));
    }

    private static async Task<string[]> Columns(CliProcess process, string line) =>
        (await process.Ask("show stat\n")).Split('\n').Single(one => one.StartsWith(line + ",", StringComparison.Ordinal)).Split(',');

    private static async Task<Socket> Transfer(int port)
    {
        Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        await client.SendAsync(new byte[Bytes]);
        byte[] buffer = new byte[Bytes];
        for (int received = 0; received < Bytes;)
            received += await client.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromMilliseconds(Patience.LimitMs));
        return client;
    }
}
