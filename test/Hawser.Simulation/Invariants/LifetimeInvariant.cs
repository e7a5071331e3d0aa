using System;
using Hawser.Proxy.Streams;
using Hawser.Simulation.Kernels;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Invariants;

/// <summary>A live session does something at least as often as its timeouts demand.</summary>
internal static class LifetimeInvariant
{
    /// <summary>What scheduling, stalls and whole milliseconds may add.</summary>
    private const long SlackUs = 2_000_000;

    public static void Check(World world, SimKernel kernel, Session session, TimeoutBook timeouts, long longestStallUs)
    {
        // Waiting for a block is waiting for others, who have their timeouts.
        if (session.IsWaitingForBuffer || kernel.EndOf(session.ClientSide.Descriptor) is not { } client)
            return;
        long last = Latest(client);
        if (kernel.EndOf(session.ServerSide.Descriptor) is { } server)
            last = Math.Max(last, Math.Max(server.OpenedUs, Latest(server)));
        long silenceUs = world.NowUs - last;
        if (silenceUs > timeouts.LongestSilenceMs * 1000 + SlackUs + longestStallUs)
        {
            world.Fail(InvariantNames.Lifetime,
                $"a session in phase {session.Phase} has stood still for {silenceUs / 1000} ms, its longest timeout is {timeouts.LongestSilenceMs} ms",
                client.Connection.Number);
        }
    }

    private static long Latest(TcpEnd end) => Math.Max(end.AcceptedUs, Math.Max(end.LastReadUs, end.LastWriteUs));
}
