using System;
using Hawser.Base.Collections;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Balancing;

/// <summary>
/// <c>balance leastconn</c> (manual, "balance"): the server with the fewest sessions, waiting ones included, for its
/// weight. Among equals the one whose load has been unchanged longest, which makes the choice a rotation. That is the
/// order of HAProxy up to 2.6, session for session; HAProxy 3.5 draws among the same equals at random.
/// </summary>
/// <remarks>O(log servers) per choice and per change of load; full servers at the head are walked over.</remarks>
public sealed class LeastConn : Balancer
{
    private const int LoadScale = 4096;

    private readonly WeightTree<Server> _byLoad = new();
    private WeightTreeNode<Server>[] _nodes = [];
    private int[] _weights = [];

    public override void Start(ReadOnlySpan<Server> servers)
    {
        _nodes = new WeightTreeNode<Server>[ServerTable.SizeFor(servers)];
        _weights = new int[_nodes.Length];
        foreach (Server server in servers)
        {
            _nodes[server.Index] = new WeightTreeNode<Server>(server);
            Refresh(server);
        }
    }

    public override Server? Choose(in BalanceKey key, Server? avoid)
    {
        Server? avoided = null;
        for (WeightTreeNode<Server>? node = _byLoad.First; node is not null; node = _byLoad.Next(node))
        {
            Server server = node.Owner;
            if (!server.HasFreeSlot)
                continue;
            if (server != avoid)
                return server;
            avoided = server;
        }

        return avoided;
    }

    public override void Refresh(Server server)
    {
        int weight = server.IsUsable ? server.EffectiveWeight : 0;
        if (weight == _weights[server.Index])
            return;
        _weights[server.Index] = weight;
        WeightTreeNode<Server> node = _nodes[server.Index];
        if (node.IsLinked)
            _byLoad.Remove(node);
        if (weight > 0)
            _byLoad.Insert(node, LoadOf(server));
    }

    public override void LoadChanged(Server server)
    {
        WeightTreeNode<Server> node = _nodes[server.Index];
        if (node.IsLinked)
            _byLoad.Move(node, LoadOf(server));
    }

    /// <summary>
    /// The load as it would be with one session more, by weight; but all idle servers are equal, so that a farm that
    /// is hardly used rotates over all of them whatever their weights.
    /// </summary>
    private ulong LoadOf(Server server)
    {
        ulong sessions = (ulong)(server.ActiveSessions + server.QueueLength);
        return sessions == 0 ? 0 : (sessions + 1) * LoadScale / (ulong)_weights[server.Index];
    }
}
