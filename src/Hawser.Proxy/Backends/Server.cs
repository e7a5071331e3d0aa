using System;
using System.Text;
using System.Threading;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Expressions.Compilation;
using Hawser.Io.Kernels;
using Hawser.Proxy.Accounting;

namespace Hawser.Proxy.Backends;

/// <summary>
/// One destination of a backend: what was configured, its state, its load. Settings never change; the mutable part
/// is written under the backend's gate unless a comment says otherwise.
/// </summary>
public sealed class Server
{
    /// <summary>Weights are scaled by this before slow start, so that a ramp has steps (manual, "slowstart").</summary>
    public const int WeightScale = 16;

    /// <summary>Places on the ring of "hash-type consistent" between the keys of two servers, by their identifiers.</summary>
    private const uint RingKeySpan = 256 * WeightScale;

    private ServerEndpoint _endpoint = ServerEndpoint.None;

    private int _idleCount;

    public Server(string name, int id, int index)
    {
        Name = name;
        NameBytes = Encoding.UTF8.GetBytes(name);
        Id = id;
        Index = index;
        Queue = new WaitQueue(this);
        RingKey = KeyByIdentifier(id);
        Weight = 1;
        EffectiveWeight = WeightScale;
    }

    public string Name { get; private set; }

    public byte[] NameBytes { get; private set; }

    /// <summary>The server's "id" (manual, section 5.2), unique in its backend.</summary>
    public int Id { get; private set; }

    /// <summary>Position in the backend, from 0 in the order of the configuration; read under the gate.</summary>
    public int Index { get; internal set; }

    /// <summary>The backend it belongs to: that of the last configuration that was put to work.</summary>
    public Backend Backend { get; internal set; } = null!;

    public ServerConfig Config { get; set; } = null!;

    /// <summary>It is in no configuration any more: what it still has ends, and nothing comes.</summary>
    public bool IsRetired { get; private set; }

    /// <summary>An operator has added it ("add server").</summary>
    public bool IsDynamic { get; set; }

    /// <summary>Where to connect. Read by all loops; replaced as a whole on the loop that runs the checks.</summary>
    public ServerEndpoint Endpoint
    {
        get => Volatile.Read(ref _endpoint);
        set => Volatile.Write(ref _endpoint, value);
    }

    /// <summary>Of <see cref="Endpoint"/>; empty (<see cref="SocketAddress.Length"/> 0) when it was not resolved.</summary>
    public SocketAddress Address
    {
        get => Endpoint.Address;
        set => Endpoint = Endpoint with { Address = value };
    }

    /// <summary>
    /// Where its checks connect to when "addr" is a name, which the builder resolved; empty otherwise.
    /// </summary>
    public SocketAddress CheckAddress;

    /// <summary>"hash-key": where its places on the ring of "hash-type consistent" are counted from.</summary>
    public uint RingKey { get; internal set; }

    /// <summary>Its value in persistence cookies; null: it has none.</summary>
    public byte[]? Cookie { get; set; }

    /// <summary>"redir": what requests for it are redirected to; null: it is connected to.</summary>
    public byte[]? RedirectPrefix { get; set; }

    /// <summary>How a socket towards it is prepared.</summary>
    public OutgoingSocket Outgoing { get; set; } = new();

    /// <summary>"set-proxy-v2-tlv-fmt".</summary>
    public ProxyTlv[] ProxyTlvs { get; set; } = [];

    /// <summary>"pool-conn-name": null without.</summary>
    public SampleExpression? PoolName { get; set; }

    /// <summary>Its connections are told apart by more than its address: a PROXY header, the client's address, a name.</summary>
    public bool HasIdentities { get; set; }

    public bool IsBackup { get; set; }

    /// <summary>"maxconn" of the server, as configured or as changed by an operator; 0 is unlimited.</summary>
    public int MaximumSessions { get; set; }

    /// <summary>"minconn" of the server; 0 where it was not given.</summary>
    public int MinimumSessions { get; set; }

    /// <summary>"maxqueue": longest queue of its own; 0 is unlimited.</summary>
    public int MaximumQueue { get; set; }

    /// <summary>"weight", 0 to 256, as configured or as changed by an operator.</summary>
    public int Weight { get; set; }

    /// <summary>
    /// The weight balancing goes by: <see cref="Weight"/> × <see cref="WeightScale"/>, less during slow start.
    /// </summary>
    public int EffectiveWeight { get; set; }

    /// <summary>Answers its checks, is not in maintenance: sessions may reach it at all.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>In maintenance by configuration ("disabled") or by an operator.</summary>
    public bool IsInMaintenance { get; set; }

    /// <summary>Serves what it has, takes nothing new.</summary>
    public bool IsDraining { get; set; }

    /// <summary>Up, and by its health not to be given anything new: "health stopping".</summary>
    public bool IsStopping { get; set; }

    /// <summary>When it last came up, for slow start; Never when no ramp is under way.</summary>
    public Instant SlowStartSince { get; set; } = Instant.Never;

    /// <summary>
    /// Share of <see cref="MaximumSessions"/> in force, in thousandths: 1000 but during slow start.
    /// </summary>
    public int SlowStartPermille { get; set; } = 1000;

