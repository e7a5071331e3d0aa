using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Hawser.EndToEnd.Proxies;

namespace Hawser.EndToEnd.Peers;

/// <summary>An origin server: accepts when the script says so, or answers every connection with its own name.</summary>
public sealed class ListeningServer : IDisposable
{
    private readonly List<Socket> _fillers = [];
    private readonly Socket _socket;
    private int _finished;

    public ListeningServer(string name, IPAddress address, int backlog = 128)
    {
        Name = name;
        _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _socket.Bind(new IPEndPoint(address, FreePort.Next()));
        if (backlog >= 0)
            _socket.Listen(backlog);
        Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
    }

    public ListeningServer(string name, string path)
    {
        Name = name;
        _socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        _socket.Listen(128);
    }

    public string Name { get; }

    public int Port { get; }

    public int Accepted { get; private set; }

    /// <summary>Small on purpose where a scenario wants to fill it; inherited by accepted connections.</summary>
    public int ReceiveBufferSize
    {
        set => _socket.ReceiveBufferSize = value;
    }

    public async Task<Socket> Accept(int limitMs = Patience.LimitMs)
    {
        Task<Socket> accept = _socket.AcceptAsync();
        if (await Task.WhenAny(accept, Task.Delay(limitMs)).ConfigureAwait(false) != accept)
            throw new PatienceException($"waited {limitMs} ms in vain for a connection at {Name}");
        Accepted++;
        return await accept.ConfigureAwait(false);
    }

    /// <summary>True when a connection is waiting in the backlog.</summary>
    public bool HasPending => _socket.Poll(0, SelectMode.SelectRead);

    /// <summary>Sessions answered with the name that the proxy has ended towards this server.</summary>
    public int Finished => _finished;

    /// <summary>Every connection from now on gets this server's name and a close.</summary>
    public void AnswerWithName()
    {
        Thread thread = new(Answer) { IsBackground = true };
        thread.Start();
    }

    private void Answer()
    {
        byte[] name = Encoding.ASCII.GetBytes(Name);
        try
        {
            while (true)
            {
                using Socket connection = _socket.Accept();
                Accepted++;
                AnswerOne(connection, name);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The scenario is over, or the script stopped listening.
        }
    }

    /// <summary>A connection that is reset before its answer was a health check's.</summary>
    private void AnswerOne(Socket connection, byte[] name)
    {
        connection.Send(name, 0, name.Length, SocketFlags.None, out SocketError sending);
        if (sending != SocketError.Success)
            return;
        byte[] scratch = new byte[1024];
        try
        {
            connection.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            return;
        }

        while (connection.Receive(scratch, 0, scratch.Length, SocketFlags.None, out SocketError error) > 0
            && error == SocketError.Success)
        {
            // What the client said does not matter here.
        }

        Interlocked.Increment(ref _finished);
    }

    /// <summary>Fills the backlog so that the kernel drops further SYNs: connecting then takes forever.</summary>
    public void FillBacklog()
    {
        for (int i = 0; i < 3; i++)
        {
            Socket filler = new(SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _fillers.Add(filler);
            try
            {
                filler.Connect(_socket.LocalEndPoint!);
            }
            catch (SocketException)
            {
                // In progress, which is the point.
            }
        }
    }

    /// <summary>From now on connecting is refused, while the port stays ours (Linux keeps the binding).</summary>
    public void StopListening() => ListeningSocket.Stop(_socket);

    public void ListenAgain() => ListeningSocket.Start(_socket);

    public void Dispose()
    {
        _socket.Dispose();
        foreach (Socket filler in _fillers)
            filler.Dispose();
    }
}
