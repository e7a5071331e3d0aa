using System.Collections.Immutable;

namespace Hawser.Config.Model;

/// <summary>Ownership and mode of unix listeners, and where their paths start (<c>unix-bind</c>).</summary>
public sealed record UnixBindConfig
{
    public string? Prefix { get; init; }
    public int? Mode { get; init; }
    public Located<string>? User { get; init; }
    public Located<string>? Group { get; init; }
    public int? UserId { get; init; }
    public int? GroupId { get; init; }
}

public enum DefaultPathKind
{
    /// <summary>The working directory.</summary>
    Current,

    /// <summary>The directory of the configuration file that names a file.</summary>
    Config,

    /// <summary>The parent of that directory.</summary>
    Parent,

    /// <summary><see cref="DefaultPathConfig.Path"/>.</summary>
    Origin,
}

/// <summary>Where relative file names of the configuration start.</summary>
public sealed record DefaultPathConfig(DefaultPathKind Kind, string? Path = null);

/// <summary>The runtime sockets of the global section.</summary>
public sealed record StatsConfig
{
    public ImmutableArray<BindConfig> Sockets { get; init; } = [];

    /// <summary>Idle limit of a CLI connection.</summary>
    public int TimeoutMs { get; init; } = 10_000;

    public int MaxConnections { get; init; } = 10;

    /// <summary>"stats-file": what counters begin with.</summary>
    public Located<string>? File { get; init; }
}

/// <summary>The process-wide settings. Null: not written.</summary>
public sealed record GlobalConfig
{
    // Process.
    public bool Daemon { get; init; }

    /// <summary>"master-worker": as the switch -W.</summary>
    public bool IsMaster { get; init; }
    public bool Quiet { get; init; }
    public bool ZeroWarning { get; init; }

    /// <summary>Null: one per usable core.</summary>
    public int? Threads { get; init; }

    /// <summary>"server-state-base".</summary>
    public string? ServerStateBase { get; init; }

    /// <summary>"server-state-file", relative to <see cref="ServerStateBase"/>.</summary>
    public string? ServerStateFile { get; init; }

    public Located<string>? ProcessIdFile { get; init; }
    public Located<string>? User { get; init; }
    public Located<string>? Group { get; init; }
    public Located<int>? UserId { get; init; }
    public Located<int>? GroupId { get; init; }
    public Located<string>? Chroot { get; init; }

    /// <summary>RLIMIT_NOFILE to set.</summary>
    public Located<int>? MaxOpenFiles { get; init; }

    /// <summary>Upper bound for the computed descriptor limit.</summary>
    public Located<int>? FdHardLimit { get; init; }

    /// <summary>True: a limit that cannot be set is fatal.</summary>
    public bool StrictLimits { get; init; } = true;

    public bool? Dumpable { get; init; }

    /// <summary>"set-dumpable libs": core files hold the program and its libraries too.</summary>
    public bool DumpsLibraries { get; init; }
    public string? Node { get; init; }
    public string? Description { get; init; }
    public string? LocalPeer { get; init; }

    /// <summary>After a soft stop, kill what is left after this time.</summary>
    public int? HardStopAfterMs { get; init; }

    /// <summary>Delay between the stop signal and the soft stop.</summary>
    public int? GraceMs { get; init; }

    /// <summary>Spread of closing idle connections over this time at a soft stop.</summary>
    public int? CloseSpreadTimeMs { get; init; }

    // Limits.
    public Located<int>? MaxConnections { get; init; }

    /// <summary>Per second; null or 0: no limit.</summary>
    public int? MaxConnectionRate { get; init; }

    public int? MaxSessionRate { get; init; }
    public int? MaxSslRate { get; init; }
    public int? MaxSslConnections { get; init; }
    public int? MaxPipes { get; init; }

    // Logs.
    public ImmutableArray<LogTargetConfig> LogTargets { get; init; } = [];

    /// <summary>Null: the program's name.</summary>
    public string? LogTag { get; init; }

    /// <summary>Null: no host name in the header; empty: the system's; else this one.</summary>
    public string? LogSendHostname { get; init; }

    // Checks.
    /// <summary>Random spread of check intervals, 0..50 percent.</summary>
    public int SpreadChecksPercent { get; init; }

    public int? MaxSpreadChecksMs { get; init; }

    // Switched off, or on.
    public bool NoSplice { get; init; }
    public bool NoReusePort { get; init; }
    public bool NoGetAddrInfo { get; init; }
    public bool BusyPolling { get; init; }

    public UnixBindConfig UnixBind { get; init; } = new();
    public StatsConfig Stats { get; init; } = new();
    public HttpGlobalConfig Http { get; init; } = new();
    public TokenConfig Tokens { get; init; } = new();
    /// <summary><c>set-var</c> and <c>set-var-fmt</c>.</summary>
    public ImmutableArray<ProcessVariableConfig> ProcessVariables { get; init; } = [];

    public TuningConfig Tuning { get; init; } = new();
}

/// <summary>Those <c>tune.*</c> values that mean something here. Null: not written.</summary>
public sealed record TuningConfig
{
    /// <summary>Of <see cref="BufferSizeBytes"/>.</summary>
    public const int DefaultBufferBytes = 16384;

    // Memory of variables by scope; null or 0: no limit.
    public int? VariablesGlobalBytes { get; init; }
    public int? VariablesProcessBytes { get; init; }
    public int? VariablesSessionBytes { get; init; }
    public int? VariablesTransactionBytes { get; init; }
    public int? VariablesRequestBytes { get; init; }

    /// <summary><c>tune.http.cookielen</c>: the longest captured cookie; the reader applies it.</summary>
    public int? HttpCookieBytes { get; init; }

    public int? BufferSizeBytes { get; init; }
    public int? BuffersLimit { get; init; }
    public int? MaxAccept { get; init; }
    public int? MaxPollEvents { get; init; }

    /// <summary><c>tune.pattern.cache-size</c>, per thread; 0: no answer of a look-up is remembered.</summary>
    public int? PatternCacheEntries { get; init; }

    public int? PipeSizeBytes { get; init; }
    public int? CliPayloadBytes { get; init; }
    public int? ReceiveBufferClientBytes { get; init; }
    public int? ReceiveBufferServerBytes { get; init; }
    public int? SendBufferClientBytes { get; init; }
    public int? SendBufferServerBytes { get; init; }
    public int? NotSentLowWaterClientBytes { get; init; }
    public int? NotSentLowWaterServerBytes { get; init; }

    /// <summary><c>by-process</c>, <c>by-thread</c> (default) or <c>by-group</c>.</summary>
    public ShardsKind ListenerDefaultShards { get; init; } = ShardsKind.Default;
}