    /// <summary>What was decided about it and how its state came about.</summary>
    public ServerState State { get; } = new();

    /// <summary>Could take sessions if its group were in use: up, not drained, weight above 0.</summary>
    public bool IsUsable => IsUp && !IsInMaintenance && !IsDraining && !IsStopping && EffectiveWeight > 0;

    /// <summary>
    /// True when sessions may be given to it: usable, and of the group in use (the active servers, or the backups when
    /// no active one is left).
    /// </summary>
    public bool InRotation { get; set; }

    /// <summary>Sessions connected or connecting to it, which hold a slot of <see cref="MaximumSessions"/>.</summary>
    public int ActiveSessions { get; set; }

    public WaitQueue Queue { get; }

    /// <summary>Sessions waiting in this server's own queue.</summary>
    public int QueueLength => Queue.Length;

    /// <summary>
    /// The slots in force now: <see cref="MaximumSessions"/>, or fewer while the backend is far from "fullconn"
    /// (manual, "minconn") or during slow start. int.MaxValue when unlimited. Kept by the backend.
    /// </summary>
    public int SessionLimit { get; set; } = int.MaxValue;

    /// <summary>Whether the server could take one more session right now without queueing.</summary>
    public bool HasFreeSlot => Queue.Length == 0 && ActiveSessions < SessionLimit;

    /// <summary>Per loop; see <see cref="TrafficCounters"/>.</summary>
    public TrafficCounters[] Counters { get; init; } = [];

    public TrafficPeaks Peaks { get; } = new();

    /// <summary>Connections of all loops that wait for their next request; interlocked.</summary>
    public int IdleCount => Volatile.Read(ref _idleCount);

    /// <summary>
    /// How many connections it has needed at one time of late: as many are kept, used and waiting together. Risen under
    /// the gate, lowered by whoever closes those too many; a lost update corrects itself.
    /// </summary>
    public int NeededConnections { get; set; }

    /// <summary>One more that waits, where "pool-max-conn" has room for it; -1: no limit.</summary>
    public bool TryKeepIdle(int maximum)
    {
        if (Interlocked.Increment(ref _idleCount) <= maximum || maximum < 0) return true;
        Interlocked.Decrement(ref _idleCount);
        return false;
    }

    public void IdleTaken() => Interlocked.Decrement(ref _idleCount);

    /// <summary>Per loop: connections that wait for their next request; empty in mode tcp.</summary>
    public IdleConnections[] Idle { get; set; } = [];

    /// <summary>Told of each connection attempt's outcome when "observe layer4" is on; null otherwise.</summary>
    public ConnectObserver? Observer { get; set; }

    /// <summary>What <see cref="Endpoint"/> was before an operator could change it.</summary>
    public ServerEndpoint ConfiguredEndpoint { get; set; } = ServerEndpoint.None;

    /// <summary>
    /// Whether this one, of the running configuration, goes on as <paramref name="built"/> of a new one: the same
    /// destination under the same name.
    /// </summary>
    public bool IsSameAs(Server built)
    {
        ServerEndpoint own = ConfiguredEndpoint;
        ServerEndpoint other = built.ConfiguredEndpoint;
        return Name == built.Name && !IsRetired && own.UsesClientPort == other.UsesClientPort && own.PortOffset == other.PortOffset
            && own.Address.Used.SequenceEqual(other.Address.Used);
    }

    /// <summary>
    /// Takes over what a new configuration says of it; under the gate. State, health, load, counters and idle
    /// connections stay. What an operator has changed stays while the file says what it said before, as with HAProxy's
    /// state files.
    /// </summary>
    internal void Adopt(Server built)
    {
        if (built.Config.Weight != Config.Weight)
        {
            Weight = built.Weight;
            EffectiveWeight = built.EffectiveWeight;
        }

        if (built.Config.MaxConnections != Config.MaxConnections)
            MaximumSessions = built.MaximumSessions;
        IsDynamic = built.IsDynamic;
        Id = built.Id;
        Index = built.Index;
        Config = built.Config;
        Outgoing = built.Outgoing;
        IsBackup = built.IsBackup;
        MinimumSessions = built.MinimumSessions;
        MaximumQueue = built.MaximumQueue;
        RedirectPrefix = built.RedirectPrefix;
        Cookie = built.Cookie;
        ProxyTlvs = built.ProxyTlvs;
        PoolName = built.PoolName;
        HasIdentities = built.HasIdentities;
        CheckAddress = built.CheckAddress;
        FindRingKey();
    }

    /// <summary>Its configuration, identifier or address has changed.</summary>
    internal void FindRingKey() => RingKey = Backends.RingKey.Of(Config, this) ?? KeyByIdentifier(Id);

    /// <summary>"set server … name".</summary>
    internal void Rename(string name)
    {
        Name = name;
        NameBytes = Encoding.UTF8.GetBytes(name);
    }

    /// <summary>It leaves the configuration; under the gate.</summary>
    internal void Retire()
    {
        IsRetired = true;
        IsInMaintenance = true;
    }

    private static uint KeyByIdentifier(int id) => unchecked((uint)id * RingKeySpan);
}
