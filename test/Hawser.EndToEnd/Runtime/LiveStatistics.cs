using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Runtime;

/// <summary>What statistics and commands say and do while sessions are under way.</summary>
public sealed class LiveStatistics : IDisposable
{
    private const int Finished = 10;
    private const int Bytes = 1000;

    /// <summary>Columns that depend on time, on the process, or on what 2.6 counted otherwise.</summary>
    private static readonly string[] s_notCompared =
    [
        "slim", "lastchg", "rate", "rate_max", "lastsess", "qtime", "ctime", "rtime", "ttime", "qtime_max", "ctime_max",
        "rtime_max", "ttime_max", "addr", "conn_rate", "conn_rate_max", "used_conn_cur", "need_conn_est", "wrew",
        // 2.6 adds a live session's bytes while it runs, and counts its answer's bytes as sent.
        "bin", "bout",
    ];

    private readonly TcpListener _echo = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();

    public LiveStatistics()
    {
        _echo.Start();
        _ = Serve();
    }

    [Fact]
    public async Task The_same_traffic_gives_the_columns_of_the_installed_HAProxy()
    {
        if (Skipped.Because(nameof(The_same_traffic_gives_the_columns_of_the_installed_HAProxy),
            ("hawser", Binaries.Hawser), ("haproxy", Binaries.Haproxy)))
            return;
        Dictionary<string, Dictionary<string, string>> ours = await Measure(Binaries.Hawser!);
        Dictionary<string, Dictionary<string, string>> theirs = await Measure(Binaries.Haproxy!);
        Assert.Equal(theirs.Keys.Order(StringComparer.Ordinal), ours.Keys.Order(StringComparer.Ordinal));
        List<string> differences = [];
        foreach ((string name, Dictionary<string, string> columns) in theirs)
        {
            foreach ((string column, string value) in columns.TakeWhile(static one => one.Key != "-"))
            {
                if (!s_notCompared.Contains(column) && ours[name][column] != value)
                    differences.Add($"{name} {column}: {ours[name][column]}, theirs {value}");
            }
        }

        Assert.Empty(differences);
    }

