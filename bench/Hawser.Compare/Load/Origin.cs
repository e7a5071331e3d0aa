using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Hawser.Compare.Load;

/// <summary>The server behind the proxies: threads that accept, serve one connection to its end, and accept again.</summary>
internal sealed class Origin : IDisposable
{
    private const int Backlog = 1024;
    private const int StackBytes = 128 * 1024;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Exchange _exchange;
    private readonly bool _holdsConnections;
    private readonly List<Socket> _held = [];
    private volatile bool _isStopping;

    private Origin(Exchange exchange, bool holdsConnections)
    {
        _exchange = exchange;
        _holdsConnections = holdsConnections;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(Backlog);
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

    /// <param name="connections">Served at the same time.</param>
    public static Origin Serve(Exchange exchange, int connections)
    {
        Origin origin = new(exchange, holdsConnections: false);
        for (int i = 0; i < connections; i++)
            new Thread(origin.Accept, StackBytes) { IsBackground = true }.Start();
        return origin;
    }

    /// <summary>One exchange on each connection, which then stays open and silent.</summary>
    public static Origin Hold(Exchange exchange)
    {
        Origin origin = new(exchange, holdsConnections: true);
        new Thread(origin.Accept, StackBytes) { IsBackground = true }.Start();
        return origin;
    }

    public void Dispose()
    {
        _isStopping = true;
        _listener.Dispose();
        lock (_held)
        {
            foreach (Socket socket in _held) socket.Dispose();
        }
    }

    private void Accept()
    {
        byte[] request = new byte[_exchange.Request.Length];
        while (!_isStopping)
        {
            try
            {
                Socket socket = _listener.Accept();
                socket.NoDelay = true;
                if (_holdsConnections)
                {
                    ServeOnce(socket, request);
                    lock (_held) _held.Add(socket);
                    continue;
                }

                using (socket) ServeAll(socket, request);
            }
            catch (SocketException)
            {
                // A client that stopped in the middle, or the end of the listener: the clients' side counts and reports.
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void ServeAll(Socket socket, byte[] request)
    {
        while (ServeOnce(socket, request) && !_exchange.ClosesAfterAnswer) { }
    }

    private bool ServeOnce(Socket socket, byte[] request)
    {
        if (!WholeBlock.TryReceive(socket, request)) return false;
        if (!request.AsSpan().SequenceEqual(_exchange.Request))
            throw new InvalidOperationException("the request reached the origin with other bytes");
        WholeBlock.Send(socket, _exchange.Answer);
        return true;
    }
}
