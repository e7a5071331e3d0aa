using System.Threading;
using Hawser.Base.Collections;
using Hawser.Base.Time;
using Hawser.Io.Loop;
using Hawser.Proxy.Connections;

namespace Hawser.Proxy.Backends;

/// <summary>
/// One loop's connections to one server that wait for their next request (manual, "http-reuse", "pool-max-conn",
/// "pool-purge-delay"). The most recent one is used first, so that those too many grow old; half of these are closed
/// each time the purge delay is over. No more are kept than the server has needed at one time of late. A connection that
/// its server closes is let go at once.
/// <para>Loops share them ("tune.idle-pool.shared") without a lock: the most recent ones are also in a short list that
/// every loop may read, and one interlocked exchange of <see cref="Connection.IdleState"/> decides who has a connection.
/// What changes loops is the descriptor, not the object: the object may still get events that its loop has fetched
/// already. A process with one loop has none of this.</para>
/// </summary>
public sealed class IdleConnections : ConnectionOwner
{
    /// <summary>How many connections a loop lets others see; a power of two.</summary>
    private const int OffersMaximum = 16;

    /// <summary>Connections of other identities that one search looks past.</summary>
    private const int SearchMaximum = 64;

    private readonly Server _server;
    private readonly SpareConnections _spares;
    private readonly EventLoop _loop;
    private readonly PurgeTimer _purge;
    private int _maximum;
    private Milliseconds _purgeDelay;
    private readonly DescriptorShare? _share;
    private readonly Connection?[]? _offers;
    private uint _nextOffer;
    private Connection? _newest;
    private Connection? _oldest;
    private int _fewestSincePurge;
    private bool _isClosed;

    /// <param name="server">Whose connections these are.</param>
    /// <param name="loop">Whose connections these are, too.</param>
    /// <param name="spares">The loop's connection objects without a connection.</param>
    /// <param name="isShared">Other loops may take them.</param>
    /// <param name="share">Null: descriptors are no reason to close one.</param>
    public IdleConnections(Server server, EventLoop loop, SpareConnections spares, bool isShared, DescriptorShare? share = null)
    {
        _share = share;
        _server = server;
        _loop = loop;
        _spares = spares;
        _maximum = server.Config.PoolMaxConnections;
        _purgeDelay = new Milliseconds(server.Config.PoolPurgeDelayMs);
        _offers = isShared ? new Connection?[OffersMaximum] : null;
        _purge = new PurgeTimer(this);
    }

    public int Count { get; private set; }

    /// <summary>A reload has changed the server's line; on the loop's own thread, behind <see cref="CloseAll"/>.</summary>
    public void Reopen()
    {
        _isClosed = false;
        _maximum = _server.Config.PoolMaxConnections;
        _purgeDelay = new Milliseconds(_server.Config.PoolPurgeDelayMs);
    }

    /// <summary>Connections that were let go because there were too many, or too old.</summary>
    public long Purged { get; private set; }

    /// <summary>Connections that came from other loops.</summary>
    public long TakenOver { get; private set; }

    /// <summary>Takes a connection over; it is read by nobody until it is taken again.</summary>
    /// <returns>False when it is not kept: the caller closes it.</returns>
    public bool TryPut(Connection connection)
    {
        if (!_purgeDelay.IsSet || _server.IsInMaintenance || !_server.IsUp || _share is { IsKeptNoMore: true }) return false;
        // The caller's own session still counts for its connection. Other loops may be between two counts.
        int slack = _offers is null ? 0 : _server.Idle.Length;
        int needed = int.Max(_server.NeededConnections, _server.Config.PoolLowConnections);
        if (_server.IdleCount + _server.ActiveSessions > needed + slack || !_server.TryKeepIdle(_maximum)) return false;
        connection.Owner = this;
        connection.PreviousIdle = null;
        connection.NextIdle = _newest;
        if (_newest is not null) _newest.PreviousIdle = connection;
        else _oldest = connection;
        _newest = connection;
        Count++;
        _share?.Kept(_loop, this);
        if (_offers is not null)
        {
            Volatile.Write(ref connection.IdleState, IdleState.Waits);
            Volatile.Write(ref _offers[_nextOffer++ & (OffersMaximum - 1)], connection);
        }

        if (_purge.Deadline.IsNever)
        {
            _fewestSincePurge = Count;
            _loop.SetTimer(_purge, _loop.Now.After(_purgeDelay));
        }

        return true;
    }

