using System.Collections.Immutable;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Model;

public enum ProxyKind
{
    Frontend,
    Backend,
    Listen,

    /// <summary>A template; never among <see cref="ConfigModel.Proxies"/>.</summary>
    Defaults,
}

public enum ProxyMode
{
    Tcp,

    /// <summary>Answers <c>OK</c> and closes; gone from HAProxy since 2.3.</summary>
    Health,

    Http,
    Log,
    Spop,
}

/// <summary>"load-server-state-from-file".</summary>
public enum ServerStateSource
{
    None,

    /// <summary>The file of all backends, "server-state-file".</summary>
    Global,

    /// <summary>The backend's own, "server-state-file-name".</summary>
    Local,
}

/// <summary>
/// One frontend, backend or listen section with its effective settings. What only the whole section shows is filled in
/// at its end; nothing changes afterwards.
/// </summary>
public sealed record ProxyConfig
{
    public required string Name { get; init; }
    public required ProxyKind Kind { get; init; }

    /// <summary>The section's first line.</summary>
    public required Origin Origin { get; init; }

    /// <summary>HAProxy's identifier, 1 and up; given by <c>id</c> or counted.</summary>
    public int Id { get; internal set; }

    /// <summary>Null when counted.</summary>
    public Located<int>? ExplicitId { get; init; }

    /// <summary>Unique in the process; null: none.</summary>
    public Located<string>? Guid { get; init; }

    public string? Description { get; init; }

    public bool IsDisabled { get; init; }
    public ProxyMode Mode { get; init; } = ProxyMode.Tcp;

    /// <summary>A <c>mode</c> line says it, here or in what it inherits.</summary>
    public bool HasOwnMode { get; init; }

    /// <summary>Of a backend: <c>be-unpublished</c>.</summary>
    public bool IsUnpublished { get; init; }

    /// <summary>An operator has added it at run time, from the defaults section of this name; null: a file says it.</summary>
    public string? AddedFrom { get; init; }

    /// <summary>Of a defaults section: what a backend would be told that wants to inherit from it; null: nothing.</summary>
    public string? ForbidsBackends { get; internal init; }

    public bool HasFrontend => Kind is ProxyKind.Frontend or ProxyKind.Listen;
    public bool HasBackend => Kind is ProxyKind.Backend or ProxyKind.Listen;

    // Front side.
    public ImmutableArray<BindConfig> Binds { get; internal set; } = [];

    /// <summary>Null: the process's limit.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Length of the accept queue; null: <see cref="MaxConnections"/>.</summary>
    public int? Backlog { get; init; }

    /// <summary>New sessions per second; null or 0: no limit.</summary>
    public int? RateLimitSessions { get; init; }

    /// <summary>ACLs and rules in the order of their lines; those of a named defaults section first.</summary>
    public ImmutableArray<RuleConfig> Rules { get; init; } = [];

    /// <summary><c>filter bwlim-in</c> and <c>bwlim-out</c>, in order.</summary>
    public ImmutableArray<BandwidthFilterConfig> BandwidthFilters { get; init; } = [];

    /// <summary>How long content rules may wait for the client's data; null: not at all.</summary>
    public int? RequestInspectDelayMs { get; init; }

    /// <summary>As <see cref="RequestInspectDelayMs"/>, for the server's data.</summary>
    public int? ResponseInspectDelayMs { get; init; }

    public Located<string>? DefaultBackend { get; init; }
    public TcpKeepAliveConfig ClientKeepAlive { get; init; } = new();

    // Back side.
    public ImmutableArray<ServerConfig> Servers { get; internal set; } = [];

    /// <summary>What its unnamed <c>default-server</c> lines come to, for servers that come at run time; null: nothing.</summary>
    public ServerConfig? DefaultServer { get; internal set; }

    /// <summary>Its <c>default-server</c> templates that have a name, in the order of their lines.</summary>
    public ImmutableArray<ServerConfig> NamedDefaultServers { get; internal set; } = [];

    /// <summary>Address of the removed <c>dispatch</c> keyword: where sessions go when there is no server.</summary>
    public AddressConfig? Dispatch { get; init; }

    public BalanceConfig Balance { get; init; } = new();
    public HashTypeConfig HashType { get; init; } = new();

    /// <summary>Null: a tenth of the sum of the maxconn of the frontends that may use this backend.</summary>
    public int? FullConnections { get; init; }

    /// <summary>Further attempts after a failed connection.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>
    /// 0: never; positive P: on every P-th retry; negative N: on the N-th retry prior to the last, -1 being the last.
    /// <c>option redispatch</c> alone means -1.
    /// </summary>
    public int RedispatchInterval { get; init; }

    /// <summary>What the states of the servers begin with.</summary>
    public ServerStateSource ServerStates { get; init; }

    /// <summary>"server-state-file-name"; null: as the backend.</summary>
    public string? ServerStateFileName { get; init; }

    public SourceConfig? Source { get; init; }
    public TcpKeepAliveConfig ServerKeepAlive { get; init; } = new();

    // Both sides.
    public TimeoutsConfig Timeouts { get; init; } = new();
    public ProxyOptions Options { get; init; } = new();
    public LoggingConfig Logging { get; internal set; } = new();

    /// <summary>Without meaning in tcp mode.</summary>
    public HttpConfig Http { get; internal set; } = new();

    /// <summary>Null: the proxy has none.</summary>
    public StatisticsPageConfig? StatisticsPage { get; init; }

    public OnTimeoutConfig OnTimeout { get; init; } = new();

    /// <summary>How long the listeners stay open after a soft stop (1.3-era <c>grace</c>); null: not at all.</summary>
    public int? GraceMs { get; init; }
}
