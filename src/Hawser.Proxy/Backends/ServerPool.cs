using System;
using System.Threading;
using Hawser.Proxy.Accounting;

namespace Hawser.Proxy.Backends;

/// <summary>
/// What stays of a backend when a reload puts another <see cref="Backend"/> in its place: its servers and their load,
/// who is chosen among them, who waits for them, what was counted. Sessions of the set before and of the new one take
/// from it and give back to it, so that limits hold for both together. Shared by all loops: everything mutable is under
/// <see cref="Gate"/>, except the interlocked session count.
/// </summary>
public sealed class ServerPool
{
    /// <summary>No two classes meet, whatever the time and the offset.</summary>
    private const long PriorityClassSpanMs = 1L << 50;

    private Balancer _active;
    private Balancer? _backups;
    private Rotation _rotation;
    private Server[] _servers;
    private bool _hasMovingLimits;
    private bool _movesQueues;
    private long _queueOrder;
    private long _queueMs;
    private int _activeSessions;
    private volatile bool _isUnpublished;

    /// <param name="backend">Whose servers and settings it begins with.</param>
    /// <param name="loops">Event loops of the process.</param>
    internal ServerPool(Backend backend, int loops)
    {
        Counters = TrafficCounters.PerLoop(loops);
        Queue = new WaitQueue(null);
        _active = null!;
        _rotation = null!;
        _servers = [];
        _isUnpublished = backend.Config.IsUnpublished;
        Use(backend);
    }

    /// <summary>Switching rules of other proxies pass over it (manual, "be-unpublished"). Changed on loop 0.</summary>
    public bool IsUnpublished
    {
        get => _isUnpublished;
        set => _isUnpublished = value;
    }

    /// <summary>Held for every look at or change of servers' load, state and queues.</summary>
    public Gate Gate { get; } = new();

    public TrafficCounters[] Counters { get; }

    public TrafficPeaks Peaks { get; } = new();

    public BackendHistory History { get; } = new();

    /// <summary>Sessions that wait for any server.</summary>
    public WaitQueue Queue { get; }

    /// <summary>Sessions waiting in this backend: its own queue and its servers'.</summary>
    public int TotalQueued { get; private set; }

    /// <summary>Sessions assigned to this backend, queued ones included (%bc).</summary>
    public int ActiveSessions => Volatile.Read(ref _activeSessions);

    /// <summary>"fullconn": the load at which servers with a "minconn" reach their "maxconn".</summary>
    public int FullConnections { get; set; }

    /// <summary>Servers in rotation now: 0 means "has no server available".</summary>
    public int ServersInRotation => _rotation.InUse;

    /// <summary>Servers, no backups, that could take sessions: the "active" ones of the messages.</summary>
    public int UsableActive => _rotation.UsableActive;

    /// <summary>Backups that could take sessions if they were in rotation.</summary>
    public int UsableBackups => _rotation.UsableBackups;

    public void SessionEntered() => Peaks.Sessions.Observe(Interlocked.Increment(ref _activeSessions));

    public void SessionLeft() => Interlocked.Decrement(ref _activeSessions);

    /// <summary>Puts the usable servers into rotation; before the first session, or under the gate.</summary>
    public void Start()
    {
        _rotation.Update();
        UpdateLimits();
        _active.Start(ActiveServers());
        _backups?.Start(BackupServers());
    }

    /// <summary>
    /// The servers and settings of another backend of the same name, which knows the servers that stay by the same
    /// objects. Under the gate. Who waits for a server that is gone waits for any other from now on, and keeps his turn.
    /// </summary>
    /// <param name="isRebuilt">False: servers, their places and the algorithm are the same, and the turns go on.</param>
    internal void Replace(Backend backend, bool isRebuilt)
    {
        if (!isRebuilt)
        {
            _servers = backend.Servers;
            _rotation.Use(_servers);
            return;
        }

        LeaveRetiredServers();
        Use(backend);
        Start();
        GrantAllFreeSlots();
    }

    /// <summary>An operator has added a server or removed one, which is in maintenance. Under the gate.</summary>
    internal void ServersChanged(Backend backend)
    {
        (Balancer active, Balancer? backups) = (_active, _backups);
        LeaveRetiredServers();
        Use(backend);
        _rotation.Update();
        UpdateLimits();
        _active.Resume(active, ActiveServers());
        if (backups is not null)
            _backups?.Resume(backups, BackupServers());
        GrantAllFreeSlots();
    }

