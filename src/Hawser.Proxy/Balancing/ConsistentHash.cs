using System;
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

    /// <param name="balanceFactorPercent">"hash-balance-factor": 0 for none, else above 100.</param>
    public ConsistentHash(int balanceFactorPercent) => _bound = new LoadBound(balanceFactorPercent);

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
        do
        {
            Server server = _ring[place];
            if (server != avoid && _bound.Allows(server, _ring))
                return server;
            place = _ring.Next(place);
        }
        while (place != nearest);

        return _ring[nearest];
    }

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
