using Hawser.Config.Model;
using Hawser.Io.Loop;
using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Backends;

/// <summary>
/// What an operator changes of servers at run time (management manual, "set server", "set weight"), with HAProxy's
/// words for it, and what those that track the server take over. Everything runs on the loop of the checks.
/// </summary>
public sealed class ServerAdministrator
{
    private const ServerAdministration Own = ServerAdministration.ForcedMaintenance | ServerAdministration.ForcedDrain;

    private readonly ServerStateKeeper _keeper;

    internal ServerAdministrator(ServerStateKeeper keeper) => _keeper = keeper;

    /// <returns>True when the server has left maintenance.</returns>
    public bool SetMode(EventLoop loop, Server server, ServerMode mode)
    {
        ServerAdministration own = mode switch
        {
            ServerMode.Maintenance => ServerAdministration.ForcedMaintenance,
            ServerMode.Drain => ServerAdministration.ForcedDrain,
            _ => ServerAdministration.None,
        };
        return SetOwn(loop, server, own);
    }

    /// <summary>Maintenance and drain apart, as the forms of early statistics pages had them.</summary>
    /// <param name="own">Of maintenance and drain, each forced.</param>
    /// <returns>True when the server has left maintenance.</returns>
    public bool SetOwn(EventLoop loop, Server server, ServerAdministration own)
    {
        bool wasInMaintenance = server.IsInMaintenance;
        Apply(loop, server, (server.State.Administration & ~Own) | own, via: null);
        return wasInMaintenance && !server.IsInMaintenance;
    }

    /// <summary>0 to 256; the caller has checked that the algorithm allows it.</summary>
    public void SetWeight(EventLoop loop, Server server, int weight)
    {
        Backend backend = server.Backend;
        backend.Gate.Enter();
        bool hadServer = ServerStateKeeper.HasServer(backend);
        server.Weight = weight;
        // A server that is warming up goes on doing so, towards the new weight, at its next step.
        server.EffectiveWeight = weight * Server.WeightScale;
        backend.ServerChanged(server);
        bool lostLast = ServerStateKeeper.NoteBackend(loop, backend, hadServer);
        backend.Gate.Leave();
        if (lostLast)
            _keeper.TellNoServer(backend);
    }

    /// <summary>"maxconn"; 0 is unlimited.</summary>
    public static void SetMaximumSessions(Server server, int maximum)
    {
        Backend backend = server.Backend;
        backend.Gate.Enter();
        server.MaximumSessions = maximum;
        backend.CapacityChanged(server);
        backend.Gate.Leave();
    }

    /// <summary>True when weights other than none and the configured one mean nothing to the algorithm.</summary>
    public static bool HasStaticWeights(ProxyConfig backend) => backend.Balance.Algorithm switch
    {
        BalanceAlgorithm.StaticRoundRobin => true,
        BalanceAlgorithm.Source => backend.HashType.Method != HashMethod.Consistent,
        _ => false,
    };

    /// <summary>
    /// Where to connect from now on; its places on a ring may follow ("hash-key addr"). A server that was in maintenance
    /// only for want of an address leaves it.
    /// </summary>
    /// <returns>True when the server has left maintenance.</returns>
    public bool SetEndpoint(EventLoop loop, Server server, ServerEndpoint endpoint)
    {
        MoveTo(server, endpoint);
        bool wasInMaintenance = server.IsInMaintenance;
        if (wasInMaintenance)
            Apply(loop, server, server.State.Administration, via: null);
        return wasInMaintenance && !server.IsInMaintenance;
    }

    internal static void MoveTo(Server server, ServerEndpoint endpoint)
    {
        Backend backend = server.Backend;
        backend.Gate.Enter();
        server.Endpoint = endpoint;
        uint place = server.RingKey;
        server.FindRingKey();
        if (server.RingKey != place)
            backend.ServerChanged(server);
        backend.Gate.Leave();
    }

    /// <summary>From a state file, before the first session: nothing is said, and those that track it follow.</summary>
    internal void Restore(EventLoop loop, Server server, ServerAdministration own) =>
        Set(loop, server, (server.State.Administration & ~Own) | own);

    private void Set(EventLoop loop, Server server, ServerAdministration wanted)
    {
        Backend backend = server.Backend;
        backend.Gate.Enter();
        bool hadServer = ServerStateKeeper.HasServer(backend);
        server.State.Administration = wanted;
        server.IsInMaintenance = (wanted & ServerAdministration.Maintenance) != 0 || server.Address.Length == 0;
        server.IsDraining = (wanted & ServerAdministration.Drain) != 0;
        backend.ServerChanged(server);
        server.State.Timeline.Note(loop.Now, server);
        bool lostLast = ServerStateKeeper.NoteBackend(loop, backend, hadServer);
        backend.Gate.Leave();
        if (lostLast)
            _keeper.TellNoServer(backend);
        foreach (Server tracker in server.State.Trackers)
            Set(loop, tracker, Inherited(tracker, server.IsInMaintenance, server.IsDraining));
    }

