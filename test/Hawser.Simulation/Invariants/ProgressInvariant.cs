using System.Collections.Generic;
using Hawser.Proxy.Building;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Streams;
using Hawser.Simulation.Kernels;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Invariants;

/// <summary>
/// A session that has something to read and room to write it, and a listener with a client waiting and room for it,
/// do not stay so. Looked at now and then: what was so at two looks in a row without anything moving is stuck.
/// </summary>
internal sealed class ProgressInvariant(World world, SimKernel kernel)
{
    /// <summary>Longer than any pause a proxy makes on purpose (a shortage: 1.2 s).</summary>
    private const long PatienceUs = 3_000_000;

    private readonly Dictionary<Session, (uint Number, long Moved, long SinceUs)> _ready = [];

    public void Check(Session session, long quietSinceUs)
    {
        long moved = session.Request.BytesIn + session.Request.BytesOut + session.Response.BytesIn + session.Response.BytesOut;
        if (session.Phase != SessionPhase.Forward || !CanGoOn(session))
        {
            _ready.Remove(session);
            return;
        }

        if (!_ready.TryGetValue(session, out var before) || before.Number != session.Number || before.Moved != moved)
        {
            _ready[session] = (session.Number, moved, world.NowUs);
            return;
        }

        long sinceUs = long.Max(before.SinceUs, quietSinceUs);
        if (world.NowUs - sinceUs > PatienceUs)
        {
            world.Fail(InvariantNames.Progress, "a session could read and write and does not",
                kernel.EndOf(session.ClientSide.Descriptor)?.Connection.Number ?? -1);
        }
    }

    /// <summary>Forgets sessions that are gone.</summary>
    public void Forget(Session session) => _ready.Remove(session);

    public void Check(ProxySet set, long quietSinceUs)
    {
        // Under a limit that all share, one listener's clients may have to wait while another one's are taken.
        long takenUs = IsLimited(set) ? LastTakenUs() : 0;
        foreach (SimListener listener in kernel.Listeners)
        {
            if (listener.Waiting.Count == 0 || set.Process.IsStopping)
                continue;
            long sinceUs = long.Max(long.Max(listener.WaitingSinceUs, takenUs), quietSinceUs);
            bool hasRoom = set.Process.ActiveSessions < set.Process.MaximumSessions;
            foreach (Frontend frontend in set.Frontends)
                hasRoom &= frontend.ActiveSessions < frontend.MaximumSessions;
            foreach (Proxy.Listeners.Listener one in set.Listeners)
                hasRoom &= one.Room.Active < one.MaximumSessions;
            if (hasRoom && world.NowUs - sinceUs > PatienceUs)
            {
                world.Fail(InvariantNames.Progress,
                    $"{listener.Waiting.Count} clients wait at {listener.Address} and nobody accepts them");
            }
        }
    }

    private static bool IsLimited(ProxySet set)
    {
        bool isLimited = set.Process.ConnectionRate is not null || set.Process.SessionRate is not null
            || set.Process.ActiveSessions * 2 > set.Process.MaximumSessions;
        foreach (Frontend frontend in set.Frontends)
            isLimited |= frontend.SessionRate is not null || frontend.ActiveSessions * 2 > frontend.MaximumSessions;
        return isLimited;
    }

    private long LastTakenUs()
    {
        long last = 0;
        foreach (SimListener listener in kernel.Listeners)
            last = long.Max(last, listener.WaitingSinceUs);
        return last;
    }

    private bool CanGoOn(Session session) =>
        session.Loop.Buffers.HasRoom
        && kernel.EndOf(session.ClientSide.Descriptor) is { } client
        && kernel.EndOf(session.ServerSide.Descriptor) is { } server
        && (CanGoOn(session.Request, client, server) || CanGoOn(session.Response, server, client));

    private static bool CanGoOn(Channel channel, TcpEnd source, TcpEnd sink)
    {
        if (channel.IsSinkDone || sink.IsDead || sink.Room * 3 < sink.SendCapacity)
            return false;
        if (channel.Pending > 0)
            return true;
        if (channel.IsSourceDone)
            return false;
        return source.Readable > 0 || source.IsPeerFinHere || source.IsDead;
    }
}
