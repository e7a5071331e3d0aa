using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Invariants;

/// <summary>When all servers have been well for a while, all that are checked are up again.</summary>
internal static class RecoveryInvariant
{
    public static void Check(World world, ProxySet set)
    {
        foreach (Backend backend in set.Backends)
        {
            foreach (Server server in backend.Servers)
            {
                if (server.Config.Check.IsEnabled && !server.IsInMaintenance && !server.IsUp)
                    world.Fail(InvariantNames.Settles, $"server {backend.Name}/{server.Name} is well and still down");
            }
        }
    }
}
