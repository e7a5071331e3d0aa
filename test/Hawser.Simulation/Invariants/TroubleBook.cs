using System.Collections.Generic;
using Hawser.Config.Model;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;

namespace Hawser.Simulation.Invariants;

/// <summary>What went wrong around a proxy and when, for judging what it says about its sessions.</summary>
internal sealed class TroubleBook
{
    private readonly Dictionary<string, Backend> _backends = [];
    private readonly Dictionary<string, long> _withoutServerUs = [];

    public void Learn(ProxySet set)
    {
        foreach (Backend backend in set.Backends)
            _backends[backend.Name] = backend;
    }

    /// <summary>A server refused, fell silent, reset, or a connect failed at once.</summary>
    public long LastServerTroubleUs { get; set; } = long.MinValue;

    public long LastShortageUs { get; set; } = long.MinValue;

    /// <summary>When the last stall of the process ended.</summary>
    public long LastStallUs { get; set; }

    public long LongestTurnUs { get; set; }

    public bool WasHardStopped { get; set; }

    /// <summary>At the end of a turn.</summary>
    public void Look(Backend backend, long nowUs)
    {
        if (backend.ServersInRotation == 0)
            _withoutServerUs[backend.Name] = nowUs;
    }

    /// <summary>Now, or at the end of a turn since then: what is logged now may have been decided some turns ago.</summary>
    public bool HadNoServer(string backend, long sinceUs) =>
        !_backends.TryGetValue(backend, out Backend? found) || found.ServersInRotation == 0
        || _withoutServerUs.GetValueOrDefault(backend, long.MinValue) >= sinceUs;

    public bool LimitsQueues(string backend, string server) => Find(backend, server) is { MaximumQueue: > 0 };

    public bool KillsSessions(string backend, string server)
    {
        if (Find(backend, server) is not { } found)
            return false;
        if (found.Config.OnMarkedDown == OnMarkedDown.ShutdownSessions)
            return true;
        foreach (Server other in found.Backend.Servers)
        {
            if (other.Config.OnMarkedUp == OnMarkedUp.ShutdownBackupSessions)
                return found.IsBackup;
        }

        return false;
    }

    private Server? Find(string backend, string server)
    {
        if (!_backends.TryGetValue(backend, out Backend? found))
            return null;
        foreach (Server one in found.Servers)
        {
            if (one.Name == server)
                return one;
        }

        return null;
    }
}
