using System.Collections.Generic;
using Hawser.Base.Time;
using Hawser.Proxy.Streams;
using Hawser.Simulation.Kernels;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Invariants;

/// <summary>
/// What a session is woken for is done: a deadline that has come is not still there turn after turn. It would keep its loop
/// awake for nothing.
/// </summary>
internal sealed class OverdueInvariant(World world, SimKernel kernel)
{
    /// <summary>Timers wait for a look that has seen all that is ready, which may take some turns.</summary>
    private const int TurnsMaximum = 200;

    private readonly Dictionary<Session, (uint Number, Instant Deadline, int Turns)> _overdue = [];

    /// <summary>After a turn of the session's loop.</summary>
    public void Check(Session session)
    {
        Instant deadline = Timeouts.Next(session);
        if (deadline > session.Loop.Now)
        {
            if (_overdue.Count > 0)
                _overdue.Remove(session);
            return;
        }

        bool isKnown = _overdue.TryGetValue(session, out var before) && before.Number == session.Number && before.Deadline == deadline;
        int turns = isKnown ? before.Turns + 1 : 1;
        _overdue[session] = (session.Number, deadline, turns);
        if (turns > TurnsMaximum)
        {
            world.Fail(InvariantNames.Lifetime,
                $"a deadline of phase {session.Phase} came {(session.Loop.Now - deadline).Value} ms and {turns} turns ago, and nothing has come of it",
                kernel.EndOf(session.ClientSide.Descriptor)?.Connection.Number ?? -1);
        }
    }
}
