using System;
using Hawser.Base.Random;
using Hawser.Config.Model;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Balancing;

/// <summary>From the settings of a proxy to the balancers of its backend, not yet started.</summary>
public static class BalancerFactory
{
    /// <param name="seed">For what is drawn at random; a different one for each backend.</param>
    public static Balancer Create(ProxyConfig proxy, ulong seed) => CreateFrom(proxy, new Prng(seed));

    /// <summary>For the backups; null when only one of them is used at a time.</summary>
    public static Balancer? CreateForBackups(ProxyConfig proxy, ulong seed) =>
        proxy.Options.AllBackups ? CreateFrom(proxy, new Prng(~seed)) : null;

    /// <summary>Those that there is a balancer for.</summary>
    public static bool Has(BalanceAlgorithm algorithm) => algorithm is not (BalanceAlgorithm.LogHash or BalanceAlgorithm.Sticky);

    private static bool IsHashing(BalanceAlgorithm algorithm) => algorithm is BalanceAlgorithm.Source or BalanceAlgorithm.Uri
        or BalanceAlgorithm.UrlParameter or BalanceAlgorithm.Header or BalanceAlgorithm.RdpCookie or BalanceAlgorithm.Hash;

    private static Balancer CreateFrom(ProxyConfig proxy, Prng random)
    {
        HashTypeConfig hash = proxy.HashType;
        return proxy.Balance.Algorithm switch
        {
            BalanceAlgorithm.RoundRobin => new RoundRobin(),
            BalanceAlgorithm.StaticRoundRobin => new StaticRoundRobin(),
            BalanceAlgorithm.LeastConnections => new LeastConn(),
            BalanceAlgorithm.First => new First(),
            BalanceAlgorithm.Random => new RandomDraws(proxy.Balance.RandomDraws, hash.BalanceFactorPercent, random),
            _ when IsHashing(proxy.Balance.Algorithm) => hash.Method == HashMethod.Consistent
                ? new ConsistentHash(hash.BalanceFactorPercent, hash.PreserveAffinity)
                : new MapHash(),
            _ => throw new ArgumentOutOfRangeException(nameof(proxy), proxy.Balance.Algorithm, null),
        };
    }
}
