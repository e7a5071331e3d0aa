using System;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Streams;
using Hawser.Simulation.Kernels;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Invariants;

/// <summary>A live session does something at least as often as its timeouts demand.</summary>
internal static class LifetimeInvariant
{
    /// <summary>What scheduling and whole milliseconds may add.</summary>
    private const long SlackUs = 500_000;

    /// <param name="awakeSinceUs">
    /// When the loop last had no processor, or no block to read into: what it noticed then is counted from then.
    /// </param>
    public static void Check(World world, SimKernel kernel, Session session, TimeoutBook timeouts, long awakeSinceUs)
    {
        // Waiting for a block is waiting for others, who have their timeouts.
        if (world.NowUs - awakeSinceUs < SlackUs
            || session.IsWaitingForBuffer
            || kernel.EndOf(session.ClientSide.Descriptor) is not { } client)
        {
            return;
        }

        long overdueMs = session.PhaseDeadline.IsNever ? 0 : world.NowUs / 1000 - session.PhaseDeadline.Milliseconds;
        if (session.Phase != SessionPhase.Forward && overdueMs * 1000 > SlackUs)
        {
            world.Fail(InvariantNames.Lifetime,
                $"the time of phase {session.Phase} was over {overdueMs} ms ago", client.Connection.Number);
        }

        if (session is { Phase: SessionPhase.RequestHead, Http: not null } && timeouts.RequestMs > 0
            && world.NowUs / 1000 - session.RequestAt.Milliseconds > timeouts.RequestMs + SlackUs / 1000)
        {
            world.Fail(InvariantNames.Lifetime,
                $"a head has been on its way since {world.NowUs / 1000 - session.RequestAt.Milliseconds} ms, timeout http-request is {timeouts.RequestMs} ms",
                client.Connection.Number);
        }

        if (session.Phase == SessionPhase.TurnAround && session.PhaseDeadline.Milliseconds - world.NowUs / 1000 > timeouts.LongestPauseMs)
            world.Fail(InvariantNames.Lifetime, $"a pause after a failed attempt is to last longer than {timeouts.LongestPauseMs} ms", client.Connection.Number);
        if (!session.DrainDeadline.IsNever)
            CheckDrain(world, kernel, session, client, timeouts, awakeSinceUs);

        // Attempts that fail at once leave no trace, and each may be followed by a pause and another wait.
        if (session.Phase != SessionPhase.Forward && session.Retries > 0)
            return;
        long last = Math.Max(awakeSinceUs, Latest(client));
        if (kernel.EndOf(session.ServerSide.Descriptor) is { } server)
            last = Math.Max(last, Math.Max(server.OpenedUs, Latest(server)));
        long silenceUs = world.NowUs - last;
        if (silenceUs > timeouts.LongestSilenceMs * 1000 + SlackUs)
        {
            world.Fail(InvariantNames.Lifetime,
                $"a session in phase {session.Phase} has stood still for {silenceUs / 1000} ms, its longest timeout is {timeouts.LongestSilenceMs} ms",
                client.Connection.Number);
        }
    }

    /// <summary>
    /// "on-timeout drain": once something was delivered, silence as long as the timeout that fired ends it before its time.
    /// </summary>
    private static void CheckDrain(World world, SimKernel kernel, Session session, TcpEnd client, TimeoutBook timeouts, long awakeSinceUs)
    {
        long last = Latest(client);
        if (kernel.EndOf(session.ServerSide.Descriptor) is { } server)
            last = Math.Max(last, Latest(server));
        long beganUs = (session.DrainDeadline.Milliseconds - timeouts.DrainMs) * 1000;
        long silenceUs = world.NowUs - Math.Max(last, awakeSinceUs);
        long firedMs = session.Cause == TerminationCause.ClientTimeout ? timeouts.ClientAloneMs : timeouts.ServerAloneMs;
        if (last > beganUs + 2000 && silenceUs > firedMs * 1000 + SlackUs)
            world.Fail(InvariantNames.Lifetime, $"a session that drains has been silent for {silenceUs / 1000} ms", client.Connection.Number);
    }

    private static long Latest(TcpEnd end) => Math.Max(end.AcceptedUs, Math.Max(end.LastReadUs, end.LastWriteUs));
}
