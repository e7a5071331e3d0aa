using System.Collections.Immutable;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Model;

/// <summary>What a client of a stats socket may do.</summary>
public enum CliLevel
{
    Operator,
    User,
    Admin,
}

public enum ShardsKind
{
    /// <summary>No <c>shards</c> option: <c>tune.listener.default-shards</c>.</summary>
    Default,
    Fixed,
    ByThread,
    ByGroup,
}

/// <summary>One <c>bind</c> or <c>stats socket</c> line: its addresses and the options they have in common.</summary>
public sealed record BindConfig
{
    /// <summary>At least one; a port range is one listener per port.</summary>
    public required ImmutableArray<AddressConfig> Addresses { get; init; }

    public required Origin Origin { get; init; }
    public string? Name { get; init; }

    /// <summary>Identifier of the line's first listener; the others count on. Null: counted.</summary>
    public Located<int>? Id { get; init; }

    public int? Backlog { get; init; }
    public int? MaxConnections { get; init; }
    public bool AcceptProxy { get; init; }
    public bool DeferAccept { get; init; }
    public bool TcpFastOpen { get; init; }
    public bool IsTransparent { get; init; }

    /// <summary>IPV6_V6ONLY: true for <c>v6only</c>, false for <c>v4v6</c>, null: the kernel's default.</summary>
    public bool? IPv6Only { get; init; }

    /// <summary>TCP_MAXSEG, 1 and up; null: not set.</summary>
    public int? MaxSegmentSize { get; init; }

    /// <summary>TCP_USER_TIMEOUT.</summary>
    public int? TcpUserTimeoutMs { get; init; }

    /// <summary>TCP_SAVE_SYN: 1 keeps the IP and TCP headers of a connection's first packet, 2 Ethernet's too.</summary>
    public int SavedSyn { get; init; }

    /// <summary>TCP_CONGESTION.</summary>
    public string? CongestionControl { get; init; }

    public string? Interface { get; init; }

    /// <summary>-1024..1024; below 0: a larger share of a busy loop, above 0: a smaller one.</summary>
    public int Nice { get; init; }

    public ConnectionProtocol Protocol { get; init; }

    public ShardsKind ShardsKind { get; init; }
    public int Shards { get; init; } = 1;

    /// <summary>Null: all threads.</summary>
    public ThreadSet? Threads { get; init; }

    // Unix sockets.
    /// <summary>Permission bits; null: from the umask.</summary>
    public int? Mode { get; init; }

    public Located<string>? User { get; init; }
    public Located<string>? Group { get; init; }
    public int? UserId { get; init; }
    public int? GroupId { get; init; }

    // Stats sockets.
    public CliLevel Level { get; init; } = CliLevel.Operator;
    public bool ExposeFdListeners { get; init; }

    /// <summary><c>none</c>, <c>number</c> or <c>string</c>.</summary>
    public string SeverityOutput { get; init; } = "none";

    public Located<string>? GuidPrefix { get; init; }
    public string? Label { get; init; }
}
