using System;
using System.Collections.Generic;
using System.Threading;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Io.Loop;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Checks;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Building;

/// <summary>
/// One configuration takes the place of another in a process that goes on (ADR 0009). <see cref="TryPrepare"/> does all
/// that may fail or take long, on a thread that is no loop; <see cref="Begin"/> on loop 0 is only pointers; each loop
/// then takes over at one point of its turn; <see cref="Finish"/> follows when the last one has.
/// </summary>
public sealed class SetSuccession
{
    private readonly ProxySet _before;
    private readonly ProxySet _after;
    private readonly ProxyRuntime _run;
    private readonly List<Listener> _opened = [];
    private readonly List<Listener> _reconfigured = [];
    private LoopTakeover[] _takeovers = [];
    private int[] _fullConnections = [];
    private int _maximumSessions;
    private int _loopsLeft;
    private Action? _finished;
    private ReloadedServers _servers = new([], [], []);
    private Backend[] _removedBackends = [];

    /// <param name="after">Made by <see cref="ProxyBuilder.BuildBeside"/> beside <paramref name="before"/>.</param>
    public SetSuccession(ProxySet before, ProxySet after)
    {
        _before = before;
        _after = after;
        _run = before.Runtime;
    }

    public ProxySet Before => _before;

    public ProxySet After => _after;

    /// <summary>Backends that the new configuration has no more.</summary>
    internal Backend[] RemovedBackends => _removedBackends;

    /// <summary>
    /// Opens the listeners that are new and lays everything ready; nothing that runs is changed. False: the set's
    /// <see cref="BuildErrors"/> say why, and what was opened is closed again.
    /// </summary>
    /// <param name="maximumSessions">Global "maxconn" of the new configuration.</param>
    public bool TryPrepare(int maximumSessions)
    {
        _maximumSessions = maximumSessions;
        if (!TryOpen(_after.Listeners) || !TryOpen(_after.ControlListeners))
        {
            Abandon();
            return false;
        }

        _after.LimitFrontends(maximumSessions);
        _fullConnections = Array.ConvertAll(_after.Backends, _after.FullConnectionsOf);
        _removedBackends = Array.FindAll(_before.Backends, backend => _after.FindBackend(backend.Name) is null);
        _servers = Reloaded();
        PrepareTakeovers();
        return true;
    }

    /// <summary>It does not take place: closes what <see cref="TryPrepare"/> has opened.</summary>
    public void Abandon()
    {
        foreach (Listener listener in _opened)
            _after.CloseListener(listener);
        _opened.Clear();
    }

    /// <summary>
    /// On loop 0. False when the process has changed under the preparation (a stop has begun, another configuration is
    /// at work, a listener was closed): nothing has changed then.
    /// </summary>
    /// <param name="finished">Called on loop 0 when every loop has taken over.</param>
    public bool TryBegin(Action finished)
    {
        if (_run.Current != _before || _before.IsStopping || !AreSocketsThere(_after.Listeners) || !AreSocketsThere(_after.ControlListeners))
        {
            Abandon();
            return false;
        }

        _finished = finished;
        LimitProcess();
        _after.Expressions.Patterns.CatchUp();
        _after.SetVariables?.Invoke();
        _after.SetVariables = null;
        HandSocketsOn(_after.Listeners);
        HandSocketsOn(_after.ControlListeners);
        ChangeBackends();
        List<Acceptor> acceptors = [];
        foreach (LoopTakeover takeover in _takeovers)
            acceptors.AddRange(takeover.After);
        _run.Accept(acceptors);
        foreach (Frontend frontend in _after.Frontends)
            _before.FindFrontend(frontend.Name)?.Room.ChangesTo(frontend.Room);
        foreach (Listener listener in _after.Listeners)
            listener.Before?.Room.ChangesTo(listener.Room);
        _run.Current = _after;
        _run.Retired.Add(_before);
        _loopsLeft = _takeovers.Length;
        for (int i = 1; i < _takeovers.Length; i++)
            _run.Loops[i].Loop.Post(_takeovers[i]);
        _takeovers[0].Run(_run.Loops[0].Loop);
        return true;
    }

