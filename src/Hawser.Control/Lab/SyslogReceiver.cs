#pragma warning disable RS0030 // A test application's own socket, not the data path.
using System;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hawser.Control.Lab;

/// <summary>The syslog server of a case: a UDP port that keeps what it is sent until it is asked.</summary>
public sealed class SyslogReceiver : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly byte[] _datagram = new byte[65_536];

    public SyslogReceiver() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>The first line of a session, without priority, date and tag; null when none comes in time.</summary>
    public SessionLine? Session(int patienceMs)
    {
        long end = Environment.TickCount64 + patienceMs;
        while (true)
        {
            long left = end - Environment.TickCount64;
            if (left <= 0 || !_socket.Poll(TimeSpan.FromMilliseconds(left), SelectMode.SelectRead)) return null;
            int count = _socket.Receive(_datagram);
            string text = Encoding.UTF8.GetString(_datagram, 0, count).TrimEnd('\n', '\0');
            if (!SessionLine.IsSession(text)) continue;
            int message = text.IndexOf("]: ", StringComparison.Ordinal);
            return new SessionLine(message < 0 ? text : text[(message + 3)..]);
        }
    }

    public void Dispose() => _socket.Dispose();
}
