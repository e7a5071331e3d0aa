using Hawser.Base.Time;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Proxy.Connections;

namespace Hawser.Proxy.Backends;

/// <summary>
/// One loop's connections to one server that wait for their next request (manual, "http-reuse", "pool-max-conn",
/// "pool-purge-delay"). The most recent one is used first, so that those too many grow old; half of these are closed
/// each time the purge delay is over. A connection that its server closes is let go at once.
/// </summary>
public sealed class IdleConnections : ConnectionOwner
{
    private readonly Server _server;
    private readonly SpareConnections _spares;
    private readonly PurgeTimer _purge;
    private readonly int _maximum;
    private readonly Milliseconds _purgeDelay;
    private Connection? _newest;
    private int _fewestSincePurge;

    /// <param name="server">Whose connections these are.</param>
    /// <param name="spares">The loop's connection objects without a connection.</param>
    /// <param name="maximum">"pool-max-conn", of all loops together; 0: none is kept. -1: no limit.</param>
    /// <param name="purgeDelay">"pool-purge-delay"; not set: none is kept.</param>
    public IdleConnections(Server server, SpareConnections spares, int maximum, Milliseconds purgeDelay)
    {
        _server = server;
        _spares = spares;
        _maximum = maximum;
        _purgeDelay = purgeDelay;
        _purge = new PurgeTimer(this);
    }

    public int Count { get; private set; }

    /// <summary>Connections that were let go because there were too many, or too old.</summary>
    public long Purged { get; private set; }

    /// <summary>Takes a connection over; it is read by nobody until it is taken again.</summary>
    /// <returns>False when it is not kept: the caller closes it.</returns>
    public bool TryPut(EventLoop loop, Connection connection)
    {
        if (!_purgeDelay.IsSet || _server.IsInMaintenance || !_server.IsUp) return false;
        if (!_server.TryKeepIdle(_maximum)) return false;
        connection.Owner = this;
        connection.PreviousIdle = null;
        connection.NextIdle = _newest;
        if (_newest is not null) _newest.PreviousIdle = connection;
        _newest = connection;
        Count++;
        if (_purge.Deadline.IsNever)
        {
            _fewestSincePurge = Count;
            loop.SetTimer(_purge, loop.Now.After(_purgeDelay));
        }

        return true;
    }

    /// <summary>The most recent one; null without one.</summary>
    /// <param name="isProven">Only one that has been used again before: it is less likely to be closed just now.</param>
    public Connection? Take(bool isProven)
    {
        Connection? connection = _newest;
        while (connection is not null && (connection.IsPeerClosed || (isProven && connection.Requests < 2)))
            connection = connection.NextIdle;
        if (connection is null) return null;
        Unlink(connection);
        return connection;
    }

    /// <summary>Closes them all: the loop ends, or the server is gone.</summary>
    public void CloseAll(EventLoop loop)
    {
        while (_newest is { } connection) Close(loop, connection);
        loop.RemoveTimer(_purge);
    }

    /// <summary>Its server has closed it, or has said something that nobody asked for.</summary>
    internal override void OnConnectionReady(EventLoop loop, Connection connection)
    {
        // News of bytes that its last user has read already may come late: nothing to read is no reason to close.
        if (connection.IsReadable && !connection.IsPeerClosed && !connection.HasError && IsSilent(loop, connection))
            connection.IsReadable = false;
        if (connection.IsReadable) Close(loop, connection);
    }

    private static unsafe bool IsSilent(EventLoop loop, Connection connection)
    {
        byte unread;
        return loop.Kernel.Peek(connection.Descriptor, &unread, 1) == -(int)KernelError.WouldBlock;
    }

    public override void Run(EventLoop loop)
    {
    }

    private void Close(EventLoop loop, Connection connection)
    {
        Unlink(connection);
        connection.Close(loop, reset: false);
        _spares.Return(connection);
    }

    private void Unlink(Connection connection)
    {
        if (connection.PreviousIdle is null) _newest = connection.NextIdle;
        else connection.PreviousIdle.NextIdle = connection.NextIdle;
        if (connection.NextIdle is not null) connection.NextIdle.PreviousIdle = connection.PreviousIdle;
        connection.NextIdle = null;
        connection.PreviousIdle = null;
        Count--;
        _server.IdleTaken();
        if (Count < _fewestSincePurge) _fewestSincePurge = Count;
    }

    /// <summary>Those that nobody needed for a whole delay are too many: half of them go.</summary>
    private void Purge(EventLoop loop)
    {
        int kept = Count - ((_fewestSincePurge + 1) / 2);
        Connection? connection = _newest;
        for (int place = 0; connection is not null; place++)
        {
            Connection? older = connection.NextIdle;
            if (place >= kept)
            {
                Close(loop, connection);
                Purged++;
            }

            connection = older;
        }

        _fewestSincePurge = Count;
        if (Count > 0) loop.SetTimer(_purge, loop.Now.After(_purgeDelay));
    }

    private sealed class PurgeTimer(IdleConnections idle) : LoopTimer
    {
        public override void OnTimer(EventLoop loop) => idle.Purge(loop);
    }
}

/// <summary>A loop's connection objects that hold no connection: they are made once and used again.</summary>
public sealed class SpareConnections
{
    private const int KeptMaximum = 4096;

    private Connection? _first;
    private int _count;

    public Connection Rent(ConnectionOwner owner)
    {
        if (_first is not { } connection) return new Connection(owner);
        _first = connection.NextIdle;
        _count--;
        connection.NextIdle = null;
        connection.Owner = owner;
        return connection;
    }

    /// <param name="connection">Closed.</param>
    public void Return(Connection connection)
    {
        if (_count >= KeptMaximum) return;
        connection.NextIdle = _first;
        _first = connection;
        _count++;
    }
}
