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
}

public sealed record BalanceConfig
{
    /// <summary>HAProxy's default without a <c>balance</c> line: random in 3.3 and later, roundrobin before.</summary>
    public BalanceAlgorithm Algorithm { get; init; } = BalanceAlgorithm.Random;

    /// <summary>Servers drawn per choice by <c>random(n)</c>, 1 and up.</summary>
    public int RandomDraws { get; init; } = 2;

    /// <summary>
    /// What was written when it works on requests (<c>uri</c>, <c>hdr(x)</c>, <c>url_param x</c>): in tcp mode
    /// <see cref="Algorithm"/> is what takes its place. Null otherwise.
    /// </summary>
    public string? HttpAlgorithm { get; init; }

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

public sealed record HashTypeConfig
{
    public HashMethod Method { get; init; } = HashMethod.MapBased;
    public HashFunction Function { get; init; } = HashFunction.Sdbm;

    /// <summary>The <c>avalanche</c> modifier.</summary>
    public bool IsAvalanche { get; init; }

    /// <summary>hash-balance-factor in percent; 0: off, else 101..65535.</summary>
    public int BalanceFactorPercent { get; init; }
}
