using System;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Balancing;

/// <summary>
/// <c>hash-type map-based</c> (manual, "hash-type"): the key's hash modulo the sum of the weights is a place of the
/// <see cref="WeightMap"/>. The same key gets the same server while none comes or goes, even when that server is
/// full or has just failed, as in HAProxy. A session without a key takes its turn as in <c>static-rr</c>.
/// </summary>
public sealed class MapHash : Balancer
{
    private readonly StaticRoundRobin _turns = new();

    public override void Start(ReadOnlySpan<Server> servers) => _turns.Start(servers);

    public override Server? Choose(in BalanceKey key, Server? avoid)
    {
        if (!key.HasKey)
            return _turns.Choose(key, avoid);
        WeightMap map = _turns.Map;
        return map.Length == 0 ? null : map[(int)(key.Hash % (uint)map.Length)];
    }

    public override void Refresh(Server server) => _turns.Refresh(server);
}
