using System;
using Hawser.Base.Random;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Balancing;

/// <summary>
/// <c>balance random(draws)</c> (manual, "balance"): draws places on the <see cref="HashRing"/> and takes the least
/// loaded of their servers for its weight. Of equally loaded ones it takes the one that was chosen longest ago, where
/// HAProxy compares the request rates of the last second. Full servers give way to the next on the circle.
/// </summary>
public sealed class RandomDraws : Balancer
{
    private readonly HashRing _ring = new();
    private readonly LoadBound _bound;
    private readonly Prng _random;
    private readonly int _draws;
    private ulong[] _chosenAt = [];
    private ulong _choices;

    /// <param name="draws">Servers drawn per choice, 1 and up.</param>
    /// <param name="balanceFactorPercent">"hash-balance-factor": 0 for none, else above 100.</param>
    /// <param name="random">Used by this balancer alone.</param>
    public RandomDraws(int draws, int balanceFactorPercent, Prng random)
    {
        _draws = draws;
        _bound = new LoadBound(balanceFactorPercent);
        _random = random;
    }

    public override void Start(ReadOnlySpan<Server> servers)
    {
        _ring.Start(servers);
        _bound.Start(servers);
        _chosenAt = new ulong[ServerTable.SizeFor(servers)];
    }

    public override Server? Choose(in BalanceKey key, Server? avoid)
    {
        if (_ring.Count == 0)
            return null;
        // Nothing is to be drawn for.
        if (_ring.Servers == 1)
            return _ring.First.HasFreeSlot ? _ring.First : null;
        Server? best = null;
        for (int draw = 0; draw < _draws; draw++)
        {
            Server? drawn = Draw(avoid);
            if (drawn is null)
                return avoid is { HasFreeSlot: true } && _ring.WeightOf(avoid) > 0 ? avoid : null;
            if (best is null || IsBetter(drawn, best))
                best = drawn;
        }

        if (best is not null)
            _chosenAt[best.Index] = ++_choices;
        return best;
    }

    public override void Refresh(Server server) => _ring.Refresh(server);

    public override void LoadChanged(Server server) => _bound.LoadChanged(server);

    /// <summary>A server with a free slot that is not to be avoided, from a random place on; null when there is none.</summary>
    private Server? Draw(Server? avoid)
    {
        int first = _ring.Nearest(_random.NextUInt32());
        int place = first;
        Server? beyondBound = null;
        do
        {
            Server server = _ring[place];
            if (server != avoid && server.HasFreeSlot)
            {
                if (_bound.Allows(server, _ring))
                    return server;
                beyondBound ??= server;
            }

            place = _ring.Next(place);
        }
        while (place != first);

        return beyondBound;
    }

    private bool IsBetter(Server candidate, Server than)
    {
        long left = (long)(candidate.ActiveSessions + candidate.QueueLength) * _ring.WeightOf(than);
        long right = (long)(than.ActiveSessions + than.QueueLength) * _ring.WeightOf(candidate);
        return left != right ? left < right : _chosenAt[candidate.Index] < _chosenAt[than.Index];
    }
}