    private void Apply(EventLoop loop, Server server, ServerAdministration wanted, Server? via)
    {
        ServerAdministration before = server.State.Administration;
        bool wasInMaintenance = server.IsInMaintenance;
        bool isInMaintenance = (wanted & ServerAdministration.Maintenance) != 0 || server.Address.Length == 0;
        if (wanted == before && isInMaintenance == wasInMaintenance)
            return;
        bool wasDraining = (before & ServerAdministration.Drain) != 0;
        bool isDraining = (wanted & ServerAdministration.Drain) != 0;
        bool wasUp = server.IsUp;

        Backend backend = server.Backend;
        backend.Gate.Enter();
        bool hadServer = ServerStateKeeper.HasServer(backend);
        int waiting = server.Queue.Length;
        int waitingForAny = backend.Queue.Length;
        if (wasInMaintenance && !isInMaintenance)
            ServerStateKeeper.CountDownTime(loop, server);
        server.State.Administration = wanted;
        server.IsInMaintenance = isInMaintenance;
        server.IsDraining = isDraining;
        if (isInMaintenance && !wasInMaintenance)
            EnterMaintenance(loop, server);
        else if (wasInMaintenance && !isInMaintenance)
            LeaveMaintenance(loop, server);
        backend.ServerChanged(server);
        server.State.Timeline.Note(loop.Now, server);
        ServerStateCounts counts = ServerStateKeeper.Count(server, requeued: waiting - server.Queue.Length);
        ServerStateCounts gained = counts with { Requeued = waitingForAny - backend.Queue.Length };
        bool isUsable = server.IsUsable;
        bool lostLast = ServerStateKeeper.NoteBackend(loop, backend, hadServer);
        backend.Gate.Leave();

        if (isInMaintenance && !wasInMaintenance)
        {
            TellMaintenance(server, wasUp, via, counts);
            _keeper.CloseIdleOf(server);
            _keeper.EndSessionsOfLost(server);
        }
        else if (wasInMaintenance && !isInMaintenance)
        {
            TellReady(server, before, isDraining, via);
            _keeper.EndBackupSessionsFor(server, isUsable);
        }
        else if (!isInMaintenance && isDraining && !wasDraining)
            Tell(server, ServerStateMessages.Gained(server, "enters drain state", Via(via), gained));
        else if (!isInMaintenance && wasDraining && !isDraining)
            Tell(server, ServerStateMessages.LeavesDrain(server, via));
        if (lostLast)
            _keeper.TellNoServer(backend);
        foreach (Server tracker in server.State.Trackers)
            Apply(loop, tracker, Inherited(tracker, isInMaintenance, isDraining), server);
    }

    private static ServerAdministration Inherited(Server tracker, bool isInMaintenance, bool isDraining)
    {
        ServerAdministration own = tracker.State.Administration & (Own | ServerAdministration.Configured);
        if (isInMaintenance)
            return own | ServerAdministration.InheritedMaintenance;
        return isDraining ? own | ServerAdministration.InheritedDrain : own;
    }

    private void EnterMaintenance(EventLoop loop, Server server)
    {
        if (!server.IsUp)
            return;
        server.State.Falls++;
        server.State.LastChange = loop.Now;
        _keeper.EndSlowStart(loop, server);
    }

    /// <summary>It is up at once, whatever it was; a tracking one is what the tracked one is.</summary>
    private void LeaveMaintenance(EventLoop loop, Server server)
    {
        Server source = ServerTracking.EndOfChain(server);
        server.IsUp = source == server || source.IsUp;
        server.IsStopping = source != server && source.IsStopping;
        server.State.LastChange = loop.Now;
        if (server.IsUp)
            _keeper.BeginSlowStart(loop, server);
    }

    private void TellMaintenance(Server server, bool wasUp, Server? via, in ServerStateCounts counts)
    {
        if (!wasUp)
            Tell(server, ServerStateMessages.WasDown(server, Via(via)));
        else
            _keeper.Tell(server.Backend, SyslogLevel.Alert, ServerStateMessages.Lost(server, "is going DOWN for maintenance", Via(via), counts));
    }

    private void TellReady(Server server, ServerAdministration before, bool isDraining, Server? via)
    {
        bool wasForced = (before & ServerAdministration.ForcedMaintenance) != 0;
        Tell(server, ServerStateMessages.LeavesMaintenance(server, wasForced, isDraining));
        if (isDraining)
            Tell(server, ServerStateMessages.RemainsInDrain(server, via));
    }

    private void Tell(Server server, string message) => _keeper.Tell(server.Backend, SyslogLevel.Notice, message);

    private static string Via(Server? tracked) => tracked is null ? "" : ServerStateMessages.Via(tracked);
}
