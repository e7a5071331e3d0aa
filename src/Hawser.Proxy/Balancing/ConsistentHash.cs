using System;
using Hawser.Config.Model;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Balancing;

/// <summary>
/// <c>hash-type consistent</c> (manual, "hash-type"): the server that stands nearest to the key's hash on the
/// <see cref="HashRing"/>, even when it is full. A server to avoid, or one beyond the <c>hash-balance-factor</c>, gives
/// way to the next on the circle. A session without a key takes the next place of the circle whose server has room.
/// </summary>
public sealed class ConsistentHash : Balancer
{
    private readonly HashRing _ring = new();
    private readonly LoadBound _bound;
    private readonly HashAffinity _affinity;

    /// <param name="balanceFactorPercent">"hash-balance-factor": 0 for none, else above 100.</param>
    /// <param name="affinity">"hash-preserve-affinity": whether a server that is full keeps its keys.</param>
    public ConsistentHash(int balanceFactorPercent, HashAffinity affinity = HashAffinity.Always)
    {
        _bound = new LoadBound(balanceFactorPercent);
        _affinity = affinity;
    }

    public override void Start(ReadOnlySpan<Server> servers)
    {
        _ring.Start(servers);
        _bound.Start(servers);
    }

    public override Server? Choose(in BalanceKey key, Server? avoid)
    {
        if (_ring.Count == 0)
            return null;
        return key.HasKey ? ByKey(key.Hash, avoid) : ByTurn(avoid);
    }

    public override void Resume(Balancer before, ReadOnlySpan<Server> servers)
    {
        _ring.Resume(((ConsistentHash)before)._ring, servers);
        _bound.Start(servers);
    }

    public override void Refresh(Server server) => _ring.Refresh(server);

    public override void LoadChanged(Server server) => _bound.LoadChanged(server);

    private Server ByKey(uint hash, Server? avoid)
    {
        int nearest = _ring.Nearest(hash);
        int place = nearest;
        Server? last = null;
        do
        {
            Server server = _ring[place];
            if (server != avoid && _bound.Allows(server, _ring) && KeepsAffinity(server))
                return server;
            if (server != avoid)
                last = server;
            place = _ring.Next(place);
        }
        while (place != nearest);

        return _affinity == HashAffinity.MaxConnections && last is not null ? last : _ring[nearest];
    }

    /// <summary>manual, "hash-preserve-affinity": servers without the limit in question are never passed over.</summary>
    private bool KeepsAffinity(Server server) => _affinity switch
    {
        HashAffinity.MaxConnections => server.MaximumSessions == 0 || server.HasFreeSlot,
        HashAffinity.MaxQueue => server.MaximumSessions == 0 || server.MaximumQueue == 0
            || server.HasFreeSlot || server.QueueLength < server.MaximumQueue,
        _ => true,
    };

    /// <summary>Servers that are passed over lose that place of theirs, and when all are full the circle begins anew.</summary>
    private Server? ByTurn(Server? avoid)
    {
        int avoidedPlace = -1;
        int place = _ring.NextTurn;
        for (int seen = 0; seen < _ring.Count; seen++, place = _ring.Next(place))
        {
            Server server = _ring[place];
            if (!server.HasFreeSlot)
                continue;
            if (server != avoid)
            {
                _ring.TurnTo(place);
                return server;
            }

            avoidedPlace = place;
        }

        if (avoidedPlace < 0)
        {
            _ring.RestartTurns();
            return null;
        }

        _ring.TurnTo(avoidedPlace);
        return _ring[avoidedPlace];
    }
}
