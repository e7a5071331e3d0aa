using System;
using System.Collections.Immutable;
using System.Net;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Model;

public enum OnMarkedDown
{
    None,
    ShutdownSessions,
}

public enum OnMarkedUp
{
    None,
    ShutdownBackupSessions,
}

public enum ObserveMode
{
    None,
    Layer4,
    Layer7,
}

public enum OnError
{
    FastInter,
    FailCheck,
    SuddenDeath,
    MarkDown,
}

public enum SendProxyVersion
{
    None,
    V1,
    V2,
}

[Flags]
public enum ProxyV2Options
{
    None = 0,
    Crc32C = 1,
    Authority = 2,
    UniqueId = 4,
    Ssl = 8,
    CertificateCn = 16,
    SslCipher = 32,
    CertificateSignature = 64,
    CertificateKey = 128,
}

public enum InitAddressMethod
{
    /// <summary>From the state file.</summary>
    Last,
    Libc,

    /// <summary>Start without an address, in maintenance.</summary>
    None,

    /// <summary><see cref="InitAddressStep.Address"/>.</summary>
    Address,
}

public readonly record struct InitAddressStep(InitAddressMethod Method, IPAddress? Address = null);

public enum ServerHashKey
{
    Id,
    Id32,
    Guid,
    Address,
    AddressAndPort,
}

public enum InitState
{
    Up,
    FullyUp,
    Down,
    FullyDown,
    None,
}

/// <summary>A <c>track</c> option, checked: the server exists and the chain ends in a server with checks.</summary>
public sealed record TrackConfig(string Backend, string Server, Origin Origin);

/// <summary>
/// One server with its effective settings, default-server applied. It is filled while its line and its section are
/// read, and never changes afterwards: a copy for each option was most of what reading a large file cost.
/// </summary>
public sealed record ServerConfig
{
    public required string Name { get; init; }
    public required AddressConfig Address { get; init; }
    public required Origin Origin { get; init; }

    /// <summary>HAProxy's identifier within its proxy, 1 and up; given by <c>id</c> or counted.</summary>
    public int Id { get; internal set; }

    /// <summary>Null when counted.</summary>
    public Located<int>? ExplicitId { get; internal set; }

    /// <summary>0..256.</summary>
    public int Weight { get; internal set; } = 1;

    public bool IsBackup { get; internal set; }
    public bool IsDisabled { get; internal set; }

    /// <summary>0: no limit.</summary>
    public int MaxConnections { get; internal set; }

    /// <summary>
    /// 0, or equal to <see cref="MaxConnections"/>: the limit does not move with the load. Never above it.
    /// </summary>
    public int MinConnections { get; internal set; }

    /// <summary>0: no limit.</summary>
    public int MaxQueue { get; internal set; }

    public SourceConfig? Source { get; internal set; }
    public TrackConfig? Track { get; internal set; }
    public CheckConfig Check { get; internal set; } = new();
    public int SlowStartMs { get; internal set; }
    public OnMarkedDown OnMarkedDown { get; internal set; }
    public OnMarkedUp OnMarkedUp { get; internal set; }
    public ObserveMode Observe { get; internal set; }
    public OnError OnError { get; internal set; } = OnError.FailCheck;

    /// <summary>Consecutive errors seen by <see cref="Observe"/> before <see cref="OnError"/>.</summary>
    public int ErrorLimit { get; internal set; } = 10;

    public SendProxyVersion SendProxy { get; internal set; }
    public ProxyV2Options ProxyV2Options { get; internal set; }

    /// <summary>"set-proxy-v2-tlv-fmt", in order.</summary>
    public ImmutableArray<ProxyTlvConfig> ProxyTlvs { get; internal set; } = [];

    /// <summary>Empty: the default, last then libc.</summary>
    public ImmutableArray<InitAddressStep> InitAddress { get; internal set; } = [];

    /// <summary>Of a name with addresses of both families; <see cref="AddressPreference.Any"/>: IPv4 first.</summary>
    public AddressPreference ResolvePreference { get; internal set; }

    public InitState InitState { get; internal set; } = InitState.None;

    /// <summary>TCP_USER_TIMEOUT.</summary>
    public int? TcpUserTimeoutMs { get; internal set; }

    /// <summary>TCP_CONGESTION.</summary>
    public string? CongestionControl { get; internal set; }

    public bool TcpFastOpen { get; internal set; }
    public ServerHashKey HashKey { get; internal set; } = ServerHashKey.Id;
    public bool IsNonStick { get; internal set; }
    public bool IsStrictMaxConnections { get; internal set; }

    public ConnectionProtocol Protocol { get; internal set; }

    // Of http mode.
    /// <summary>Most idle connections; -1: no limit.</summary>
    public int PoolMaxConnections { get; internal set; } = -1;

    /// <summary>Idle connections below which a thread takes none of another thread.</summary>
    public int PoolLowConnections { get; internal set; }

    public int PoolPurgeDelayMs { get; internal set; } = 5000;

    /// <summary>An expression as written; compiled above this layer.</summary>
    public Located<string>? PoolConnectionName { get; internal set; }

    /// <summary>Further requests over one connection; -1: no limit.</summary>
    public int MaxReuse { get; internal set; } = -1;

    public WebSocketProtocol WebSocket { get; internal set; }
    public string? Cookie { get; internal set; }
    public string? RedirectPrefix { get; internal set; }

    /// <summary>Unique in the process.</summary>
    public Located<string>? Guid { get; internal set; }
}

/// <summary>"set-proxy-v2-tlv-fmt(type) format"; no format: an empty value.</summary>
public sealed record ProxyTlvConfig(int Type, Located<string>? Format);

/// <summary>Health checks of one server.</summary>
public sealed record CheckConfig
{
    public bool IsEnabled { get; internal set; }
    public int InterMs { get; internal set; } = 2000;

    /// <summary>Between up and down; null: <see cref="InterMs"/>.</summary>
    public int? FastInterMs { get; internal set; }

    /// <summary>While fully down; null: <see cref="InterMs"/>.</summary>
    public int? DownInterMs { get; internal set; }

    /// <summary>Successes to come up.</summary>
    public int Rise { get; internal set; } = 2;

    /// <summary>Failures to go down.</summary>
    public int Fall { get; internal set; } = 3;

    /// <summary>Null: the server's.</summary>
    public int? Port { get; internal set; }

    /// <summary>Null: the server's.</summary>
    public AddressConfig? Address { get; internal set; }

    public bool SendProxy { get; internal set; }
}
