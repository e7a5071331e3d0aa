using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Base.Network;
using Hawser.Io.Sockets;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Streams;
using Hawser.Simulation.Kernels;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Invariants;

/// <summary>
/// A reload does what its plan says: sockets and servers that are kept are the same, counts go on, sessions stay with the
/// configuration they began with and come to no other, and a configuration whose last session has ended is let go.
/// </summary>
internal sealed class ReloadInvariant(World world, Takeovers? takeovers)
{
    private readonly List<Left> _left = [];

    /// <summary>Reloads that took place.</summary>
    public int Count { get; private set; }

    /// <summary>What is looked at before the change, and again behind it.</summary>
    public Snapshot Before(ProxySet running, ProxySet next, SimKernel kernel)
    {
        Snapshot seen = new(running, ReloadPlan.Of(running, next));
        CheckConnections(seen, kernel);
        return seen;
    }

    /// <summary>Loops are about to take over.</summary>
    public void Begun(int number) => takeovers?.Begun(number);

    public void Check(Snapshot seen, ProxySet now, SimKernel kernel)
    {
        Count++;
        ReloadPlan plan = seen.Plan;
        // In mode http those that wait for a request have gone over already, or are closed where their listener goes.
        int staying = seen.Set.OwnSessions;
        int closed = plan.Sessions - staying - now.OwnSessions;
        if (plan.Draining + plan.Moving != plan.Sessions || closed < 0 || closed > (takeovers is null ? 0 : plan.Draining) || staying < plan.Draining - closed)
            Fail($"the plan saw {plan.Sessions} sessions ({plan.Draining} to drain), {staying} go on under the old configuration and {now.OwnSessions} under the new one");
        foreach (PlanItem item in plan.Items)
        {
            if (item.Kind == "server")
                CheckServer(seen, now, item);
            else if (item.Kind == "listener")
                CheckListener(seen, now, item, kernel);
        }

        foreach (Frontend frontend in now.Frontends)
        {
            if (seen.Sessions.TryGetValue($"frontend {frontend.Name}", out long sessions) && Sum(frontend.Counters) != sessions)
                Fail($"frontend {frontend.Name} had counted {sessions} sessions, and after the reload {Sum(frontend.Counters)}");
        }

        foreach (Backend backend in now.Backends)
        {
            if (seen.Sessions.TryGetValue($"backend {backend.Name}", out long sessions) && Sum(backend.Counters) != sessions)
                Fail($"backend {backend.Name} had counted {sessions} sessions, and after the reload {Sum(backend.Counters)}");
        }
    }

    /// <summary>Every loop has taken over.</summary>
    public void Finished(Snapshot seen, int number)
    {
        takeovers?.Done(number, world.NowUs);
        foreach (PlanItem item in seen.Plan.Items)
        {
            if (item is { Kind: "listener", Change: PlannedChange.Removed or PlannedChange.Replaced })
                takeovers?.Gone(seen.Addresses[item.Name.Split(' ')[1]], world.NowUs);
        }

        ProxySet replaced = seen.Set;
        Left left = new(replaced) { Sessions = replaced.OwnSessions };
        _left.Add(left);
        replaced.Drained = _ => left.IsDrained = true;
    }

    public void AfterTurn()
    {
        foreach (Left left in _left)
        {
            int sessions = left.Set.OwnSessions;
            if (sessions > left.Sessions)
                Fail($"a configuration that was replaced had {left.Sessions} sessions, and now {sessions}");
            left.Sessions = sessions;
        }
    }

    /// <summary>All sessions have ended, and some time has passed.</summary>
    public void AtEnd()
    {
        foreach (Left left in _left)
        {
            if (!left.IsDrained)
                Fail($"a configuration is still held that has {left.Set.OwnSessions} sessions");
        }
    }

    /// <summary>Each connection of a client belongs to one configuration, and to the listener that it came to.</summary>
    private void CheckConnections(Snapshot seen, SimKernel kernel)
    {
        int sessions = seen.Set.OwnSessions;
        foreach (Left left in _left)
            sessions += left.Set.OwnSessions;
        int open = kernel.OpenFromClients(null);
        if (sessions != open)
            Fail($"{sessions} sessions are counted by all configurations together, {open} connections of clients are open");
        foreach (PlanItem item in seen.Plan.Items)
        {
            if (item.Kind != "listener" || item.Change == PlannedChange.Added)
                continue;
            NetworkAddress address = seen.Addresses[item.Name.Split(' ')[1]];
            int here = kernel.OpenFromClients(address);
            // One that was there before, and has gone, may have left some that come to their end.
            if (item.Sessions > here || (item.Sessions < here && takeovers?.HasGone(address) != true))
                Fail($"the plan saw {item.Sessions} sessions of listener {item.Name}, {here} connections are open");
        }
    }

