using System;
using System.Collections.Generic;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Streams;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Invariants;

/// <summary>
/// Nobody who waits is overtaken: of those who could have a slot it goes to the best class, in a class to who came first,
/// later or earlier by the offset ("set-priority-class", "set-priority-offset"; manual, section 4.2). When somebody came
/// is seen from outside, to a turn of the loop; what the product reckons of it is not asked.
/// </summary>
internal sealed class OvertakingInvariant(World world)
{
    private readonly Dictionary<WaitQueue, Seen> _queues = [];

    /// <summary>By session, the last time that it came to a queue.</summary>
    private readonly Dictionary<Session, Place> _arrivals = [];

    /// <summary>After a turn.</summary>
    /// <param name="backend">Whose queues are looked at.</param>
    /// <param name="beganMs">When the turn began.</param>
    public void Check(Backend backend, long beganMs)
    {
        Seen any = Look(backend, backend.Queue, beganMs);
        CheckGrants(backend, any);
        foreach (Server server in backend.Servers)
        {
            // Most servers have no limit, and nobody ever waits for them.
            if (server.QueueLength == 0 && !_queues.ContainsKey(server.Queue))
                continue;
            Seen own = Look(backend, server.Queue, beganMs);
            CheckGrants(backend, own);
            CheckGrants(backend, any, own, server);
            CheckGrants(backend, own, any, server);
        }
    }

    /// <summary>What was seen the last time becomes what was before.</summary>
    private Seen Look(Backend backend, WaitQueue queue, long beganMs)
    {
        if (!_queues.TryGetValue(queue, out Seen? seen))
            _queues.Add(queue, seen = new Seen());
        (seen.Before, seen.Now) = (seen.Now, seen.Before);
        seen.Now.Clear();
        for (Waiter? waiter = queue.First; waiter is not null; waiter = waiter.NextInQueue)
        {
            Session session = (Session)waiter;
            if (!_arrivals.TryGetValue(session, out Place place) || !place.IsWaiting)
                _arrivals[session] = place = new Place(session, session.Number, waiter.QueueOrder, beganMs, world.NowUs / 1000, waiter.PriorityClass, waiter.PriorityOffset);
            if (seen.Now.Count > 0 && place.MustGoBefore(seen.Now[^1]))
                Fail(backend, $"{place} stands behind {seen.Now[^1]}");
            seen.Now.Add(place);
        }

        return seen;
    }

    /// <summary>Whoever got a slot stood before all that are still there.</summary>
    private void CheckGrants(Backend backend, Seen seen)
    {
        Place? waiting = null;
        foreach (Place place in seen.Before)
        {
            if (place.IsWaiting)
                waiting ??= place;
            else if (waiting is { } first && place.Granted is not null && first.MustGoBefore(place))
                Fail(backend, $"{place} got a slot before {first}");
        }
    }

    /// <summary>A server's slot goes to whoever comes first in its own queue and in that of all servers.</summary>
    private void CheckGrants(Backend backend, Seen waiters, Seen takers, Server server)
    {
        Place? waiting = null;
        foreach (Place place in waiters.Before)
        {
            if (!place.IsWaiting)
                continue;
            waiting = place;
            break;
        }

        if (waiting is not { } first)
            return;
        foreach (Place place in takers.Before)
        {
            if (place.Granted == server && first.MustGoBefore(place))
                Fail(backend, $"{place} got a slot of {server.Name} before {first}, who waits in another queue");
        }
    }

    private void Fail(Backend backend, string what) =>
        world.Fail(InvariantNames.Queues, $"backend {backend.Name}: {what}");

    /// <summary>A queue at the end of the last turn and at the end of this one.</summary>
    private sealed class Seen
    {
        public List<Place> Before { get; set; } = [];

        public List<Place> Now { get; set; } = [];
    }

    /// <summary>One who waits.</summary>
    /// <param name="Number">Of the session: another one may get the same object.</param>
    /// <param name="Arrival">No two of a backend have the same one.</param>
    /// <param name="EarliestMs">When it may have come.</param>
    /// <param name="LatestMs">When it may have come at the latest.</param>
    private readonly record struct Place(Session Session, uint Number, long Arrival, long EarliestMs, long LatestMs, int Class, int OffsetMs)
    {
        /// <summary>It has not left its place.</summary>
        public bool IsWaiting => Session.Queue is not null && IsTheSame;

        private bool IsTheSame => Session.Number == Number && Session.QueueOrder == Arrival;

        /// <summary>Whose slot it has got in this turn; null when it has left without one, or nobody can tell.</summary>
        public Server? Granted => !IsTheSame || Session.Queue is not null ? null
            : Session.GrantedServer ?? (Session is { Phase: SessionPhase.Connect, HoldsSlot: true } ? Session.Target : null);

        public bool MustGoBefore(in Place other)
        {
            if (Class != other.Class)
                return Class < other.Class;
            // The order of arrival is the product's; times seen from outside contradict it where it is wrong.
            if (OffsetMs == other.OffsetMs && LatestMs >= other.EarliestMs && other.LatestMs >= EarliestMs)
                return Arrival < other.Arrival;
            return LatestMs + OffsetMs < other.EarliestMs + other.OffsetMs;
        }

        public override string ToString() => $"one of class {Class} that came at {LatestMs} ms{(OffsetMs < 0 ? " - " : " + ")}{Math.Abs(OffsetMs)}";
    }
}