    [Fact]
    public async Task A_session_is_listed_ended_and_counted()
    {
        if (Skipped.Because(nameof(A_session_is_listed_ended_and_counted), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next();
        using CliProcess process = new(Binaries.Hawser!, Configuration(port));
        await process.Proxy.Listening([port]);
        using Socket client = await Talk(port);
        string list = await process.Ask("show sess\n");
        Assert.Contains(" fe=fe be=be srv=s1 ", list, StringComparison.Ordinal);
        string id = list[..list.IndexOf(':')];
        Assert.Contains("frontend=fe (id=2 mode=tcp)", await process.Ask($"show sess {id}\n"), StringComparison.Ordinal);
        Assert.Equal("No such session (use 'show sess').\n\n", await process.Ask("shutdown session 0xffffff\n"));
        Assert.Equal("\n", await process.Ask($"shutdown session {id}\n"));
        Assert.Equal(0, await client.ReceiveAsync(new byte[10]));
        Assert.Equal("\n", await process.Ask("show sess\n"));
        Assert.Equal("1", (await Columns(process))["be/s1"]["stot"]);
        Assert.Equal("\n", await process.Ask("clear counters all\n"));
        Assert.Equal("0", (await Columns(process))["be/s1"]["stot"]);
    }

    [Fact]
    public async Task A_disabled_frontend_refuses_and_an_enabled_one_takes_again()
    {
        if (Skipped.Because(nameof(A_disabled_frontend_refuses_and_an_enabled_one_takes_again), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next();
        using CliProcess process = new(Binaries.Hawser!, Configuration(port));
        await process.Proxy.Listening([port]);
        await process.Ask("disable frontend fe\n");
        Assert.Equal("PAUSED", (await Columns(process))["fe/FRONTEND"]["status"]);
        await Patience.Until(() => !Connects(port), "the frontend to refuse");
        await process.Ask("enable frontend fe\n");
        await Patience.Until(() => Connects(port), "the frontend to take");
    }

    [Fact]
    public async Task A_moved_server_gets_the_next_session()
    {
        if (Skipped.Because(nameof(A_moved_server_gets_the_next_session), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next();
        int target = ((IPEndPoint)_echo.LocalEndpoint).Port;
        using CliProcess process = new(Binaries.Hawser!, Configuration(port, server: 1));
        await process.Proxy.Listening([port]);
        Assert.Equal($"port changed from '1' to '{target}' by 'stats socket command'\n\n",
            await process.Ask($"set server be/s1 addr 127.0.0.1 port {target}\n"));
        using Socket client = await Talk(port);
    }

    [Fact]
    public async Task Lost_bytes_are_shown_with_the_line_of_the_timeout()
    {
        if (Skipped.Because(nameof(Lost_bytes_are_shown_with_the_line_of_the_timeout), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next();
        using TcpListenerScope mute = new();
        using CliProcess process = new(Binaries.Hawser!, $"""
            listen fe
                mode tcp
                bind 127.0.0.1:{port}
                timeout connect 1s
                timeout client 30s
                timeout server 300ms
                server s1 127.0.0.1:{mute.Port}
            """);
        await process.Proxy.Listening([port]);
        using Socket client = await Connect(port);
        // The server reads nothing: what neither kernel takes stays with the proxy when the timeout comes.
        byte[] block = new byte[1 << 20];
        client.Blocking = false;
        string shown = "";
        await Patience.Until(() => TrySend(client, block), "the client's sending to fail", limitMs: Patience.LimitMs);
        for (int i = 0; i < 100 && !shown.Contains("cause=", StringComparison.Ordinal); i++)
            shown = await process.Ask("show loss\n");
        Assert.Contains("ts=sD", shown, StringComparison.Ordinal);
        Assert.Contains("cause=\"timeout server 300ms [", shown, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _end.Cancel();
        _echo.Stop();
        _end.Dispose();
    }

    private string Configuration(int port, int? server = null) => $"""
        defaults
            mode tcp
            timeout connect 1s
            timeout client 30s
            timeout server 30s
        frontend fe
            bind 127.0.0.1:{port}
            default_backend be
        backend be
            balance roundrobin
            server s1 127.0.0.1:{server ?? ((IPEndPoint)_echo.LocalEndpoint).Port} weight 10
            server s2 127.0.0.1:1 backup
        """;

    /// <summary>Some sessions that ended and two that go on.</summary>
    private async Task<Dictionary<string, Dictionary<string, string>>> Measure(string binary)
    {
        int port = FreePort.Next();
        using CliProcess process = new(binary, Configuration(port));
        await process.Proxy.Listening([port]);
        for (int i = 0; i < Finished; i++)
        {
            using Socket done = await Talk(port);
            done.Shutdown(SocketShutdown.Send);
            Assert.Equal(0, await done.ReceiveAsync(new byte[10]));
        }

        using Socket first = await Talk(port);
        using Socket second = await Talk(port);
        Dictionary<string, Dictionary<string, string>> columns = [];
        await Patience.Until(
            () => (columns = Columns(process).GetAwaiter().GetResult())["fe/FRONTEND"]["scur"] == "2", "two sessions to be left");
        return columns;
    }

    private static async Task<Dictionary<string, Dictionary<string, string>>> Columns(CliProcess process)
    {
        string[] lines = (await process.Ask("show stat\n")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] names = lines[0][2..].Split(',');
        return lines.Skip(1).Select(static line => line.Split(',')).ToDictionary(
            static cells => $"{cells[0]}/{cells[1]}",
            cells => names.Zip(cells).Where(static pair => pair.First.Length > 0).ToDictionary(static pair => pair.First, static pair => pair.Second));
    }

    private static async Task<Socket> Talk(int port)
    {
        Socket client = await Connect(port);
        byte[] data = new byte[Bytes];
        await client.SendAsync(data);
        for (int received = 0; received < Bytes;)
            received += await client.ReceiveAsync(data);
        return client;
    }

    private static async Task<Socket> Connect(int port)
    {
        Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, port);
        return client;
    }

    private static bool Connects(int port)
    {
        try
        {
            using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>True when the other side is gone.</summary>
    private static bool TrySend(Socket client, byte[] block)
    {
        try
        {
            client.Send(block);
            return false;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode != SocketError.WouldBlock;
        }
    }

    private async Task Serve()
    {
        while (!_end.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await _echo.AcceptSocketAsync(_end.Token);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = Echo(client);
        }
    }

    private static async Task Echo(Socket client)
    {
        using (client)
        {
            byte[] buffer = new byte[65536];
            try
            {
                while (await client.ReceiveAsync(buffer) is > 0 and int count)
                    await client.SendAsync(buffer.AsMemory(0, count));
            }
            catch (SocketException)
            {
                // The proxy was killed.
            }
        }
    }

    /// <summary>Listens and never reads.</summary>
    private sealed class TcpListenerScope : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public TcpListenerScope() => _listener.Start();

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Dispose() => _listener.Stop();
    }
}
