using System;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Balancing;

/// <summary>
/// <c>balance static-rr</c> (manual, "balance"): walks the <see cref="WeightMap"/> place by place. The place is kept
/// when the map is rebuilt, as HAProxy keeps it.
/// </summary>
public sealed class StaticRoundRobin : Balancer
{
    private bool[] _isIn = [];
    private int _place;

    internal WeightMap Map { get; } = new();

    public override void Start(ReadOnlySpan<Server> servers)
    {
        _isIn = new bool[ServerTable.SizeFor(servers)];
        foreach (Server server in servers)
            _isIn[server.Index] = server.IsUsable;
        Map.Start(servers);
    }

    public override Server? Choose(in BalanceKey key, Server? avoid)
    {
        int avoidedPlace = -1;
        int length = Map.Length;
        if (_place >= length)
            _place = 0;
        for (int step = 0; step < length; step++)
        {
            int place = (_place + step) % length;
            Server server = Map[place];
            if (!server.HasFreeSlot)
                continue;
            if (server != avoid)
                return Take(place);
            if (avoidedPlace < 0)
                avoidedPlace = place;
        }

        return avoidedPlace < 0 ? null : Take(avoidedPlace);
    }

    public override void Refresh(Server server)
    {
        if (_isIn[server.Index] == server.IsUsable)
            return;
        _isIn[server.Index] = server.IsUsable;
        Map.Rebuild();
    }

    private Server Take(int place)
    {
        _place = place + 1;
        return Map[place];
    }
}
