using System;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Balancing;

/// <summary>
/// <c>hash-balance-factor</c> (manual): no server may carry more than that percentage of what its weight entitles it
/// to of all sessions. The session being placed counts, and the bound is rounded up, so that someone is always below. HAProxy rounds in a way that is not documented: near
/// the bound it may pass a server over one session earlier or later.
/// </summary>
internal sealed class LoadBound(int factorPercent)
{
    private int[] _loads = [];
    private long _total;

    public void Start(ReadOnlySpan<Server> servers)
    {
        _loads = new int[ServerTable.SizeFor(servers)];
        foreach (Server server in servers)
            LoadChanged(server);
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
        Int128 share = (Int128)(_total + 1) * factorPercent * ring.WeightOf(server);
        Int128 whole = (Int128)ring.TotalWeight * 100;
        return _loads[server.Index] < (share + whole - 1) / whole;
    }
}
