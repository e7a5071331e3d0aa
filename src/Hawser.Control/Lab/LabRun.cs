#pragma warning disable RS0030 // The two applications of a case have ordinary sockets; the data path is the proxy's.
using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Hawser.Control.Lab;

/// <summary>Runs one case: the proxy as a child process, the server application on a thread, the client on this one.</summary>
/// <param name="Program">The proxy's binary.</param>
/// <param name="HasLedger">It is Hawser.</param>
public sealed record LabRun(string Program, bool HasLedger)
{
    private const int LogPatienceMs = 5000;

    private const int ListenBacklog = 8;

    /// <summary>Null when the proxy does not start, with its own words.</summary>
    public LabResult? Run(LabCase row, out string error)
    {
        using SyslogReceiver syslog = new();
        using Socket listener = Tcp();
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(ListenBacklog);
        int frontPort = FreePort();
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(
                file, LabConfiguration.Text(row, HasLedger, syslog.Port, frontPort, PortOf(listener)));
            using ProxyChild? proxy = ProxyChild.Start(Program, file, frontPort, out error);
            return proxy is null ? null : Play(row, syslog, listener, frontPort);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private LabResult Play(LabCase row, SyslogReceiver syslog, Socket listener, int frontPort)
    {
        Timeline timeline = new(TimeProvider.System);
        Endpoint? server = null;
        Thread serverThread = new(() =>
        {
            server = new Endpoint(LabParty.Server, listener.Accept(), timeline);
            timeline.Add(LabParty.Server, "connected");
            row.Server(server);
        })
        { IsBackground = true, Name = "lab server" };
        serverThread.Start();

        Socket socket = Tcp();
        socket.Connect(new IPEndPoint(IPAddress.Loopback, frontPort));
        using Endpoint client = new(LabParty.Client, socket, timeline);
        timeline.Add(LabParty.Client, "connected");
        row.Client(client);
        SessionLine? line = syslog.Session(LogPatienceMs);
        serverThread.Join(LogPatienceMs);
        DirectionLedger request = new(
            client.Sent, client.NeverLeft, server?.Received ?? 0, line?.RequestLost ?? 0, line?.RequestUnconfirmed ?? 0);
        DirectionLedger response = new(
            server?.Sent ?? 0, server?.NeverLeft ?? 0, client.Received, line?.ResponseLost ?? 0,
            line?.ResponseUnconfirmed ?? 0);
        LabResult result = new(
            row, timeline, line, request, response, client.SawReset, server?.SawReset ?? false);
        server?.Dispose();
        return result;
    }

    private static int FreePort()
    {
        using Socket probe = Tcp();
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return PortOf(probe);
    }

    private static Socket Tcp() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;
}
