using Hawser.Proxy.Backends;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Invariants;

/// <summary>Nobody waits while there is a slot for him; who goes first is for <see cref="OvertakingInvariant"/>.</summary>
internal static class QueueInvariant
{
    public static void Check(World world, Backend backend)
    {
        int waiting = backend.Queue.Length;
        foreach (Server server in backend.Servers)
        {
            waiting += server.QueueLength;
            bool isWaitedFor = server.QueueLength > 0 || backend.Queue.Length > 0;
            if (isWaitedFor && server.InRotation && server.ActiveSessions < server.SessionLimit)
            {
                world.Fail(InvariantNames.Queues,
                    $"server {backend.Name}/{server.Name} has {server.ActiveSessions} of {server.SessionLimit} slots taken, and {server.QueueLength} + {backend.Queue.Length} sessions wait");
            }

            if (server.ActiveSessions < 0)
                world.Fail(InvariantNames.Queues, $"server {backend.Name}/{server.Name} counts {server.ActiveSessions} sessions");
        }

        if (waiting != backend.TotalQueued)
            world.Fail(InvariantNames.Queues, $"backend {backend.Name} counts {backend.TotalQueued} waiting, it is {waiting}");
    }
}
