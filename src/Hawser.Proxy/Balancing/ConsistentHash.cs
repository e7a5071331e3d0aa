using System;
using Hawser.Config.Model;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Balancing;

/// <summary>
/// <c>hash-type consistent</c> (manual, "hash-type"): the server that stands nearest to the key's hash on the
/// <see cref="HashRing"/>, even when it is full. A server to avoid, or one beyond the <c>hash-balance-factor</c>, gives
/// way to the next on the circle. A session without a key takes the next place of the circle.
/// </summary>
public sealed class ConsistentHash : Balancer
{
    private readonly HashRing _ring = new();
    private readonly LoadBound _bound;
    private uint _lastTurn = uint.MaxValue;
    private Server? _lastByTurn;

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

    public override void Refresh(Server server)
    {
        // The turn goes on behind the place that took over from the one that vanished.
        if (_ring.Refresh(server) && server == _lastByTurn && !server.IsUsable && _ring.Count > 0)
            _lastTurn = _ring.KeyAt(_ring.After(_lastTurn));
    }

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

    private Server? ByTurn(Server? avoid)
    {
        Server? avoided = null;
        int first = _ring.After(_lastTurn);
        int place = first;
        do
        {
            Server server = _ring[place];
            if (server.HasFreeSlot && server != avoid)
            {
                _lastTurn = _ring.KeyAt(place);
                _lastByTurn = server;
                return server;
            }

            if (server.HasFreeSlot)
                avoided = server;
            place = _ring.Next(place);
        }
        while (place != first);

        return avoided;
    }
}