    private bool TryOpen(Listener[] listeners)
    {
        ListenerBinder binder = _after.Binder();
        foreach (Listener listener in listeners)
        {
            if (listener.KeepsSockets)
            {
                if (listener.SocketSettings != listener.Before!.SocketSettings)
                    _reconfigured.Add(listener);
                continue;
            }

            if (!binder.TryBind(listener, listener.Shards))
                return false;
            _opened.Add(listener);
        }

        return true;
    }

    private static bool AreSocketsThere(Listener[] listeners) => Array.TrueForAll(
        listeners, static listener => !listener.KeepsSockets || listener.Before!.Descriptors.Length > 0);

    private void LimitProcess()
    {
        GlobalConfig global = _after.Model.Global;
        GlobalConfig before = _before.Model.Global;
        _run.Process.MaximumSessions = _maximumSessions;
        // What an operator has set stays while the file says what it said before.
        if (global.MaxConnectionRate != before.MaxConnectionRate)
            _run.Process.ConnectionRate = ProxySet.Rate(global.MaxConnectionRate);
        if (global.MaxSessionRate != before.MaxSessionRate)
            _run.Process.SessionRate = ProxySet.Rate(global.MaxSessionRate);
    }

    /// <summary>A frontend that was paused listens again, as that of a new process would.</summary>
    private void HandSocketsOn(Listener[] listeners)
    {
        ListenerBinder binder = _after.Binder();
        foreach (Listener listener in listeners)
        {
            if (!listener.KeepsSockets)
                continue;
            Listener before = listener.Before!;
            listener.Descriptors = before.Descriptors;
            before.Descriptors = [];
            if (before.Frontend.State == FrontendState.Paused)
                binder.Resume(listener);
            if (_reconfigured.Contains(listener))
                binder.Reconfigure(listener);
        }

        _run.Frontends.FollowReload();
    }

    private void ChangeBackends()
    {
        foreach (BackendChange change in _after.Changes)
            change.Apply();
        foreach (Backend backend in _after.Backends)
        {
            if (_before.FindBackend(backend.Name) is null)
                backend.Start();
        }

        foreach (Backend backend in _removedBackends)
            BackendChange.Retire(backend);
        for (int i = 0; i < _fullConnections.Length; i++)
            _after.Backends[i].FullConnections = _fullConnections[i];
        _after.PrepareIdleConnections();
        _run.Checks!.Follow(_after.Backends, _after.Model.Global, _servers);
        // Those that stay know better than a file how they are.
        foreach ((Server server, RestoredState state) in _after.Restored)
        {
            if (Array.IndexOf(_servers.Added, server) >= 0) _run.Checks.Restore(server, state);
        }

        _after.Restored = [];
        // They hold the configuration before.
        _after.Changes = [];
    }

    private ReloadedServers Reloaded()
    {
        List<Server> added = [];
        List<Server> removed = [];
        List<(Server, bool)> changed = [];
        foreach (Backend backend in _after.Backends)
        {
            if (_before.FindBackend(backend.Name) is null)
                added.AddRange(backend.Servers);
        }

        foreach (BackendChange change in _after.Changes)
        {
            added.AddRange(change.Added);
            removed.AddRange(change.Removed);
            foreach (KeptServer kept in change.Kept)
            {
                if (kept.IsChanged)
                    changed.Add((kept.Living, kept.Living.Config.IsDisabled));
            }
        }

        foreach (Backend backend in _removedBackends)
            removed.AddRange(backend.Servers);
        return new ReloadedServers([.. added], [.. removed], [.. changed]);
    }

