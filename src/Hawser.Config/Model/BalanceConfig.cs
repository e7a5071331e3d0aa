using Hawser.Config.Diagnostics;

namespace Hawser.Config.Model;

public enum BalanceAlgorithm
{
    RoundRobin,
    StaticRoundRobin,
    LeastConnections,
    First,
    Source,
    Random,

    /// <summary>By the request's URI; http mode only.</summary>
    Uri,

    /// <summary>By a parameter of the query or the body; http mode only.</summary>
    UrlParameter,

    /// <summary>By a header; http mode only.</summary>
    Header,

    /// <summary>By a cookie of the Remote Desktop Protocol.</summary>
    RdpCookie,

    /// <summary>By an expression.</summary>
    Hash,

    /// <summary>By the log message; log mode only.</summary>
    LogHash,

    /// <summary>Always the same server, while there is one.</summary>
    Sticky,
}

public sealed record BalanceConfig
{
    /// <summary>HAProxy's default without a <c>balance</c> line: random in 3.3 and later, roundrobin before.</summary>
    public BalanceAlgorithm Algorithm { get; init; } = BalanceAlgorithm.Random;

    /// <summary>Servers drawn per choice by <c>random(n)</c>, 1 and up.</summary>
    public int RandomDraws { get; init; } = 2;

    /// <summary>Of the parameter, header or cookie; null for algorithms that have none.</summary>
    public string? Name { get; init; }

    /// <summary><c>hash</c> and <c>log-hash</c>: as written; compiled above this layer.</summary>
    public Located<string>? Expression { get; init; }

    /// <summary><c>uri</c>: characters that count; 0: all.</summary>
    public int UriLength { get; init; }

    /// <summary><c>uri</c>: directories that count; 0: all.</summary>
    public int UriDepth { get; init; }

    /// <summary><c>uri</c>: the query counts too.</summary>
    public bool UriWhole { get; init; }

    /// <summary><c>uri</c>: scheme and authority do not count.</summary>
    public bool UriPathOnly { get; init; }

    /// <summary><c>url_param</c>: when the query has none, it is looked for in the body of a POST.</summary>
    public bool ChecksPost { get; init; }

    /// <summary><c>hdr</c>: of a name only the part before the top-level domain counts.</summary>
    public bool UsesDomainOnly { get; init; }

    /// <summary><see cref="Origin.None"/> when nobody wrote a <c>balance</c> line.</summary>
    public Origin Origin { get; init; } = Origin.None;
}

public enum HashMethod
{
    MapBased,
    Consistent,
}

public enum HashFunction
{
    Sdbm,
    Djb2,
    Wt6,
    Crc32,
    None,
}

/// <summary>When a session stays with the server that its hash names, though that one is full.</summary>
public enum HashAffinity
{
    Always,

    /// <summary>Unless the server has its most connections.</summary>
    MaxConnections,

    /// <summary>Unless the server's queue is full.</summary>
    MaxQueue,
}

public sealed record HashTypeConfig
{
    /// <summary><c>hash-preserve-affinity</c></summary>
    public HashAffinity PreserveAffinity { get; init; }

    public HashMethod Method { get; init; } = HashMethod.MapBased;
    public HashFunction Function { get; init; } = HashFunction.Sdbm;

    /// <summary>The <c>avalanche</c> modifier.</summary>
    public bool IsAvalanche { get; init; }

    /// <summary>hash-balance-factor in percent; 0: off, else 101..65535.</summary>
    public int BalanceFactorPercent { get; init; }
}
