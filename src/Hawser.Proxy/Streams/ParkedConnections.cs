using System;
using Hawser.Io.Loop;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Connections;

namespace Hawser.Proxy.Streams;

/// <summary>
/// Connections to servers that only one client may use again and does not use just now (manual,
/// "max-session-srv-conns"). Made when a session first has one, and kept with it.
/// </summary>
internal sealed class ParkedConnections(ProxyLoop home) : ConnectionOwner
{
    private (Server Server, Connection Connection)[] _kept = [];

    public int Count { get; private set; }

    /// <summary>Takes a connection over, where there is room.</summary>
    /// <returns>False when none may be kept: the caller closes it.</returns>
    public bool TryPut(Server server, Connection connection, int maximum)
    {
        if (Count >= maximum || (connection.IsReadable && !connection.IsQuiet(home.Loop))) return false;
        connection.IsReadable = false;
        if (Count == _kept.Length) Array.Resize(ref _kept, Count + 1);
        connection.Owner = this;
        _kept[Count++] = (server, connection);
        return true;
    }

    /// <summary>The most recent one; null without one.</summary>
    public Connection? Take(Server server, ulong identity)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            Connection connection = _kept[i].Connection;
            if (_kept[i].Server != server || connection.Identity != identity) continue;
            Remove(i);
            return connection;
        }

        return null;
    }

    public void CloseAll()
    {
        while (Count > 0) Close(Count - 1);
    }

    public override void Run(EventLoop loop)
    {
    }

    /// <summary>Its server has closed it, or has said something that nobody asked for.</summary>
    internal override void OnConnectionReady(EventLoop loop, Connection connection)
    {
        if (connection.IsReadable && !connection.IsPeerClosed && !connection.HasError && connection.IsQuiet(home.Loop)) connection.IsReadable = false;
        if (!connection.IsReadable) return;
        for (int i = 0; i < Count; i++)
        {
            if (_kept[i].Connection == connection)
            {
                Close(i);
                return;
            }
        }
    }

    private void Close(int at)
    {
        Connection connection = _kept[at].Connection;
        Remove(at);
        connection.Close(home.Loop, reset: true);
        home.Spares.Return(connection);
    }

    private void Remove(int at)
    {
        Array.Copy(_kept, at + 1, _kept, at, Count - at - 1);
        _kept[--Count] = default;
    }
}
