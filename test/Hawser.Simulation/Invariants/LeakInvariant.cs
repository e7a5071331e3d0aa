using Hawser.Io.Sockets;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;
using Hawser.Proxy.Streams;
using Hawser.Simulation.Kernels;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Invariants;

/// <summary>When nothing is under way nothing is held; when all is closed nothing is open.</summary>
internal static class LeakInvariant
{
    /// <summary>After the last session.</summary>
    public static void CheckIdle(World world, ProxySet set)
    {
        Zero(world, "sessions of the process", set.Process.ActiveSessions);
        foreach (ProxyLoop loop in set.Loops)
        {
            Zero(world, $"sessions on loop {loop.Loop.Index}", loop.SessionCount);
            Zero(world, $"idle clients on loop {loop.Loop.Index}", loop.IdleClientCount);
            Zero(world, $"leased blocks of loop {loop.Loop.Index}", loop.Loop.Buffers.Leased);
            Zero(world, $"leased pipes of loop {loop.Loop.Index}", loop.Pipes.Leased);
        }

        foreach (Frontend frontend in set.Frontends)
            Zero(world, $"sessions of frontend {frontend.Name}", frontend.ActiveSessions);
        foreach (Proxy.Listeners.Listener listener in set.Listeners)
            Zero(world, $"sessions of listener {listener.Text}", listener.Room.Active);
        foreach (Backend backend in set.Backends)
        {
            Zero(world, $"sessions of backend {backend.Name}", backend.ActiveSessions);
            Zero(world, $"sessions waiting in backend {backend.Name}", backend.TotalQueued);
            foreach (Server server in backend.Servers)
                Zero(world, $"slots of server {backend.Name}/{server.Name}", server.ActiveSessions);
        }
    }

    /// <summary>After the stop, before the loops close.</summary>
    public static void CheckStopped(World world, ProxySet set, SimKernel kernel)
    {
        CheckIdle(world, set);
        foreach (SimListener listener in kernel.Listeners)
            Zero(world, $"listening sockets at {listener.Address}", listener.Descriptor < 0 ? 0 : 1);
        // What waits for another request is closed with the loops.
        foreach (ProxyLoop loop in set.Loops)
            Zero(world, $"watched descriptors of loop {loop.Loop.Index}", loop.Loop.WatchedCount - IdleOf(set, loop.Loop.Index));
    }

    /// <summary>After everything was closed.</summary>
    public static void CheckClosed(World world, SimKernel kernel) =>
        Zero(world, "open descriptors", kernel.OpenDescriptors);

    /// <summary>
    /// In mode http: every connection to a server that is open waits for its next request, and is counted as such.
    /// </summary>
    public static void CheckPools(World world, ProxySet set, SimKernel kernel)
    {
        foreach (Backend backend in set.Backends)
        {
            foreach (Server server in backend.Servers)
            {
                int open = kernel.OpenTo(Networks.Network.Key(SocketAddresses.ToNetworkAddress(server.Address, 0)));
                int idle = 0;
                foreach (IdleConnections one in server.Idle)
                    idle += one.Count;
                Zero(world, $"connections to server {backend.Name}/{server.Name} that nobody knows of", open - idle);
                Zero(world, $"idle connections of server {backend.Name}/{server.Name} counted and not there", server.IdleCount - idle);
            }
        }
    }

    private static int IdleOf(ProxySet set, int loop)
    {
        int count = 0;
        foreach (Backend backend in set.Backends)
        {
            foreach (Server server in backend.Servers)
                count += server.Idle.Length > loop ? server.Idle[loop].Count : 0;
        }

        return count;
    }

    private static void Zero(World world, string what, long count)
    {
        if (count != 0)
            world.Fail(InvariantNames.Leaks, $"{what}: {count}");
    }
}
