using System;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Balancing;

/// <summary>
/// <c>hash-balance-factor</c> (manual): no server may carry more than that percentage of what its weight entitles it
/// to of all sessions. The session being placed counts: the slots to give away are the factor times one session more
/// than there are, rounded up. They are dealt out along the list of servers by the sum of the weights so far, rounded
/// down, so that the shares add up; and every server has at least one. The sums are those of the start: later
/// weights change a server's share, not its place in the deal.
/// </summary>
/// <remarks>
/// What HAProxy's choices show, session for session (Vectors/hash-balance-factor.txt of the tests). One look costs the
/// same whatever the number of servers.
/// </remarks>
internal sealed class LoadBound(int factorPercent)
{
    private int[] _loads = [];
    private long[] _weightBefore = [];
    private long _total;

    public void Start(ReadOnlySpan<Server> servers)
    {
        _loads = new int[ServerTable.SizeFor(servers)];
        _weightBefore = new long[_loads.Length];
        long weight = 0;
        foreach (Server server in servers)
        {
            LoadChanged(server);
            _weightBefore[server.Index] = weight;
            weight += server.IsUsable ? server.EffectiveWeight : 0;
        }
    }

    public void LoadChanged(Server server)
    {
        int load = server.ActiveSessions + server.QueueLength;
        _total += load - _loads[server.Index];
        _loads[server.Index] = load;
    }

    public bool Allows(Server server, HashRing ring)
    {
        if (factorPercent == 0)
            return true;
        Int128 slots = (((Int128)(_total + 1) * factorPercent) + 99) / 100;
        long before = _weightBefore[server.Index];
        long after = before + ring.WeightOf(server);
        Int128 share = (slots * after / ring.TotalWeight) - (slots * before / ring.TotalWeight);
        return _loads[server.Index] < Int128.Max(share, 1);
    }
}
