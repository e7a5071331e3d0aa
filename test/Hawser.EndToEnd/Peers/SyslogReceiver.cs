using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Hawser.EndToEnd.Peers;

/// <summary>Keeps every datagram as it came, one string each (Latin-1, so that no byte is lost).</summary>
public sealed class SyslogReceiver : IDisposable
{
    /// <summary>No syslog message begins like this.</summary>
    private static readonly byte[] Mark = "\0mark"u8.ToArray();

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly List<Socket> _unixSockets = [];
    private readonly List<string> _lines = [];
    private readonly Lock _gate = new();
    private volatile bool _closed;
    private int _marksSent;
    private int _marksSeen;

    public SyslogReceiver()
    {
        _socket.ReceiveBufferSize = 1 << 22;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        new Thread(() => Receive(_socket)) { IsBackground = true }.Start();
    }

    /// <summary>Takes datagrams of a UNIX socket, too.</summary>
    public void ListenAt(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        _unixSockets.Add(socket);
        new Thread(() => Receive(socket)) { IsBackground = true }.Start();
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public string[] Lines
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    public Task WaitFor(int count) =>
        Patience.Until(() => Lines.Length >= count, $"log line {count} (got {Lines.Length})");

    public Task WaitFor(string part) =>
        Patience.Until(() => Lines.Any(l => l.Contains(part, StringComparison.Ordinal)), $"a log line with '{part}'");

    public Task WaitFor(string part, int count) => Patience.Until(
        () => Lines.Count(l => l.Contains(part, StringComparison.Ordinal)) >= count, $"{count} log lines with '{part}'");

    /// <summary>Returns when every datagram sent before is among the lines: a mark of our own has come through after them.</summary>
    public Task Drained()
    {
        foreach (Socket socket in (Socket[])[_socket, .. _unixSockets])
        {
            _marksSent++;
            socket.SendTo(Mark, socket.LocalEndPoint!);
        }

        return Patience.Until(() => Volatile.Read(ref _marksSeen) >= _marksSent, "the log receiver to have read everything");
    }

    public void Dispose()
    {
        _closed = true;
        _socket.Dispose();
        foreach (Socket socket in _unixSockets)
            socket.Dispose();
    }

    private void Receive(Socket socket)
    {
        byte[] buffer = new byte[65536];
        while (!_closed)
        {
            try
            {
                int n = socket.Receive(buffer);
                if (buffer.AsSpan(0, n).SequenceEqual(Mark))
                {
                    Interlocked.Increment(ref _marksSeen);
                    continue;
                }

                lock (_gate)
                    _lines.Add(Encoding.Latin1.GetString(buffer, 0, n));
            }
            catch (SocketException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }
}