    /// <summary>The most recent one that may be used; null without one.</summary>
    /// <param name="isProven">Only one that has been used again before: it is less likely to be closed just now.</param>
    /// <param name="identity">As <see cref="Connection.Identity"/>.</param>
    public Connection? Take(bool isProven, ulong identity)
    {
        int looks = 0;
        for (Connection? connection = _newest; connection is not null && looks < SearchMaximum; connection = connection.NextIdle, looks++)
        {
            if (connection.IsPeerClosed || !Fits(connection, isProven, identity) || !TryClaim(connection)) continue;
            Unlink(connection);
            _server.IdleTaken();
            return connection;
        }

        return Count == _server.IdleCount || _offers is null ? null : TakeOver(isProven, identity);
    }

    /// <summary>A request opens a connection of its own: where descriptors are short, one that waits goes.</summary>
    public void MakeRoom() => _share?.MakeRoom(_loop, this);

    /// <returns>False: none waits here.</returns>
    internal bool TryCloseOldest()
    {
        if (_oldest is not { } connection) return false;
        int before = Count;
        Close(connection);
        if (Count == before) return false;
        Purged++;
        return true;
    }

    /// <summary>Closes them all: the loop ends, or the server is gone.</summary>
    public void CloseAll()
    {
        _isClosed = true;
        Connection? connection = _newest;
        while (connection is not null)
        {
            Connection? older = connection.NextIdle;
            Close(connection);
            connection = older;
        }

        _loop.RemoveTimer(_purge);
    }

    /// <summary>Its server has closed it, or has said something that nobody asked for.</summary>
    internal override void OnConnectionReady(EventLoop loop, Connection connection)
    {
        // News of bytes that its last user has read already may come late: nothing to read is no reason to close.
        if (connection.IsReadable && !connection.IsPeerClosed && !connection.HasError && connection.IsQuiet(loop))
            connection.IsReadable = false;
        if (connection.IsReadable) Close(connection);
    }

    public override void Run(EventLoop loop)
    {
    }

    private static bool Fits(Connection connection, bool isProven, ulong identity) =>
        connection.Identity == identity && !(isProven && connection.Requests < 2);

    /// <summary>Ours to take, unless another loop was faster.</summary>
    private bool TryClaim(Connection connection) =>
        _offers is null || Interlocked.CompareExchange(ref connection.IdleState, IdleState.None, IdleState.Waits) == IdleState.Waits;

    /// <summary>One of another loop's, where the server has enough of them ("pool-low-conn").</summary>
    private Connection? TakeOver(bool isProven, ulong identity)
    {
        if (_server.IdleCount < _server.Config.PoolLowConnections) return null;
        IdleConnections[] all = _server.Idle;
        for (int step = 1; step < all.Length; step++)
        {
            IdleConnections other = all[(_loop.Index + step) % all.Length];
            for (int i = 0; i < OffersMaximum; i++)
            {
                // A look before the leap: what is read here may be old, what is read once it is ours is not.
                if (Volatile.Read(ref other._offers![i]) is not { } offer || offer.IsPeerClosed || !Fits(offer, isProven, identity)) continue;
                if (Interlocked.CompareExchange(ref offer.IdleState, IdleState.Examined, IdleState.Waits) != IdleState.Waits) continue;
                if (TakeOver(other, offer, isProven, identity) is { } taken) return taken;
            }
        }

        return null;
    }

    /// <param name="offer">We examine it; it may be waiting for another server by now.</param>
    private Connection? TakeOver(IdleConnections other, Connection offer, bool isProven, ulong identity)
    {
        bool isWanted = offer.Owner == other && !offer.IsPeerClosed && Fits(offer, isProven, identity);
        Connection? taken = null;
        offer.Notice ??= new ExaminedNotice(offer);
        LoopJob notice = offer.Notice;
        EventLoop owner = offer.Owner is IdleConnections { _loop: var its } ? its : other._loop;
        if (isWanted)
        {
            _server.IdleTaken();
            owner.Silence(offer.Descriptor);
            taken = _spares.Rent(this);
            if (!taken.Adopt(_loop, offer) || !taken.IsQuiet(_loop))
            {
                taken.Close(_loop, reset: false);
                _spares.Return(taken);
                taken = null;
            }
            else
            {
                TakenOver++;
            }
        }

        // From here on it is its loop's, or the next one's that examines it.
        Volatile.Write(ref offer.IdleState, isWanted ? IdleState.Gone : IdleState.Waits);
        owner.Post(notice);
        return taken;
    }