    private void CheckServer(Snapshot seen, ProxySet now, PlanItem item)
    {
        string backendName = item.Name.Split('/')[0];
        Backend? backend = Array.Find(now.Backends, one => one.Name == backendName);
        Server? server = backend is null ? null : Array.Find(backend.Servers, one => $"{backendName}/{one.Name}" == item.Name);
        Server? earlier = seen.Servers.GetValueOrDefault(item.Name);
        bool isKept = item.Change is PlannedChange.Kept or PlannedChange.Changed;
        // Who waited for a server that goes may have been given to this one.
        int most = item.Sessions + seen.Waiting.GetValueOrDefault(backendName);
        if (isKept && (server is null || server != earlier || server.IsRetired || server.ActiveSessions < item.Sessions || server.ActiveSessions > most))
            Fail($"server {item.Name} was to be kept with {item.Sessions} sessions, it is {(server == earlier ? "the same" : "another")} with {server?.ActiveSessions}");
        if (isKept && server is not null && Sum(server.Counters) != seen.Sessions[$"server {item.Name}"])
            Fail($"server {item.Name} had counted {seen.Sessions[$"server {item.Name}"]} sessions, and after the reload {Sum(server.Counters)}");
        if (isKept && server!.IsUp != seen.Up.Contains(item.Name))
            Fail($"server {item.Name} is {(server.IsUp ? "up" : "down")} after the reload, and was not before");
        if (item.Change == PlannedChange.Added && (server is null || server.ActiveSessions > seen.Waiting.GetValueOrDefault(backendName)))
            Fail($"server {item.Name} was to be added");
        if (item.Change == PlannedChange.Removed && (server is not null || earlier?.IsRetired != true || earlier.ActiveSessions != item.Sessions))
            Fail($"server {item.Name} was to be removed with {item.Sessions} sessions");
    }

    private void CheckListener(Snapshot seen, ProxySet now, PlanItem item, SimKernel kernel)
    {
        string text = item.Name.Split(' ')[1];
        Listener? listener = Array.Find(now.Listeners, one => one.Text == text);
        int[] earlier = seen.Descriptors.GetValueOrDefault(text, []);
        switch (item.Change)
        {
            case PlannedChange.Kept or PlannedChange.Changed when listener is null || !listener.Descriptors.SequenceEqual(earlier):
                Fail($"listener {text} was to keep its sockets");
                break;
            case PlannedChange.Added when listener is null || listener.Descriptors.Length == 0:
                Fail($"listener {text} was to be added");
                break;
            case PlannedChange.Removed when listener is not null:
                Fail($"listener {text} was to be removed");
                break;
        }

        foreach (int descriptor in listener?.Descriptors ?? [])
        {
            if (!kernel.Listeners.Any(socket => socket.Descriptor == descriptor))
                Fail($"listener {text} has descriptor {descriptor}, which does not listen");
        }
    }

    private void Fail(string what) => world.Fail(InvariantNames.Reloads, what);

    private static long Sum(TrafficCounters[] counters) => TrafficCounters.Sum(counters).Sessions;

    /// <summary>A configuration that was replaced.</summary>
    private sealed class Left(ProxySet set)
    {
        public ProxySet Set => set;

        public int Sessions { get; set; }

        public bool IsDrained { get; set; }
    }

    internal sealed class Snapshot
    {
        public Snapshot(ProxySet set, ReloadPlan plan)
        {
            Set = set;
            Plan = plan;
            foreach (Frontend frontend in set.Frontends)
                Sessions[$"frontend {frontend.Name}"] = Sum(frontend.Counters);
            foreach (Listener listener in set.Listeners)
            {
                Descriptors[listener.Text] = listener.Descriptors;
                Addresses[listener.Text] = SocketAddresses.ToNetworkAddress(listener.Address, 0);
            }

            foreach (Backend backend in set.Backends)
            {
                Sessions[$"backend {backend.Name}"] = Sum(backend.Counters);
                Waiting[backend.Name] = backend.TotalQueued;
                foreach (Server server in backend.Servers)
                {
                    string name = $"{backend.Name}/{server.Name}";
                    Servers[name] = server;
                    Sessions[$"server {name}"] = Sum(server.Counters);
                    if (server.IsUp)
                        Up.Add(name);
                }
            }
        }

        public ProxySet Set { get; }

        public ReloadPlan Plan { get; }

        public Dictionary<string, long> Sessions { get; } = [];

        /// <summary>Sessions that wait, by backend.</summary>
        public Dictionary<string, int> Waiting { get; } = [];

        /// <summary>Of listeners.</summary>
        public Dictionary<string, NetworkAddress> Addresses { get; } = [];

        public Dictionary<string, int[]> Descriptors { get; } = [];

        public Dictionary<string, Server> Servers { get; } = [];

        public HashSet<string> Up { get; } = [];
    }
}
