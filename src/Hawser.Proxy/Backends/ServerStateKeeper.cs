using System;
using System.Collections.Generic;
using Hawser.Base.Time;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Backends;

/// <summary>
/// Changes the state of servers: the server itself, then what it says, then those that track it. Everything runs on
/// one loop, that of the checks; balancing on other loops sees each change whole, through the backend's gate.
/// Messages are given and sessions killed outside the gate.
/// </summary>
public sealed class ServerStateKeeper
{
    private readonly EventReporter _reporter;
    private readonly SessionKiller _killer;
    private readonly Dictionary<Server, ServerStateRamp> _ramps = [];

    /// <summary>Its idle connections are closed, each on its loop; outside any gate.</summary>
    public void CloseIdleOf(Server server) => _killer.CloseIdleOf(server);

    public ServerStateKeeper(ReadOnlySpan<Backend> backends, EventReporter reporter, SessionKiller killer)
    {
        _reporter = reporter;
        _killer = killer;
        Administrator = new ServerAdministrator(this);
        ServerTracking.Connect(backends);
        foreach (Backend backend in backends)
        {
            foreach (Server server in backend.Servers)
            {
                AddRamp(server);
                SetInitialState(server);
            }
        }
    }

    public ServerAdministrator Administrator { get; }

    /// <summary>
    /// After a reload has put other backends in the place of some: those that stay keep what is known of them, new ones
    /// begin as at a start, and "disabled" acts where a line has begun or ceased to say it.
    /// </summary>
    /// <param name="backends">All of the new configuration.</param>
    internal void Follow(EventLoop loop, ReadOnlySpan<Backend> backends, ReadOnlySpan<Server> added, ReadOnlySpan<Server> removed)
    {
        foreach (Server server in removed)
        {
            EndSlowStart(loop, server);
            _ramps.Remove(server);
        }

        ServerTracking.Reconnect(backends);
        foreach (Server server in added)
        {
            AddRamp(server);
            SetInitialState(server);
            server.State.LastChange = loop.Now;
        }
    }

    /// <summary>A server's line has changed.</summary>
    /// <param name="wasDisabled">What the line said before.</param>
    internal void Follow(EventLoop loop, Server server, bool wasDisabled)
    {
        if (server.Config.SlowStartMs == 0)
        {
            EndSlowStart(loop, server);
            _ramps.Remove(server);
        }
        else
        {
            AddRamp(server);
        }

        if (server.Config.IsDisabled == wasDisabled)
            return;
        Administrator.SetMode(loop, server, server.Config.IsDisabled ? ServerMode.Maintenance : ServerMode.Ready);
        server.State.Administration = server.Config.IsDisabled
            ? server.State.Administration | ServerAdministration.Configured
            : server.State.Administration & ~ServerAdministration.Configured;
    }

    private void AddRamp(Server server)
    {
        if (server.Config.SlowStartMs > 0 && !_ramps.ContainsKey(server))
            _ramps[server] = new ServerStateRamp(server, this);
    }

    /// <summary>Does nothing to a server that is down already.</summary>
    /// <param name="cause">What follows "is DOWN" in the message; see <see cref="ServerStateMessages"/>.</param>
    public void MarkDown(EventLoop loop, Server server, string cause)
    {
        if (!server.IsUp)
            return;
        Backend backend = server.Backend;
        backend.Gate.Enter();
        bool hadServer = HasServer(backend);
        int waiting = server.Queue.Length;
        server.IsUp = false;
        server.IsStopping = false;
        server.State.LastChange = loop.Now;
        server.State.Falls++;
        EndSlowStart(loop, server);
        backend.ServerChanged(server);
        server.State.Timeline.Note(loop.Now, server);
        ServerStateCounts counts = Count(server, requeued: waiting - server.Queue.Length);
        bool lostLast = NoteBackend(loop, backend, hadServer);
        backend.Gate.Leave();

        if (!server.IsInMaintenance)
            Tell(backend, SyslogLevel.Alert, ServerStateMessages.Lost(server, ServerStateMessages.Down, cause, counts));
        if (lostLast)
            TellNoServer(backend);
        EndSessionsOfLost(server);
        foreach (Server tracker in server.State.Trackers)
            MarkDown(loop, tracker, ServerStateMessages.Via(server));
    }

    /// <summary>Does nothing to a server that is up already.</summary>
    /// <inheritdoc cref="MarkDown" path="/param"/>
    public void MarkUp(EventLoop loop, Server server, string cause)
    {
        if (server is { IsUp: true, IsStopping: false })
            return;
        Backend backend = server.Backend;
        backend.Gate.Enter();
        bool hadServer = HasServer(backend);
        int waiting = backend.Queue.Length;
        CountDownTime(loop, server);
        bool wasUp = server.IsUp;
        server.IsUp = true;
        server.IsStopping = false;
        server.State.LastChange = loop.Now;
        if (!wasUp)
            BeginSlowStart(loop, server);
        backend.ServerChanged(server);
        server.State.Timeline.Note(loop.Now, server);
        ServerStateCounts counts = Count(server, requeued: waiting - backend.Queue.Length);
        bool isUsable = server.IsUsable;
        NoteBackend(loop, backend, hadServer);
        backend.Gate.Leave();

        if (!server.IsInMaintenance)
            Tell(backend, SyslogLevel.Notice, ServerStateMessages.Gained(server, ServerStateMessages.Up, cause, counts));
        EndBackupSessionsFor(server, isUsable);
        foreach (Server tracker in server.State.Trackers)
            MarkUp(loop, tracker, ServerStateMessages.Via(server));
    }

