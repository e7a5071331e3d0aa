using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Hawser.Compare.Load;

/// <summary>Takes log datagrams, so that sending them costs what it costs beside a syslog daemon.</summary>
internal sealed class LogSink : IDisposable
{
    private const int LongestDatagramBytes = 65_536;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public LogSink()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        new Thread(Drain) { IsBackground = true }.Start();
    }

    public IPEndPoint Address => (IPEndPoint)_socket.LocalEndPoint!;

    public void Dispose() => _socket.Dispose();

    private void Drain()
    {
        byte[] datagram = new byte[LongestDatagramBytes];
        try
        {
            while (true) _socket.Receive(datagram);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Disposed: the run is over.
        }
    }
}
