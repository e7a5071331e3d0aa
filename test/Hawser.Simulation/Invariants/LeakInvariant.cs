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
            Zero(world, $"sessions of listener {listener.Text}", listener.ActiveSessions);
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
        foreach (ProxyLoop loop in set.Loops)
            Zero(world, $"watched descriptors of loop {loop.Loop.Index}", loop.Loop.WatchedCount);
    }

    /// <summary>After everything was closed.</summary>
    public static void CheckClosed(World world, SimKernel kernel) =>
        Zero(world, "open descriptors", kernel.OpenDescriptors);

    private static void Zero(World world, string what, long count)
    {
        if (count != 0)
            world.Fail(InvariantNames.Leaks, $"{what}: {count}");
    }
}
