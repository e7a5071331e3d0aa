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
    private readonly List<string> _lines = [];
    private readonly Lock _gate = new();
    private volatile bool _closed;
    private int _marksSent;
    private volatile int _marksSeen;

    public SyslogReceiver()
    {
        _socket.ReceiveBufferSize = 1 << 22;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        new Thread(Receive) { IsBackground = true }.Start();
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
        int mark = Interlocked.Increment(ref _marksSent);
        _socket.SendTo(Mark, _socket.LocalEndPoint!);
        return Patience.Until(() => _marksSeen >= mark, "the log receiver to have read everything");
    }

    public void Dispose()
    {
        _closed = true;
        _socket.Dispose();
    }

    private void Receive()
    {
        byte[] buffer = new byte[65536];
        while (!_closed)
        {
            try
            {
                int n = _socket.Receive(buffer);
                if (buffer.AsSpan(0, n).SequenceEqual(Mark))
                {
                    _marksSeen++;
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