    /// <summary>An operator says that a server that is up shall take nothing new.</summary>
    public void MarkStopping(EventLoop loop, Server server, string cause)
    {
        if (!server.IsUp || server.IsStopping)
            return;
        Backend backend = server.Backend;
        backend.Gate.Enter();
        bool hadServer = HasServer(backend);
        int waiting = backend.Queue.Length;
        server.IsStopping = true;
        backend.ServerChanged(server);
        server.State.Timeline.Note(loop.Now, server);
        ServerStateCounts counts = Count(server, requeued: waiting - backend.Queue.Length);
        bool lostLast = NoteBackend(loop, backend, hadServer);
        backend.Gate.Leave();

        if (!server.IsInMaintenance)
            Tell(backend, SyslogLevel.Notice, ServerStateMessages.Gained(server, ServerStateMessages.Stopping, cause, counts));
        if (lostLast)
            TellNoServer(backend);
        foreach (Server tracker in server.State.Trackers)
            MarkStopping(loop, tracker, ServerStateMessages.Via(server));
    }

    /// <summary>Under the gate, after a change: whether the backend has lost its last server, which its history keeps.</summary>
    internal static bool NoteBackend(EventLoop loop, Backend backend, bool hadServer)
    {
        bool hasServer = HasServer(backend);
        if (hasServer == hadServer)
            return false;
        backend.History.Changed(loop.Now, hasServer);
        return hadServer;
    }

    /// <summary>Under the gate, before a change: the time since the last one was time down, or it was not.</summary>
    internal static void CountDownTime(EventLoop loop, Server server)
    {
        if ((!server.IsUp || server.IsInMaintenance) && !server.State.LastChange.IsNever)
            server.State.DownMs += (loop.Now - server.State.LastChange).Value;
    }

    /// <summary>Slow start is over: HAProxy says once more that the server is up.</summary>
    internal void TellFullyUp(Server server, in ServerStateCounts counts) => Tell(
        server.Backend,
        SyslogLevel.Notice,
        ServerStateMessages.Gained(server, ServerStateMessages.Up, "", counts));

    /// <summary>Under the gate.</summary>
    internal static ServerStateCounts Count(Server server, int requeued) => new(
        server.Backend.UsableActive,
        server.Backend.UsableBackups,
        server.ActiveSessions,
        requeued,
        server.Queue.Length);

    /// <summary>To the backend's logs, and as a warning to stderr as HAProxy does with each of these.</summary>
    public void Tell(Backend backend, SyslogLevel level, string message)
    {
        _reporter.Print(Severity.Warning, message);
        _reporter.Log(backend, level, message);
    }

    public void Alert(string message) => _reporter.Print(Severity.Alert, message);

    internal static bool HasServer(Backend backend) => backend.UsableActive + backend.UsableBackups > 0;

    internal void TellNoServer(Backend backend)
    {
        _reporter.Print(Severity.Alert, ServerStateMessages.NoServerQuoted(backend));
        _reporter.Log(backend, SyslogLevel.Emerg, ServerStateMessages.NoServer(backend));
    }

    /// <summary>"on-marked-down", outside any gate; maintenance is as good as down.</summary>
    internal void EndSessionsOfLost(Server server)
    {
        if (server.Config.OnMarkedDown == OnMarkedDown.ShutdownSessions)
            _killer.KillSessionsOf(server, TerminationCause.ServerDown);
    }

    /// <summary>"on-marked-up" of a server that has come back, outside any gate.</summary>
    internal void EndBackupSessionsFor(Server server, bool isUsable)
    {
        if (!isUsable || server.IsBackup || server.Config.OnMarkedUp != OnMarkedUp.ShutdownBackupSessions)
            return;
        foreach (Server other in server.Backend.Servers)
        {
            if (other.IsBackup)
                _killer.KillSessionsOf(other, TerminationCause.ServerUp);
        }
    }

    internal void BeginSlowStart(EventLoop loop, Server server)
    {
        if (_ramps.TryGetValue(server, out ServerStateRamp? ramp))
            ramp.Begin(loop);
    }

    internal void EndSlowStart(EventLoop loop, Server server)
    {
        if (_ramps.TryGetValue(server, out ServerStateRamp? ramp))
            ramp.Abort(loop);
    }

    /// <summary>
    /// "disabled", "init-state", and the maintenance of the server at the end of a tracking chain. Nothing is said:
    /// HAProxy does not either.
    /// </summary>
    private static void SetInitialState(Server server)
    {
        ServerConfig config = server.Config;
        Server source = ServerTracking.EndOfChain(server);
        Backend backend = server.Backend;
        backend.Gate.Enter();
        if (config.IsDisabled || server.IsDynamic)
            server.State.Administration |= ServerAdministration.ForcedMaintenance;
        if (config.IsDisabled && !server.IsDynamic)
            server.State.Administration |= ServerAdministration.Configured;
        if (source != server && source.Config.IsDisabled)
            server.State.Administration |= ServerAdministration.InheritedMaintenance;
        server.IsInMaintenance |= (server.State.Administration & ServerAdministration.Maintenance) != 0;
        server.IsUp = config.InitState is not (InitState.Down or InitState.FullyDown);
        backend.ServerChanged(server);
        backend.Gate.Leave();
    }
}
