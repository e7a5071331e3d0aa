using Hawser.Proxy.Streams;
using Hawser.Simulation.Kernels;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Invariants;

/// <summary>
/// In one turn each side of a session is read as often as its "nice" allows, and once or twice for a head; or, however
/// short the reads are, no more than one block of it.
/// </summary>
internal static class FairnessInvariant
{
    /// <summary>A head in two pieces, and the beginning of what follows it.</summary>
    private const int HeadReads = 3;

    /// <summary>After a turn, before the next one is counted.</summary>
    public static void Check(World world, SimKernel kernel, Session session)
    {
        Check(world, kernel, session, kernel.EndOf(session.ClientSide.Descriptor));
        Check(world, kernel, session, kernel.EndOf(session.ServerSide.Descriptor));
    }

    private static void Check(World world, SimKernel kernel, Session session, TcpEnd? end)
    {
        if (end is null || end.ReadTurn != kernel.Turns || end.ReadsInTurn <= session.ReadsPerTurn + HeadReads
            || end.BytesInTurn <= session.Loop.Buffers.BlockBytes)
        {
            return;
        }

        world.Fail(InvariantNames.Fairness,
            $"{end.ReadsInTurn} reads of {end.BytesInTurn} bytes in one turn, {session.ReadsPerTurn} are allowed in {session.Phase}", end.Connection.Number);
    }
}
