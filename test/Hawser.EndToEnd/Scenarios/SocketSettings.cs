using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>What the kernel says of the proxies' own sockets: the listener, the client's side and the server's.</summary>
public sealed class SocketSettings(ITestOutputHelper output)
{
    private const int LevelSocket = 1;
    private const int LevelTcp = 6;
    private const int AcceptsConnections = 30;
    private const int BoundToDevice = 25;

    /// <summary>Option names of tcp(7) and socket(7) with their levels and numbers on Linux.</summary>
    private static readonly (string Name, int Level, int Option)[] s_connectionOptions =
    [
        ("keepalive", LevelSocket, 9), ("idle", LevelTcp, 4), ("interval", LevelTcp, 5), ("count", LevelTcp, 6),
        ("user-timeout", LevelTcp, 18), ("no-delay", LevelTcp, 1), ("fast-open-connect", LevelTcp, 30),
    ];

    private static readonly (string Name, int Level, int Option)[] s_listenerOptions =
        [("defer-accept", LevelTcp, 9), ("fast-open", LevelTcp, 23)];

    private static readonly Scenario[] Rows =
    [
        With("No option at all", "", "", ""),
        With("Keep-alives on both sides", "", "option tcpka", ""),
        With("Keep-alives towards clients only", "", "option clitcpka", ""),
        With("Keep-alives towards servers only", "", "option srvtcpka", ""),
        With("Keep-alives with times and counts", "", """
            option tcpka
                clitcpka-idle 50s
                clitcpka-intvl 11s
                clitcpka-cnt 4
                srvtcpka-idle 70s
                srvtcpka-intvl 13s
                srvtcpka-cnt 5
            """, ""),
        With("Times of keep-alives without the option", "", "clitcpka-idle 50s\n    srvtcpka-idle 70s", ""),
        With("User timeouts", "tcp-ut 30s", "", "tcp-ut 20s"),
        With("Deferred accepts", "defer-accept", "", ""),
        With("Fast open on the listener", "tfo", "", ""),
        With("Fast open towards a server that may speak first", "", "", "tfo"),
        With("Fast open towards a server that is sent a header", "", "", "tfo send-proxy"),
        With("A listener on one interface", "interface lo", "", ""),
        With("A server reached through one interface", "", "", "source 0.0.0.0 interface lo"),
        With("A maximum segment size", "mss 1000", "", ""),
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Are_those_of_haproxy(string scenario) =>
        Skipped.Because(scenario, ("borrowed descriptors", BorrowedSockets.AreAllowed ? "" : null))
            ? Task.CompletedTask
            : SideBySide.Run(Rows, scenario, output);

    private static Scenario With(string name, string bind, string proxy, string server) => new(name, $$"""
        listen test1
            bind 127.0.0.1:{bind:fe} {{bind}}
            {{proxy}}
            server s1 127.0.0.1:{server:s1} {{server}}
        """, async stage =>
    {
        (Peer client, Peer accepted) = await stage.Established();
        int pid = stage.Proxy.Pid;
        int listening = stage.Bind("fe");
        int clientPort = ((IPEndPoint)client.Socket.LocalEndPoint!).Port;
        int serverSide = ((IPEndPoint)accepted.Socket.RemoteEndPoint!).Port;
        stage.Notes.Saw("listener: " + BorrowedSockets.Ask(pid, s => IsListener(s, listening), s => Describe(s, s_listenerOptions)));
        stage.Notes.Saw("client side: " + BorrowedSockets.Ask(pid, s => PeerPort(s) == clientPort, s => Describe(s, s_connectionOptions)));
        stage.Notes.Saw("server side: " + BorrowedSockets.Ask(pid, s => LocalPort(s) == serverSide, s => Describe(s, s_connectionOptions)));
        // A limit shows in what both ends agreed on.
        stage.Notes.Saw(BorrowedSockets.Option(client.Socket, LevelTcp, 2) <= 1000 ? "small segments" : "large segments");
        accepted.Close();
        await client.WaitForFin();
        client.Close();
    });

    private static bool IsListener(Socket socket, int port) =>
        BorrowedSockets.Option(socket, LevelSocket, AcceptsConnections) != 0 && LocalPort(socket) == port;

    private static int LocalPort(Socket socket) => (socket.LocalEndPoint as IPEndPoint)?.Port ?? 0;

    private static int PeerPort(Socket socket)
    {
        try
        {
            return (socket.RemoteEndPoint as IPEndPoint)?.Port ?? 0;
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    private static string Describe(Socket socket, (string Name, int Level, int Option)[] options)
    {
        byte[] device = new byte[16];
        int length = socket.GetRawSocketOption(LevelSocket, BoundToDevice, device);
        string text = string.Join(' ', options.Select(o => $"{o.Name} {BorrowedSockets.Option(socket, o.Level, o.Option)}"));
        return $"{text} device '{Encoding.ASCII.GetString(device, 0, length).TrimEnd('\0')}'";
    }
}