    /// <summary>Chooses a server and takes a slot, or a place in a queue.</summary>
    /// <param name="avoid">The server that just failed this session, when it is to be redispatched.</param>
    public TakeOutcome Take(Waiter session, in BalanceKey key, Server? avoid, out Server? server)
    {
        Gate.Enter();
        if (_hasMovingLimits)
            MoveLimits();
        server = Choose(key, avoid);
        TakeOutcome outcome;
        if (server is null)
            outcome = ServersInRotation == 0 ? TakeOutcome.NoServer : Enqueue(session, Queue);
        else
            outcome = TakeOrEnqueue(session, server);
        Gate.Leave();
        return outcome;
    }

    /// <summary>As <see cref="Take"/>, for a server that is already decided: a further attempt on the same one.</summary>
    public TakeOutcome TakeFrom(Waiter session, Server server)
    {
        Gate.Enter();
        TakeOutcome outcome = TakeOrEnqueue(session, server);
        Gate.Leave();
        return outcome;
    }

    /// <summary>Gives a slot back and grants it to whoever has waited longest.</summary>
    /// <returns>The sessions the server is left with, before the slot is given on.</returns>
    public int Release(Server server)
    {
        Gate.Enter();
        int left = --server.ActiveSessions;
        LoadChanged(server);
        GrantFreeSlots(server);
        Gate.Leave();
        return left;
    }

    /// <summary>
    /// Leaves the queue. False when a slot was granted in the meantime: the session then holds it
    /// (<see cref="Waiter.GrantedServer"/>) and must use it or <see cref="Release"/> it.
    /// </summary>
    public bool Leave(Waiter session)
    {
        Gate.Enter();
        bool left = session.Queue is not null;
        if (left)
            Dequeue(session);
        Gate.Leave();
        return left || session.GrantedServer is null;
    }

    /// <summary>
    /// A server's state, weight or drain flag was changed by the caller, who holds the gate. Rebuilds the rotation and
    /// hands out slots that became free.
    /// </summary>
    public void ServerChanged(Server server)
    {
        _rotation.Changed(server);
        if (_hasMovingLimits)
            UpdateLimits();
        else
            server.SessionLimit = LimitAt(server, ActiveSessions);
        Refresh(server);
        // Who waited for a server that left may go to any other.
        if (!server.IsUsable && _movesQueues)
        {
            Queue.Merge(server.Queue);
            QueueChanged(server.Queue);
        }

        GrantAllFreeSlots();
    }

    /// <summary>
    /// A server's weight or share of slots moved while it stays usable: slow start. The caller holds the gate.
    /// </summary>
    public void CapacityChanged(Server server)
    {
        server.SessionLimit = LimitAt(server, ActiveSessions);
        Refresh(server);
        GrantFreeSlots(server);
    }

    internal void Use(Backend backend)
    {
        _servers = backend.Servers;
        _active = backend.Balancer;
        _backups = backend.BackupBalancer;
        _rotation = new Rotation(_servers, backend.Config.Options.AllBackups);
        _movesQueues = backend.MovesQueues;
        _hasMovingLimits = false;
        foreach (Server server in _servers)
        {
            server.Backend = backend;
            _hasMovingLimits |= server.MinimumSessions > 0 || server.Config.SlowStartMs > 0;
        }
    }

    private Server[] ActiveServers() => Array.FindAll(_servers, static server => !server.IsBackup);

    private Server[] BackupServers() => Array.FindAll(_servers, static server => server.IsBackup);

    private void LeaveRetiredServers()
    {
        foreach (Server server in _servers)
        {
            if (!server.IsRetired)
                continue;
            Queue.Merge(server.Queue);
            server.InRotation = false;
        }
    }

    private void GrantAllFreeSlots()
    {
        if (TotalQueued == 0)
            return;
        foreach (Server server in _servers)
            GrantFreeSlots(server);
    }

    /// <summary>Each group keeps its turns while the other is in use.</summary>
    private Server? Choose(in BalanceKey key, Server? avoid)
    {
        if (UsableActive > 0)
            return _active.Choose(key, avoid);
        return _backups is not null ? _backups.Choose(key, avoid) : _rotation.FirstBackup;
    }

    private void Refresh(Server server) => BalancerOf(server)?.Refresh(server);

