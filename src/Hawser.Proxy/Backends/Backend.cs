using Hawser.Expressions.LogFormat;
using System;
using System.Text;
using System.Threading;
using Hawser.Config.Model;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Backends;

/// <summary>How a session's wish for a server ended.</summary>
public enum TakeOutcome
{
    /// <summary>The session holds a slot of the server.</summary>
    Taken,

    /// <summary>It waits: for one server, or for any of the backend.</summary>
    Queued,

    /// <summary>No server is usable.</summary>
    NoServer,

    /// <summary>The server's queue is at its "maxqueue".</summary>
    QueueFull,
}

/// <summary>
/// A group of servers, who is chosen among them, and who waits for them. Shared by all loops: everything mutable is
/// under <see cref="Gate"/>, except the interlocked session count.
/// </summary>
public sealed class Backend
{
    private readonly Balancer _active;
    private readonly Rotation _rotation;
    /// <summary>No two classes meet, whatever the time and the offset.</summary>
    private const long PriorityClassSpanMs = 1L << 50;

    private long _queueOrder;
    private long _queueMs;
    private int _activeSessions;
    private readonly bool _hasMovingLimits;

    /// <param name="config">Its settings.</param>
    /// <param name="servers">In the order of the configuration.</param>
    /// <param name="balancer">For the servers that are no backups; not yet started.</param>
    /// <param name="logging">Where its servers' changes of state are told.</param>
    /// <param name="loops">Event loops of the process.</param>
    public Backend(ProxyConfig config, Server[] servers, Balancer balancer, ProxyLogging logging, int loops)
    {
        Config = config;
        Name = config.Name;
        NameBytes = Encoding.UTF8.GetBytes(Name);
        Servers = servers;
        _active = balancer;
        _rotation = new Rotation(servers, config.Options.AllBackups);
        Counters = TrafficCounters.PerLoop(loops);
        Logging = logging;
        Queue = new WaitQueue(null);
        foreach (Server server in servers)
        {
            server.Backend = this;
            _hasMovingLimits |= server.MinimumSessions > 0 || server.Config.SlowStartMs > 0;
        }
    }

    /// <summary>Null when it has none.</summary>
    public BackendRuleSet? Rules { get; set; }

    /// <summary>What its mode knows of it; null in mode tcp.</summary>
    public BackendProtocol? Protocol { get; set; }
    /// <summary>"unique-id-format", for the sessions of frontends that have none; null without.</summary>
    public LogFormat? UniqueIdFormat { get; set; }

    /// <summary>The last response that broke the protocol.</summary>
    public ErrorCapture RefusedResponses { get; } = new();

    public ProxyConfig Config { get; }

    public string Name { get; }

    public byte[] NameBytes { get; }

    public Server[] Servers { get; }

    /// <summary>Where its servers' changes of state are told.</summary>
    public ProxyLogging Logging { get; }

    /// <summary>Holds back repeated messages about missing ports and descriptors.</summary>
    public OncePerPeriod ResourceReports { get; } = new();

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

    /// <summary>"option allbackups": balances the backups; not yet started. Null when the first one takes everything.</summary>
    public Balancer? BackupBalancer { get; init; }

    /// <summary>"option abortonclose": a client that has closed its side is taken for gone. The default in mode http.</summary>
    public bool AbortsOnClose => Config.Options.AbortOnClose ?? Config.Mode == ProxyMode.Http;

    /// <summary>Servers in rotation now: 0 means "has no server available".</summary>
    public int ServersInRotation => _rotation.InUse;

    /// <summary>What sessions are balanced by; null for the algorithms that are free to choose. Set before the first one.</summary>
    public SessionKey? Key { get; set; }

    /// <summary>A session's server follows from its key.</summary>
    public bool IsBound => Key is not null;

    /// <summary>Some other server could take over from one that failed.</summary>
    public bool HasAnother(Server failed) => ServersInRotation > (failed.InRotation ? 1 : 0);

    /// <summary>Servers, no backups, that could take sessions: the "active" ones of the messages.</summary>
    public int UsableActive => _rotation.UsableActive;

    /// <summary>Backups that could take sessions if they were in rotation.</summary>
    public int UsableBackups => _rotation.UsableBackups;

    /// <summary>
    /// Whether sessions waiting for a server may go to another one when it leaves (manual, "option redispatch").
    /// </summary>
    public bool MovesQueues => Config.RedispatchInterval != 0 && !Config.Options.Persist;

    public void SessionEntered() => Peaks.Sessions.Observe(Interlocked.Increment(ref _activeSessions));

    public void SessionLeft() => Interlocked.Decrement(ref _activeSessions);

    /// <summary>Puts the usable servers into rotation; before the first session.</summary>
    public void Start()
    {
        _rotation.Update();
        UpdateLimits();
        _active.Start(Array.FindAll(Servers, static server => !server.IsBackup));
        BackupBalancer?.Start(Array.FindAll(Servers, static server => server.IsBackup));
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
        if (!server.IsUsable && MovesQueues)
        {
            Queue.Merge(server.Queue);
            QueueChanged(server.Queue);
        }

        if (TotalQueued == 0)
            return;
        foreach (Server other in Servers)
            GrantFreeSlots(other);
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

    /// <summary>Each group keeps its turns while the other is in use.</summary>
    private Server? Choose(in BalanceKey key, Server? avoid)
    {
        if (UsableActive > 0)
            return _active.Choose(key, avoid);
        return BackupBalancer is not null ? BackupBalancer.Choose(key, avoid) : _rotation.FirstBackup;
    }

    private void Refresh(Server server) => BalancerOf(server)?.Refresh(server);

    private void LoadChanged(Server server) => BalancerOf(server)?.LoadChanged(server);

    private Balancer? BalancerOf(Server server) => server.IsBackup ? BackupBalancer : _active;

    private TakeOutcome TakeOrEnqueue(Waiter session, Server server)
    {
        if (server.HasFreeSlot)
        {
            Occupy(server);
            return TakeOutcome.Taken;
        }

        if (server.MaximumQueue > 0 && server.Queue.Length >= server.MaximumQueue)
            return TakeOutcome.QueueFull;
        return Enqueue(session, server.Queue);
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
        if (TotalQueued == 0)
            return;
        foreach (Server server in Servers)
            GrantFreeSlots(server);
    }

    private void UpdateLimits()
    {
        int load = ActiveSessions;
        foreach (Server server in Servers)
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
