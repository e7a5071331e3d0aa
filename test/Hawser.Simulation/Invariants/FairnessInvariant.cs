using Hawser.Proxy.Streams;
using Hawser.Simulation.Kernels;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Invariants;

/// <summary>In one turn each side of a session is read as often as its "nice" allows, and once or twice for a head.</summary>
internal static class FairnessInvariant
{
    /// <summary>A head in two pieces, and the beginning of what follows it.</summary>
    private const int HeadReads = 3;

    /// <summary>After a turn, before the next one is counted.</summary>
    public static void Check(World world, SimKernel kernel, Session session)
    {
        // Before there is a server a client is read ahead of it, up to one block, however short the reads are.
        bool isReadAhead = session.Phase is SessionPhase.RequestRules or SessionPhase.BackendRules or SessionPhase.Queue
            or SessionPhase.Connect or SessionPhase.TurnAround
            or SessionPhase.HttpRequestRules or SessionPhase.HttpBackendRules or SessionPhase.PrepareRequest;
        if (!isReadAhead)
            Check(world, kernel, session, kernel.EndOf(session.ClientSide.Descriptor));
        Check(world, kernel, session, kernel.EndOf(session.ServerSide.Descriptor));
    }

    private static void Check(World world, SimKernel kernel, Session session, TcpEnd? end)
    {
        if (end is null || end.ReadTurn != kernel.Turns || end.ReadsInTurn <= session.ReadsPerTurn + HeadReads)
            return;
        world.Fail(InvariantNames.Fairness,
            $"{end.ReadsInTurn} reads in one turn, {session.ReadsPerTurn} are allowed in {session.Phase}", end.Connection.Number);
    }
}