    private void LoadChanged(Server server) => BalancerOf(server)?.LoadChanged(server);

    /// <summary>Null also for a server that is none of the pool any more, while its last sessions leave it.</summary>
    private Balancer? BalancerOf(Server server) => server.IsRetired ? null : server.IsBackup ? _backups : _active;

    private TakeOutcome TakeOrEnqueue(Waiter session, Server server)
    {
        if (server.HasFreeSlot)
        {
            Occupy(server);
            return TakeOutcome.Taken;
        }

        if (server.MaximumQueue > 0 && server.Queue.Length >= server.MaximumQueue)
            return TakeOutcome.QueueFull;
        return server.IsRetired ? EnqueueForAny(session) : Enqueue(session, server.Queue);
    }

    /// <summary>Nobody waits for a server that is gone: whichever has room takes the session, at once if there is one.</summary>
    private TakeOutcome EnqueueForAny(Waiter session)
    {
        if (ServersInRotation == 0)
            return TakeOutcome.NoServer;
        TakeOutcome outcome = Enqueue(session, Queue);
        foreach (Server server in _servers)
            GrantFreeSlots(server);
        return outcome;
    }

    private TakeOutcome Enqueue(Waiter session, WaitQueue queue)
    {
        session.QueueOrder = ++_queueOrder;
        // The loops' clocks differ a little: who comes later is never taken for earlier.
        _queueMs = long.Max(_queueMs, session.HomeLoop.Now.Milliseconds);
        session.QueueRank = (session.PriorityClass * PriorityClassSpanMs) + _queueMs + session.PriorityOffset;
        session.QueueLengthSeen = queue.Length + 1;
        session.GrantedServer = null;
        queue.Add(session);
        QueueChanged(queue);
        TotalQueued++;
        Peaks.Queue.Observe(TotalQueued);
        queue.Server?.Peaks.Queue.Observe(queue.Length);
        return TakeOutcome.Queued;
    }

    private void Dequeue(Waiter session)
    {
        WaitQueue queue = session.Queue!;
        queue.Remove(session);
        QueueChanged(queue);
        TotalQueued--;
    }

    /// <summary>Who waits for a server is part of its load.</summary>
    private void QueueChanged(WaitQueue queue)
    {
        if (queue.Server is { } server)
            LoadChanged(server);
    }

    private void Occupy(Server server)
    {
        server.ActiveSessions++;
        server.Peaks.Sessions.Observe(server.ActiveSessions);
        if (server.ActiveSessions > server.NeededConnections) server.NeededConnections = server.ActiveSessions;
        LoadChanged(server);
    }

    private void GrantFreeSlots(Server server)
    {
        while (server.InRotation && server.ActiveSessions < server.SessionLimit && Oldest(server) is { } waiter)
            Grant(waiter, server);
    }

    /// <summary>The longest waiting among those the server could serve.</summary>
    private Waiter? Oldest(Server server)
    {
        Waiter? own = server.Queue.First;
        Waiter? any = Queue.First;
        if (own is null || any is null)
            return own ?? any;
        return own.GoesBefore(any) ? own : any;
    }

    private void Grant(Waiter waiter, Server server)
    {
        Dequeue(waiter);
        waiter.GrantedServer = server;
        Occupy(server);
        waiter.HomeLoop.Post(waiter);
    }

    /// <summary>The load has changed: slots that this adds go to those who wait already, before the newcomer.</summary>
    private void MoveLimits()
    {
        UpdateLimits();
        GrantAllFreeSlots();
    }

    private void UpdateLimits()
    {
        int load = ActiveSessions;
        foreach (Server server in _servers)
            server.SessionLimit = LimitAt(server, load);
    }

    /// <summary>manual, section 5.2, "minconn": maxconn × load ÷ fullconn, between minconn and maxconn.</summary>
    private int LimitAt(Server server, int load)
    {
        if (server.MaximumSessions == 0)
            return int.MaxValue;
        int limit = server.MaximumSessions;
        if (server.MinimumSessions > 0 && server.MinimumSessions < limit && load < FullConnections)
            limit = Math.Max(server.MinimumSessions, (int)((long)limit * load / FullConnections));
        if (server.SlowStartPermille < 1000)
            limit = Math.Max(1, (int)((long)limit * server.SlowStartPermille / 1000));
        return limit;
    }
}
