using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Hawser.EndToEnd.Http;

/// <summary>An origin server that keeps every request as it came and gives one and the same response.</summary>
internal sealed class RecordingOrigin : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _requests = [];
    private readonly Lock _gate = new();
    private readonly byte[] _response;
    private int _connections;

    public RecordingOrigin(byte[] response)
    {
        _response = response;
        _listener.Start();
        _ = Task.Run(Accept);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string[] Requests
    {
        get
        {
            lock (_gate) return [.. _requests];
        }
    }

    /// <summary>Connections that have come so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public void Dispose() => _listener.Dispose();

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync().ConfigureAwait(false);
                Interlocked.Increment(ref _connections);
                _ = Task.Run(() => Serve(socket));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Serve(Socket socket)
    {
        using Socket owned = socket;
        MessageReader reader = new(socket, 1 << 21);
        try
        {
            while (!reader.IsClosed)
            {
                string request = await reader.Next(hasBody: true).ConfigureAwait(false);
                if (reader.IsClosed || request.Length == 0) return;
                lock (_gate) _requests.Add(request);
                await socket.SendAsync(_response).ConfigureAwait(false);
            }
        }
        catch (SocketException)
        {
            // The proxy has closed.
        }
    }
}