    /// <summary>Another loop has looked at one of ours: it has the descriptor, or we look after it again.</summary>
    private void Examined(Connection connection)
    {
        if (Volatile.Read(ref connection.IdleState) == IdleState.Gone)
        {
            connection.IdleState = IdleState.None;
            Unlink(connection);
            connection.Abandon(_loop);
            _spares.Return(connection);
        }
        else if (connection.IsReadable || _isClosed)
        {
            Close(connection);
        }
    }

    private void Close(Connection connection)
    {
        if (!TryClaim(connection)) return;
        Unlink(connection);
        _server.IdleTaken();
        connection.Close(_loop, reset: false);
        _spares.Return(connection);
    }

    private void Unlink(Connection connection)
    {
        if (connection.PreviousIdle is null) _newest = connection.NextIdle;
        else connection.PreviousIdle.NextIdle = connection.NextIdle;
        if (connection.NextIdle is null) _oldest = connection.PreviousIdle;
        else connection.NextIdle.PreviousIdle = connection.PreviousIdle;
        connection.NextIdle = null;
        connection.PreviousIdle = null;
        Count--;
        if (Count < _fewestSincePurge) _fewestSincePurge = Count;
    }

    /// <summary>Those that nobody needed for a whole delay are too many: half of them go.</summary>
    private void Purge()
    {
        int kept = Count - ((_fewestSincePurge + 1) / 2);
        Connection? connection = _newest;
        for (int place = 0; connection is not null; place++)
        {
            Connection? older = connection.NextIdle;
            if (place >= kept)
            {
                Close(connection);
                Purged++;
            }

            connection = older;
        }

        _fewestSincePurge = Count;
        _server.NeededConnections = int.Max(_server.ActiveSessions, (_server.NeededConnections + _server.ActiveSessions + 1) / 2);
        if (Count > 0) _loop.SetTimer(_purge, _loop.Now.After(_purgeDelay));
    }

    private sealed class PurgeTimer(IdleConnections idle) : LoopTimer
    {
        public override void OnTimer(EventLoop loop) => idle.Purge();
    }

    /// <summary>A letter to the loop of a connection that another one has examined.</summary>
    private sealed class ExaminedNotice(Connection connection) : LoopJob
    {
        public override void Run(EventLoop loop)
        {
            // It may be in use again, or be examined once more: then another letter follows.
            bool isIdle = Volatile.Read(ref connection.IdleState) is IdleState.Waits or IdleState.Gone;
            if (isIdle && connection.Owner is IdleConnections idle) idle.Examined(connection);
        }
    }
}

/// <summary>A loop's connection objects that hold no connection: they are made once and used again.</summary>
public sealed class SpareConnections
{
    private const int KeptMaximum = 4096;
    private const int ResidentConnections = 64;

    private Connection? _first;
    private int _count;
    private PoolTide _tide = new(ResidentConnections);

    /// <summary>Connections lie here that may be let go of.</summary>
    public bool IsHigh => _tide.IsHigh(_count);

    public Connection Rent(ConnectionOwner owner)
    {
        if (_first is not { } connection)
        {
            _tide.Taken(0);
            return new Connection(owner);
        }

        _first = connection.NextIdle;
        _tide.Taken(--_count);
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

    public void EndPeriod() => _tide.EndPeriod(_count);

    /// <summary>Leaves up to so many that nobody has needed for a while to the collector.</summary>
    /// <returns>Those that were.</returns>
    public int DropSurplus(int most)
    {
        int dropped = 0;
        for (; dropped < most && _first is { } connection && _tide.TakeSurplus(_count); dropped++)
        {
            _first = connection.NextIdle;
            connection.NextIdle = null;
            _count--;
        }

        return dropped;
    }
}
