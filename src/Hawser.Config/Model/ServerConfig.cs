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

/// <summary>One server with its effective settings, default-server applied.</summary>
public sealed record ServerConfig
{
    public required string Name { get; init; }
    public required AddressConfig Address { get; init; }
    public required Origin Origin { get; init; }

    /// <summary>HAProxy's identifier within its proxy, 1 and up; given by <c>id</c> or counted.</summary>
    public int Id { get; init; }

    /// <summary>Null when counted.</summary>
    public Located<int>? ExplicitId { get; init; }

    /// <summary>0..256.</summary>
    public int Weight { get; init; } = 1;

    public bool IsBackup { get; init; }
    public bool IsDisabled { get; init; }

    /// <summary>0: no limit.</summary>
    public int MaxConnections { get; init; }

    /// <summary>
    /// 0, or equal to <see cref="MaxConnections"/>: the limit does not move with the load. Never above it.
    /// </summary>
    public int MinConnections { get; init; }

    /// <summary>0: no limit.</summary>
    public int MaxQueue { get; init; }

    public SourceConfig? Source { get; init; }
    public TrackConfig? Track { get; init; }
    public CheckConfig Check { get; init; } = new();
    public int SlowStartMs { get; init; }
    public OnMarkedDown OnMarkedDown { get; init; }
    public OnMarkedUp OnMarkedUp { get; init; }
    public ObserveMode Observe { get; init; }
    public OnError OnError { get; init; } = OnError.FailCheck;

    /// <summary>Consecutive errors seen by <see cref="Observe"/> before <see cref="OnError"/>.</summary>
    public int ErrorLimit { get; init; } = 10;

    public SendProxyVersion SendProxy { get; init; }
    public ProxyV2Options ProxyV2Options { get; init; }

    /// <summary>Empty: the default, last then libc.</summary>
    public ImmutableArray<InitAddressStep> InitAddress { get; init; } = [];

    /// <summary>Of a name with addresses of both families; <see cref="AddressPreference.Any"/>: IPv4 first.</summary>
    public AddressPreference ResolvePreference { get; init; }

    public InitState InitState { get; init; } = InitState.None;

    /// <summary>TCP_USER_TIMEOUT.</summary>
    public int? TcpUserTimeoutMs { get; init; }

    /// <summary>TCP_CONGESTION.</summary>
    public string? CongestionControl { get; init; }

    public bool TcpFastOpen { get; init; }
    public ServerHashKey HashKey { get; init; } = ServerHashKey.Id;
    public bool IsNonStick { get; init; }
    public bool IsStrictMaxConnections { get; init; }

    // Kept for http, without effect on tcp.
    public string? Cookie { get; init; }
    public string? RedirectPrefix { get; init; }
    public string? Guid { get; init; }
}

/// <summary>Health checks of one server.</summary>
public sealed record CheckConfig
{
    public bool IsEnabled { get; init; }
    public int InterMs { get; init; } = 2000;

    /// <summary>Between up and down; null: <see cref="InterMs"/>.</summary>
    public int? FastInterMs { get; init; }

    /// <summary>While fully down; null: <see cref="InterMs"/>.</summary>
    public int? DownInterMs { get; init; }

    /// <summary>Successes to come up.</summary>
    public int Rise { get; init; } = 2;

    /// <summary>Failures to go down.</summary>
    public int Fall { get; init; } = 3;

    /// <summary>Null: the server's.</summary>
    public int? Port { get; init; }

    /// <summary>Null: the server's.</summary>
    public AddressConfig? Address { get; init; }

    public bool SendProxy { get; init; }
}
