using System.Collections.Generic;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;
using Hawser.Proxy.Streams;
using Hawser.Simulation.Kernels;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Invariants;

/// <summary>No limit is passed at any instant: process, frontends, servers as their own kernels see it, queues.</summary>
internal static class LimitInvariant
{
    /// <param name="limited">
    /// The servers with a limit, and where their connections are counted; 0 where idle ones come on top (mode http).
    /// </param>
    public static void Check(World world, SimKernel kernel, ProxySet set, List<(Server Server, ulong Key)> limited)
    {
        if (set.Process.ActiveSessions > set.Process.MaximumSessions)
            world.Fail(InvariantNames.Limits, $"{set.Process.ActiveSessions} sessions of {set.Process.MaximumSessions}");
        foreach (Frontend frontend in set.Frontends)
        {
            if (frontend.ActiveSessions > frontend.MaximumSessions)
                world.Fail(InvariantNames.Limits, $"frontend {frontend.Name}: {frontend.ActiveSessions} sessions of {frontend.MaximumSessions}");
        }

        foreach ((Server server, ulong key) in limited)
            Check(world, server, key == 0 ? 0 : kernel.OpenTo(key));
    }

    private static void Check(World world, Server server, int open)
    {
        if (server.MaximumQueue > 0 && server.QueueLength > server.MaximumQueue)
            world.Fail(InvariantNames.Queues, $"server {server.Name}: {server.QueueLength} wait, maxqueue is {server.MaximumQueue}");
        if (open > server.MaximumSessions)
            world.Fail(InvariantNames.Limits, $"server {server.Name}: {open} connections, maxconn is {server.MaximumSessions}");
        if (server.ActiveSessions > server.MaximumSessions)
            world.Fail(InvariantNames.Limits, $"server {server.Name}: {server.ActiveSessions} slots taken of {server.MaximumSessions}");
    }
}