    private void PrepareTakeovers()
    {
        bool needsLoggers = _after.LogProcess.MaximumLineBytes > _before.LogProcess.MaximumLineBytes;
        Dictionary<(Listener, int), Acceptor> known = [];
        foreach (Acceptor acceptor in _run.Acceptors)
            known[(acceptor.Listener, acceptor.HomeLoop.Index)] = acceptor;
        HashSet<Listener> keptBefore = [];
        foreach (Listener listener in _after.Listeners)
        {
            if (listener.KeepsSockets)
                keptBefore.Add(listener.Before!);
        }

        _takeovers = new LoopTakeover[_run.Loops.Length];
        for (int i = 0; i < _takeovers.Length; i++)
        {
            ProxyLoop loop = _run.Loops[i];
            List<(Acceptor?, Acceptor)> pairs = [];
            foreach (Listener listener in _after.Listeners)
            {
                if (!listener.IsFor(i))
                    continue;
                Acceptor? before = listener.KeepsSockets ? known.GetValueOrDefault((listener.Before!, i)) : null;
                int[] sockets = listener.KeepsSockets ? listener.Before!.Descriptors : listener.Descriptors;
                int descriptor = before?.ListenerDescriptor ?? LoopBuilder.NextSocket(listener, sockets);
                pairs.Add((before, LoopBuilder.Acceptor(_after, listener, loop, descriptor)));
                if (before is not null)
                    known.Remove((listener.Before!, i));
            }

            List<Acceptor> gone = [];
            foreach (((Listener _, int home), Acceptor acceptor) in known)
            {
                if (home == i)
                    gone.Add(acceptor);
            }

            _takeovers[i] = new LoopTakeover(this, loop, [.. pairs], [.. gone], keptBefore)
            {
                Logger = needsLoggers ? _after.NewLogger() : null,
                Servers = _servers,
            };
        }
    }

    private void LoopDone()
    {
        if (Interlocked.Decrement(ref _loopsLeft) == 0)
            _run.Loops[0].Loop.Post(new FinishJob(this));
    }

    /// <summary>On loop 0: nobody accepts for the configuration before any more.</summary>
    private void Finish()
    {
        foreach (Frontend frontend in _after.Frontends)
            frontend.BeginWith(_before.FindFrontend(frontend.Name)?.LogLines ?? 0);
        _after.ControlFrontend.BeginWith(_before.ControlFrontend.LogLines);
        foreach (Listener listener in _after.Listeners)
            listener.CloseBefore();
        foreach (Listener listener in _after.ControlListeners)
            listener.CloseBefore();
        foreach (Listener listener in _before.ControlListeners)
            _before.CloseListener(listener);
        _finished?.Invoke();
        Drain.Watch(_run, _before);
    }

    private sealed class FinishJob(SetSuccession succession) : LoopJob
    {
        public override void Run(EventLoop loop) => succession.Finish();
    }

    /// <summary>The point of a loop's turn at which it changes over: what it accepts from here on is the new configuration's.</summary>
    private sealed class LoopTakeover(
        SetSuccession succession, ProxyLoop home, (Acceptor? Before, Acceptor After)[] pairs, Acceptor[] gone,
        HashSet<Listener> keptBefore) : LoopJob
    {
        /// <summary>Where longer lines need larger buffers; null: the loop's own goes on.</summary>
        public Logger? Logger { get; init; }

        public required ReloadedServers Servers { get; init; }

        public IEnumerable<Acceptor> After
        {
            get
            {
                foreach ((Acceptor? _, Acceptor after) in pairs)
                    yield return after;
            }
        }

        public override void Run(EventLoop loop)
        {
            if (Logger is not null)
            {
                home.Logger.Close();
                Logger.Attach(loop);
                home.Logger = Logger;
                succession._run.Loggers[loop.Index] = Logger;
            }

            succession._after.PrepareLogs(home.Logger);
            if (succession._after.CountsContinuously)
                home.ContinuousCounts.Start();
            foreach ((Acceptor? before, Acceptor after) in pairs)
            {
                if (before is not null)
                    after.Follow(before);
                else
                    after.Start();
            }

            foreach (Acceptor acceptor in gone)
            {
                if (keptBefore.Contains(acceptor.Listener))
                    acceptor.RetireAlone();
                else
                    acceptor.Retire();
            }

            foreach (Server server in Servers.Removed)
            {
                if (server.Idle.Length > 0)
                    server.Idle[loop.Index].CloseAll();
            }

            foreach ((Server server, bool _) in Servers.Changed)
            {
                if (server.Idle.Length == 0)
                    continue;
                IdleConnections idle = server.Idle[loop.Index];
                idle.CloseAll();
                idle.Reopen();
            }

            home.FollowReload();
            succession.LoopDone();
        }
    }
}
