using Hawser.Expressions.LogFormat;
using System.Text;
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
/// A group of servers as one configuration has it: settings, rules, formats. What lives longer than a configuration,
/// who is chosen among the servers and who waits for them, is its <see cref="Pool"/>.
/// </summary>
public sealed class Backend
{
    /// <param name="config">Its settings.</param>
    /// <param name="servers">In the order of the configuration.</param>
    /// <param name="balancer">For the servers that are no backups; not yet started.</param>
    /// <param name="logging">Where its servers' changes of state are told.</param>
    /// <param name="loops">Event loops of the process.</param>
    /// <param name="before">The one whose place it takes when its configuration is put to work; null for a new name.</param>
    public Backend(ProxyConfig config, Server[] servers, Balancer balancer, ProxyLogging logging, int loops, Backend? before = null)
    {
        Config = config;
        Name = config.Name;
        NameBytes = Encoding.UTF8.GetBytes(Name);
        Servers = servers;
        Balancer = balancer;
        Logging = logging;
        Pool = before?.Pool ?? new ServerPool(this, loops);
        // Those that the running configuration has as well go on belonging to it until this one takes its place.
        foreach (Server server in servers)
            server.Backend ??= this;
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

    /// <summary>Another proxy of the configuration names it; set while that is built.</summary>
    public bool IsReferenced { get; set; }

    /// <inheritdoc cref="ServerPool.IsUnpublished"/>
    public bool IsUnpublished
    {
        get => Pool.IsUnpublished;
        set => Pool.IsUnpublished = value;
    }

    public string Name { get; }

    public byte[] NameBytes { get; }

    /// <summary>In the order of the configuration, then those that an operator has added.</summary>
    public Server[] Servers { get; internal set; }

    /// <summary>Shared with the backends of this name in the configurations before, whose sessions go on.</summary>
    public ServerPool Pool { get; }

    /// <summary>For the servers that are no backups.</summary>
    internal Balancer Balancer { get; set; }

    /// <summary>Where its servers' changes of state are told.</summary>
    public ProxyLogging Logging { get; }

    /// <summary>Holds back repeated messages about missing ports and descriptors.</summary>
    public OncePerPeriod ResourceReports { get; } = new();

    /// <inheritdoc cref="ServerPool.Gate"/>
    public Gate Gate => Pool.Gate;

    public TrafficCounters[] Counters => Pool.Counters;

    public TrafficPeaks Peaks => Pool.Peaks;

    public BackendHistory History => Pool.History;

    /// <inheritdoc cref="ServerPool.Queue"/>
    public WaitQueue Queue => Pool.Queue;

    /// <inheritdoc cref="ServerPool.TotalQueued"/>
    public int TotalQueued => Pool.TotalQueued;

    /// <inheritdoc cref="ServerPool.ActiveSessions"/>
    public int ActiveSessions => Pool.ActiveSessions;

    /// <inheritdoc cref="ServerPool.FullConnections"/>
    public int FullConnections
    {
        get => Pool.FullConnections;
        set => Pool.FullConnections = value;
    }

    /// <summary>"option allbackups": balances the backups; not yet started. Null when the first one takes everything.</summary>
    public Balancer? BackupBalancer { get; set; }

    /// <summary>"option abortonclose": a client that has closed its side is taken for gone. The default in mode http.</summary>
    public bool AbortsOnClose => Config.Options.AbortOnClose ?? Config.Mode == ProxyMode.Http;

    /// <inheritdoc cref="ServerPool.ServersInRotation"/>
    public int ServersInRotation => Pool.ServersInRotation;

    /// <summary>What sessions are balanced by; null for the algorithms that are free to choose. Set before the first one.</summary>
    public SessionKey? Key { get; set; }

    /// <summary>A session's server follows from its key.</summary>
    public bool IsBound => Key is not null;

    /// <summary>Some other server could take over from one that failed.</summary>
    public bool HasAnother(Server failed) => ServersInRotation > (failed.InRotation ? 1 : 0);

    /// <inheritdoc cref="ServerPool.UsableActive"/>
    public int UsableActive => Pool.UsableActive;

    /// <inheritdoc cref="ServerPool.UsableBackups"/>
    public int UsableBackups => Pool.UsableBackups;

    /// <summary>
    /// Whether sessions waiting for a server may go to another one when it leaves (manual, "option redispatch").
    /// </summary>
    public bool MovesQueues => Config.RedispatchInterval != 0 && !Config.Options.Persist;

    public void SessionEntered() => Pool.SessionEntered();

    public void SessionLeft() => Pool.SessionLeft();

    /// <summary>Puts the usable servers into rotation; before the first session.</summary>
    public void Start()
    {
        Pool.Use(this);
        Pool.Start();
    }

    /// <inheritdoc cref="ServerPool.Take"/>
    public TakeOutcome Take(Waiter session, in BalanceKey key, Server? avoid, out Server? server) =>
        Pool.Take(session, key, avoid, out server);

    /// <inheritdoc cref="ServerPool.TakeFrom"/>
    public TakeOutcome TakeFrom(Waiter session, Server server) => Pool.TakeFrom(session, server);

    /// <inheritdoc cref="ServerPool.Release"/>
    public int Release(Server server) => Pool.Release(server);

    /// <inheritdoc cref="ServerPool.Leave"/>
    public bool Leave(Waiter session) => Pool.Leave(session);

    /// <inheritdoc cref="ServerPool.ServerChanged"/>
    public void ServerChanged(Server server) => Pool.ServerChanged(server);

    /// <inheritdoc cref="ServerPool.CapacityChanged"/>
    public void CapacityChanged(Server server) => Pool.CapacityChanged(server);
}
