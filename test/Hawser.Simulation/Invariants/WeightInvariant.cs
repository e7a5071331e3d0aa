using System;
using System.Collections.Generic;
using Hawser.Base.Network;
using Hawser.Config.Model;
using Hawser.Io.Sockets;
using Hawser.Proxy.Backends;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Invariants;

/// <summary>
/// Where nothing fails, each server has its share after every single choice: with the turn-taking algorithms within a
/// few picks of its weight, with leastconn by being the least loaded for its weight when it is chosen.
/// </summary>
internal sealed class WeightInvariant
{
    /// <summary>How far a smooth rotation may be from the exact share, in picks, per server of the backend.</summary>
    private const double PicksPerServer = 1.0;

    private const long LoadScale = 4096;

    private readonly World _world;
    private readonly Backend _backend;
    private readonly Dictionary<ulong, int> _indexes = [];
    private readonly long[] _picks;
    private readonly long _totalWeight;
    private long _count;

    public WeightInvariant(World world, Backend backend)
    {
        _world = world;
        _backend = backend;
        _picks = new long[backend.Servers.Length];
        foreach (Server server in backend.Servers)
        {
            _indexes[Network.Key(SocketAddresses.ToNetworkAddress(server.Address, 0))] = server.Index;
            _totalWeight += server.Weight;
        }
    }

    /// <summary>A server was chosen and is being connected to; its slot is taken already.</summary>
    public void OnChosen(in NetworkAddress address)
    {
        if (!_indexes.TryGetValue(Network.Key(address), out int index))
            return;
        _picks[index]++;
        _count++;
        Server chosen = _backend.Servers[index];
        if (_backend.Config.Balance.Algorithm == BalanceAlgorithm.LeastConnections)
            CheckLeast(chosen);
        else
            CheckShares();
    }

    private void CheckShares()
    {
        foreach (Server server in _backend.Servers)
        {
            double share = (double)_count * server.Weight / _totalWeight;
            if (Math.Abs(_picks[server.Index] - share) > PicksPerServer * _backend.Servers.Length + 1)
            {
                _world.Fail(InvariantNames.Weights,
                    $"server {server.Name} has {_picks[server.Index]} of {_count} sessions, its share is {share:f1}");
            }
        }
    }

    private void CheckLeast(Server chosen)
    {
        long load = Load(chosen, chosen.ActiveSessions - 1);
        foreach (Server other in _backend.Servers)
        {
            if (other != chosen && load > Load(other, other.ActiveSessions) + 1)
            {
                _world.Fail(InvariantNames.Weights,
                    $"server {chosen.Name} was chosen with {chosen.ActiveSessions - 1} sessions at weight {chosen.Weight}, server {other.Name} had {other.ActiveSessions} at {other.Weight}");
            }
        }
    }

    /// <summary>As HAProxy counts: idle servers are equal, the others weigh what they would have with one more.</summary>
    private static long Load(Server server, int sessions) => sessions == 0 ? 0 : (sessions + 1) * LoadScale / server.Weight;
}
