using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Threading;
using Hawser.Base.Random;
using Hawser.Base.Time;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Printing;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Io.Buffers;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Io.Sockets;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Checks;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Building;

/// <summary>
/// Everything that serves one configuration: loops, listeners, frontends, backends. Bound once, run once. The methods
/// that change its course (<see cref="SoftStop"/> and its kin) are called on loop 0.
/// </summary>
public sealed class ProxySet
{
    private const int DefaultBufferBytes = 16 * 1024;
    private const int DefaultPipeBytes = 256 * 1024;
    private const int DefaultAcceptsPerTurn = 4;
    private const int DefaultHttpRewriteBytes = 1024;
    private const int DefaultHttpHeaders = 101;
    private const int DefaultHttpLogUriBytes = 1024;

    private ConfigModel _model;
    private Backend[] _backends = [];
    private readonly ProxySettings _settings;
    private readonly BuildErrors _errors;
    private readonly ProxyRuntime _run;
    private Dictionary<string, Frontend>? _frontendsByName;

    /// <summary>By the object itself: pages over thousands of proxies look each of them up.</summary>
    private readonly Lazy<Dictionary<ProxyConfig, Frontend>> _frontendsByConfig;
    private Lazy<Dictionary<ProxyConfig, Backend>> _backendsByConfig;

    /// <param name="running">The set whose place this one is to take; null at a start.</param>
    internal ProxySet(ConfigModel model, ProxySettings settings, BuildErrors errors, ProxySet? running)
    {
        _model = model;
        _settings = settings;
        _errors = errors;
        _frontendsByConfig = new(() => Index(Frontends!, static frontend => frontend.Config));
        _backendsByConfig = IndexOfBackends();
        _run = running?._run ?? new ProxyRuntime
        {
            Current = this,
            Process = new ProcessState
            {
                Started = settings.Kernel.WallClock(),
                ConnectionRate = Rate(model.Global.MaxConnectionRate),
                SessionRate = Rate(model.Global.MaxSessionRate),
                Variables = LimitsOf(model.Global.Tuning),
                Rates = TrafficCounters.PerLoop(settings.Loops),
            },
        };
    }

    public required Frontend[] Frontends { get; init; }

    /// <summary>In the order of the configuration, then those that an operator has added.</summary>
    public required Backend[] Backends
    {
        get => Volatile.Read(ref _backends);
        init => _backends = value;
    }

    /// <summary>What names of backends are looked up in while it serves.</summary>
    public required BackendDirectory Directory { get; init; }

    public required Listener[] Listeners { get; init; }

    /// <summary>The name under which HAProxy's messages speak of the "stats socket" lines.</summary>
    public required Frontend ControlFrontend { get; init; }

    /// <summary>The "stats socket" lines: opened with the others, served by whoever <see cref="ControlStopped"/> belongs to.</summary>
    public required Listener[] ControlListeners { get; init; }

    /// <summary>Told on loop 0 that <see cref="IsPaused"/> has changed.</summary>
    public Action? ControlFollowsPause
    {
        get => _run.ControlFollowsPause;
        set => _run.ControlFollowsPause = value;
    }

    /// <summary>Between SIGTTOU and SIGTTIN.</summary>
    public bool IsPaused => _run.IsPaused;

    /// <summary>Called on loop 0 when a stop begins: from then on no client of the runtime API is taken.</summary>
    public Action? ControlStopped
    {
        get => _run.ControlStopped;
        set => _run.ControlStopped = value;
    }

    public required LogProcess LogProcess { get; init; }

    /// <summary>Where the process's own messages go.</summary>
    public required ProxyLogging GlobalLogging { get; init; }

    /// <summary>The configuration's patterns, maps and variables, and what the runtime API compiles with.</summary>
    public required CompileContext Expressions { get; init; }

    public ProcessState Process => _run.Process;

    public ConfigModel Model => _model;

    /// <summary>On the loops' clock.</summary>
    /// <summary>What state files say of servers: it counts from the start on, before the first session.</summary>
    public IReadOnlyList<(Server Server, RestoredState State)> Restored { get; set; } = [];

    public Instant StartedAt => _run.StartedAt;

    /// <summary>The configuration as lines, where somebody has had it made.</summary>
    public ConfigurationText? Text { get; set; }

    /// <summary>Backends whose name the running configuration has too; empty at a start.</summary>
    internal BackendChange[] Changes { get; set; } = [];

    /// <summary>What "set-var" lines that are new say; null when that is done.</summary>
    internal Action? SetVariables { get; set; }

    /// <summary>Called on loop 0 when a reload has replaced it and its last session has ended.</summary>
    public Action<EventLoop>? Drained { get; set; }

    /// <summary>Ends the sessions that go by this very configuration, on every loop.</summary>
    public void KillOwnSessions(TerminationCause cause)
    {
        foreach (ProxyLoop loop in _run.Loops)
            loop.Loop.Post(new KillOfSet(loop, this, cause));
    }

    internal bool Has(Frontend frontend) => FindFrontend(frontend.Name) == frontend;

    internal ProxyRuntime Runtime => _run;

    /// <summary>"option contstats" of some frontend.</summary>
    internal bool CountsContinuously => Array.Exists(Frontends, static frontend => frontend.Config.Options.ContinuousStatistics);

    internal ProxySettings Settings => _settings;

    internal BuildErrors Errors => _errors;

    /// <summary>Its listeners by what makes a socket another one.</summary>
    internal Dictionary<string, Listener> Sockets => ByKey(Listeners);

    /// <summary>As <see cref="Sockets"/>, of the "stats socket" lines.</summary>
    internal Dictionary<string, Listener> SocketsOfControl => ByKey(ControlListeners);

    /// <summary>Sessions that still go by this very configuration.</summary>
    public int OwnSessions
    {
        get
        {
            int count = 0;
            foreach (Frontend frontend in Frontends)
                count += frontend.OwnSessions;
            return count;
        }
    }

    /// <summary>A stop is under way, or about to be.</summary>
    public bool IsStopping => _run.SoftStop.HasBegun || Process.IsStopping;

    internal Backend? FindBackend(string name) => Directory.Find(name);

    /// <summary>One more backend, at the end; on loop 0, while no reload is under way.</summary>
    /// <param name="backend">Null when it is switched off.</param>
    internal void Add(ProxyConfig config, Backend? backend)
    {
        _model = _model with { Proxies = _model.Proxies.Add(config) };
        Text = null;
        if (backend is null)
            return;
        Volatile.Write(ref _backends, [.. _backends, backend]);
        _backendsByConfig = IndexOfBackends();
        Directory.Add(backend);
    }

    /// <summary>A backend leaves; on loop 0, while no reload is under way.</summary>
    internal void Remove(Backend backend)
    {
        Directory.Remove(backend);
        _model = _model with { Proxies = _model.Proxies.RemoveAll(proxy => ReferenceEquals(proxy, backend.Config)) };
        Volatile.Write(ref _backends, Array.FindAll(_backends, other => other != backend));
        Text = null;
        _backendsByConfig = IndexOfBackends();
    }

    private Lazy<Dictionary<ProxyConfig, Backend>> IndexOfBackends() => new(() => Index(Backends, static backend => backend.Config));

    internal Frontend? FindFrontend(string name) => (_frontendsByName ??= FrontendsByName()).GetValueOrDefault(name);

    /// <summary>The checks and the states of servers; null until <see cref="Start"/>.</summary>
    public CheckRunner? Checks => _run.Checks;

    /// <summary>Null for a proxy that has none.</summary>
    public Frontend? FrontendOf(ProxyConfig proxy) => _frontendsByConfig.Value.GetValueOrDefault(proxy);

    /// <summary>Null for a proxy that has none.</summary>
    public Backend? BackendOf(ProxyConfig proxy) => _backendsByConfig.Value.GetValueOrDefault(proxy);

    private static Dictionary<ProxyConfig, T> Index<T>(T[] all, Func<T, ProxyConfig> config)
    {
        Dictionary<ProxyConfig, T> index = new(all.Length, ReferenceEqualityComparer.Instance);
        foreach (T one in all)
            index.TryAdd(config(one), one);
        return index;
    }

    /// <summary>Empty until <see cref="TryBind"/>.</summary>
    public ReadOnlySpan<ProxyLoop> Loops => _run.Loops;

    private ProxyLoop FirstLoop => _run.Loops[0];

    /// <summary>Listening sockets that <see cref="TryBind"/> will have open.</summary>
    public int ListeningSockets
    {
        get
        {
            int count = 0;
            foreach (Listener listener in Listeners)
                count += listener.Shards;
            return count;
        }
    }

    /// <summary>
    /// Makes the loops and opens all listeners. False: <see cref="BuildErrors"/> says which could not be, and why.
    /// </summary>
    /// <param name="maximumSessions">Global "maxconn", configured or computed from the descriptor limit.</param>
    /// <param name="maximumPipes">Pipes for splicing in the whole process.</param>
    public bool TryBind(int maximumSessions, int maximumPipes)
    {
        ApplyLimits(maximumSessions);
        Logger[] loggers = new Logger[_settings.Loops];
        for (int i = 0; i < loggers.Length; i++)
        {
            loggers[i] = NewLogger();
            PrepareLogs(loggers[i]);
        }

        _run.Loggers = loggers;
        _run.Events = new ProxyEvents(loggers, _settings.Print);
        _run.Admission = new AdmissionControl(Process, _run.Events);
        _run.Loops = new ProxyLoop[_settings.Loops];
        for (int i = 0; i < _run.Loops.Length; i++)
            _run.Loops[i] = BuildLoop(i, loggers[i], Math.Max(1, maximumPipes / _run.Loops.Length));

        Process.ControlLoop = FirstLoop.Loop;
        Process.Loads = Array.ConvertAll(_run.Loops, static loop => loop.Loop.Load);
        PrepareIdleConnections();
        _run.SoftStop = new SoftStop(_run, _run.Events, FirstLoop.Loop);
        ListenerBinder binder = Binder();
        bool isBound = true;
        foreach (Listener listener in Listeners)
            isBound &= binder.TryBind(listener, listener.Shards);
        foreach (Listener listener in ControlListeners)
            isBound &= binder.TryBind(listener, shards: 1);
        _settings.Handed?.CloseRest();
        return isBound;
    }

    /// <summary>Serves until stopped: loop 0 on the calling thread, the others on theirs.</summary>
    /// <inheritdoc cref="Start" path="/param"/>
    public void Run(ReadyHandler? control, int controlDescriptor)
    {
        Start(control, controlDescriptor);
        List<Thread> threads = [];
        for (int i = 1; i < _run.Loops.Length; i++)
        {
            EventLoop loop = _run.Loops[i].Loop;
            Thread thread = new(loop.Run) { Name = $"hawser/{i}", IsBackground = true };
            threads.Add(thread);
            thread.Start();
        }

        _run.Loops[0].Loop.Run();
        foreach (Thread thread in threads)
            thread.Join();
        foreach (ProxyLoop loop in _run.Loops)
            loop.Logger.Detach();
        _run.Current.CloseListeners();
    }

    /// <summary>
    /// Puts everything to work but the loops themselves: from here on each turn of a loop serves. <see cref="Run"/>
    /// gives every loop its thread; a simulation takes the turns itself.
    /// </summary>
    /// <param name="control">Watched by loop 0 while it runs: the process's signals; null for none.</param>
    /// <param name="controlDescriptor">What <paramref name="control"/> reads.</param>
    public void Start(ReadyHandler? control, int controlDescriptor)
    {
        _run.StartedAt = FirstLoop.Loop.Now;
        foreach (ProxyLoop loop in _run.Loops)
            loop.Logger.Attach(loop.Loop);
        foreach (Backend backend in Backends)
            backend.Start();
        _run.Checks = CheckRunner.Start(
            FirstLoop.Loop,
            Backends,
            _model.Global,
            new Prng(_settings.Seed ^ 0x636865636b73),
            new ServerEvents(_run.Events, _settings.Print),
            new ServerSessionKiller(_run));
        foreach ((Server server, RestoredState state) in Restored)
            _run.Checks.Restore(server, state);
        Restored = [];
        if (control is not null)
            FirstLoop.Loop.Watch(controlDescriptor, WatchMode.LevelRead, control);
        List<Acceptor> acceptors = [];
        foreach (ProxyLoop loop in _run.Loops)
        {
            if (CountsContinuously)
                loop.ContinuousCounts.Start();
            foreach (Listener listener in Listeners)
            {
                if (listener.IsFor(loop.Loop.Index))
                    acceptors.Add(BuildAcceptor(listener, loop));
            }
        }

        _run.Acceptors = [.. acceptors];
        _run.Admission.SetAcceptors(_run.Acceptors);
        foreach (Acceptor acceptor in _run.Acceptors)
            acceptor.Start();
    }

    /// <summary>
    /// Closes what is still open once all loops have ended. A process that ends leaves that to the kernel; one that
    /// goes on must not.
    /// </summary>
    public void Close()
    {
        _run.Current.CloseListeners();
        foreach (ProxyLoop loop in _run.Loops)
        {
            _run.Current.CloseIdleConnections(loop.Loop);
            loop.Pipes.CloseAll();
            loop.Logger.Close();
            loop.Loop.Close();
            loop.Loop.Buffers.Dispose();
        }
    }

    /// <summary>Closes the listeners, after a grace if there is one; the loops end when the last session has.</summary>
    public void SoftStop() => _run.SoftStop.Begin();

    /// <summary>Ends the loops at once: the kernel closes what is open when the process ends, as with HAProxy.</summary>
    public void StopNow()
    {
        foreach (ProxyLoop loop in _run.Loops)
            loop.Loop.RequestStop();
    }

    /// <summary>Ends all sessions, then the loops.</summary>
    public void HardStop()
    {
        Process.IsStopping = true;
        _run.WaitsForControl = false;
        foreach (Acceptor acceptor in _run.Acceptors)
            OnLoop(acceptor, static acceptor => acceptor.Stop());
        foreach (ProxyLoop loop in _run.Loops)
            loop.Loop.Post(new KillAll(loop));
        StopLoopsWhenEmpty();
    }

    /// <summary>SIGTTOU: nobody can connect until <see cref="Resume"/>; the ports stay ours.</summary>
    public void Pause()
    {
        if (_run.IsPaused)
            return;
        _run.IsPaused = true;
        foreach (Frontend frontend in Frontends)
            Pause(frontend);
        if (ControlListeners.Length == 0)
            return;
        ControlFollowsPause?.Invoke();
        _run.Events.PausedControl(ControlFrontend);
    }

    public void Resume()
    {
        if (!_run.IsPaused)
            return;
        _run.IsPaused = false;
        foreach (Frontend frontend in Frontends)
            Resume(frontend);
        if (ControlListeners.Length == 0)
            return;
        ControlFollowsPause?.Invoke();
        _run.Events.ResumedControl(ControlFrontend);
    }

    /// <summary>Nobody can connect to it until <see cref="Resume(Frontend)"/>; its ports stay ours.</summary>
    public void Pause(Frontend frontend)
    {
        if (frontend.State != FrontendState.Listening)
            return;
        frontend.State = FrontendState.Paused;
        OnLoops(frontend, static acceptor => acceptor.Pause());
        foreach (Listener listener in Listeners)
        {
            if (listener.Frontend == frontend)
                ListenerPause.Pause(_settings.Kernel, listener);
        }

        _run.Events.Paused(frontend);
    }

    /// <returns>False when a port could not be listened to again: it stays paused.</returns>
    public bool Resume(Frontend frontend)
    {
        if (frontend.State != FrontendState.Paused)
            return true;
        bool isListening = true;
        foreach (Listener listener in Listeners)
        {
            if (listener.Frontend == frontend)
                isListening &= ListenerPause.TryResume(_settings.Kernel, listener);
        }

        if (!isListening)
            return false;
        frontend.State = FrontendState.Listening;
        OnLoops(frontend, static acceptor => acceptor.Start());
        _run.Events.Resumed(frontend);
        return true;
    }

    /// <summary>"shutdown frontend": its ports are free; its sessions go on.</summary>
    public void Shutdown(Frontend frontend)
    {
        if (frontend.State != FrontendState.Stopped)
            _run.SoftStop.StopProxy(frontend.Config);
    }

    /// <summary>To the logs of the global section; on loop 0.</summary>
    public void Announce(SyslogLevel level, string text) => _run.Events.Tell(GlobalLogging, level, text);

    /// <summary>A limit of the process or of a frontend was raised.</summary>
    public void LimitsRaised() => _run.Admission.LimitsRaised();

    private void OnLoops(Frontend frontend, Action<Acceptor> action)
    {
        foreach (Acceptor acceptor in _run.Acceptors)
        {
            if (acceptor.Frontend == frontend)
                OnLoop(acceptor, action);
        }
    }

    /// <summary>Ends sessions of one server on every loop.</summary>
    public void KillSessions(Server server, TerminationCause cause)
    {
        foreach (ProxyLoop loop in _run.Loops)
            loop.Loop.Post(new KillOfServer(loop, server, cause));
    }

    /// <summary>Closes the listeners of one proxy.</summary>
    internal void StopAccepting(ProxyConfig proxy)
    {
        if (FrontendOf(proxy) is not { } frontend)
            return;
        frontend.State = FrontendState.Stopped;
        OnLoops(frontend, static acceptor => acceptor.Stop());
    }

    /// <summary>Each loop ends as soon as nothing is left to do in the process.</summary>
    internal void StopLoopsWhenEmpty()
    {
        ControlStopped?.Invoke();
        ControlStopped = null;
        foreach (ProxyLoop loop in _run.Loops)
        {
            loop.Loop.Post(new LetIdleGo(loop));
            loop.Loop.Post(new StopWhenEmpty(this, loop));
        }
    }

    private void CloseIdleConnections(EventLoop loop)
    {
        foreach (Backend backend in Backends)
        {
            foreach (Server server in backend.Servers)
            {
                if (server.Idle.Length > 0) server.Idle[loop.Index].CloseAll();
            }
        }
    }

    /// <summary>Where a server has none yet.</summary>
    internal void PrepareIdleConnections()
    {
        bool isShared = _run.Loops.Length > 1 && _model.Global.Http.IdlePoolSharing != IdlePoolSharing.Off;
        foreach (Backend backend in Backends)
        {
            if (backend.Protocol is null) continue;
            foreach (Server server in backend.Servers)
            {
                if (server.Idle.Length > 0) continue;
                server.Idle = new IdleConnections[_run.Loops.Length];
                for (int i = 0; i < _run.Loops.Length; i++)
                    server.Idle[i] = new IdleConnections(server, _run.Loops[i].Loop, _run.Loops[i].Spares, isShared);
            }
        }
    }

    /// <summary>Any number: has the hash of answers differ from what else is made of the process's seed.</summary>
    private const ulong AnswerSeed = 0xA24BAED4963EE407;

    private ProxyLoop BuildLoop(int index, Logger logger, int pipes)
    {
        Kernel kernel = _settings.Kernel;
        TuningConfig tuning = _model.Global.Tuning;
        int blocks = tuning.BuffersLimit is { } limit and > 0 ? Math.Max(4, limit / _settings.Loops) : int.MaxValue;
        EventLoop loop = new(index, kernel, new BufferPool(tuning.BufferSizeBytes ?? DefaultBufferBytes, blocks, _settings.Poison),
            tuning.MaxPollEvents is > 0 and int events ? events : EventLoop.DefaultEventsPerTurn)
        {
            IsBusyPolling = _model.Global.BusyPolling,
        };
        return new ProxyLoop
        {
            Loop = loop,
            Pipes = new PipePool(
                kernel, tuning.PipeSizeBytes ?? DefaultPipeBytes, pipes),
            Process = Process,
            Logger = logger,
            Samples = new SessionLogSource(
                new SessionLogRecord(), LogProcess, new Scratch(tuning.BufferSizeBytes ?? DefaultBufferBytes))
            {
                Kernel = kernel,
                Answers = new AnswerCache(
                    tuning.PatternCacheEntries ?? AnswerCache.DefaultCapacity, new Prng(_settings.Seed ^ AnswerSeed).NextUInt64()),
            },
            Exchanges = new ExchangePool(
                // HAProxy counts the head's end as one of them.
                Math.Max(1, (_model.Global.Http.MaxHeaders ?? DefaultHttpHeaders) - 1), loop.Buffers.BlockBytes,
                _model.Global.Http.LogUriBytes ?? DefaultHttpLogUriBytes)
            {
                RewriteBytes = Math.Min(_model.Global.Http.MaxRewriteBytes ?? DefaultHttpRewriteBytes, loop.Buffers.BlockBytes / 2),
            },
            Limits = _run.Events,
            Debug = _settings.DebugPrint is { } print ? new DebugEvents(print) : null,
            Random = new Prng(_settings.Seed + (ulong)index),
            IdentitySeed = new Prng(~_settings.Seed).NextUInt64(),
        };
    }

    private Acceptor BuildAcceptor(Listener listener, ProxyLoop loop) =>
        BuildAcceptor(listener, loop, listener.Descriptors[listener.Acceptors % listener.Descriptors.Length]);

    internal Acceptor BuildAcceptor(Listener listener, ProxyLoop loop, int descriptor)
    {
        int accepts = _model.Global.Tuning.MaxAccept is { } most and > 0 ? most : DefaultAcceptsPerTurn;
        return new Acceptor(listener, descriptor, loop, _run.Admission, accepts)
        {
            Frontend = listener.Frontend,
            Counters = listener.Counters,
            ExpectsProxyHeader = listener.Config.AcceptProxy,
            MaySplice = !_model.Global.NoSplice && !_settings.NoSplice,
            UnixId = (uint)listener.Id,
            ListenerDescriptor = descriptor,
            GivenName = Encoding.UTF8.GetBytes(listener.Config.Name ?? ""),
            ReadsPerTurn = TurnShare.ReadsFor(listener.Config.Nice),
            Name = Encoding.UTF8.GetBytes(listener.Config.Name ?? listener.Id.ToString(CultureInfo.InvariantCulture)),
        };
    }

    internal Logger NewLogger() => new(_settings.Kernel, LogProcess, LogSendFailed);

    internal ListenerBinder Binder() =>
        new(_settings.Kernel, _model.Global, !_model.Global.NoReusePort && !_settings.NoReusePort, _errors, _settings.Handed);

    internal void PrepareLogs(Logger logger)
    {
        logger.Prepare(GlobalLogging);
        foreach (Frontend frontend in Frontends)
            logger.Prepare(frontend.Logging);
        foreach (Backend backend in Backends)
            logger.Prepare(backend.Logging);
    }

    private void ApplyLimits(int maximumSessions)
    {
        Process.MaximumSessions = maximumSessions;
        LimitFrontends(maximumSessions);
        foreach (Backend backend in Backends)
            backend.FullConnections = FullConnectionsOf(backend);
    }

    /// <summary>Before they listen.</summary>
    internal void LimitFrontends(int maximumSessions)
    {
        foreach (Frontend frontend in Frontends)
            frontend.MaximumSessions = frontend.Config.MaxConnections ?? _settings.DefaultFrontendSessions ?? maximumSessions;
    }

    /// <summary>"fullconn", after <see cref="LimitFrontends"/>.</summary>
    internal int FullConnectionsOf(Backend backend) => backend.Config.FullConnections ?? DefaultFullConnections(backend);

    /// <summary>manual, "fullconn": a tenth of the sum of the maxconn of all frontends that may branch to the backend.</summary>
    private int DefaultFullConnections(Backend backend)
    {
        long sum = 0;
        foreach (Frontend frontend in Frontends)
        {
            if (frontend.DefaultBackend == backend || frontend.Rules?.MayChoose(backend) == true)
                sum += frontend.MaximumSessions;
        }

        return (int)Math.Clamp((sum + 9) / 10, 1, int.MaxValue);
    }

    private void LogSendFailed(LogTarget target, KernelError error) =>
        _settings.Print(Severity.Alert, $"sendmsg()/writev() failed in logger #{target.Number}: {KernelErrorText.Of(error)} (errno={(int)error})");

    private void CloseListeners()
    {
        foreach (Listener listener in Listeners)
            CloseListener(listener);
        foreach (Listener listener in ControlListeners)
            CloseListener(listener);
    }

    internal void CloseListener(Listener listener)
    {
        foreach (int descriptor in listener.Descriptors)
            _settings.Kernel.Close(descriptor);
        listener.Descriptors = [];
    }

    private static VariableLimits LimitsOf(TuningConfig tuning) => new(
        tuning.VariablesGlobalBytes ?? 0,
        tuning.VariablesProcessBytes ?? 0,
        tuning.VariablesSessionBytes ?? 0,
        tuning.VariablesTransactionBytes ?? 0,
        tuning.VariablesRequestBytes ?? 0);

    private static Dictionary<string, Listener> ByKey(Listener[] listeners)
    {
        Dictionary<string, Listener> sockets = new(StringComparer.Ordinal);
        foreach (Listener listener in listeners)
        {
            // One that "shutdown frontend" has closed has none to hand on.
            if (listener.Descriptors.Length > 0)
                sockets[SocketSignature.Key(listener)] = listener;
        }

        return sockets;
    }

    private Dictionary<string, Frontend> FrontendsByName()
    {
        Dictionary<string, Frontend> frontends = new(StringComparer.Ordinal);
        foreach (Frontend frontend in Frontends)
            frontends.TryAdd(frontend.Name, frontend);
        return frontends;
    }

    internal static RateMeter? Rate(int? perSecond) => perSecond is > 0 and int limit ? new RateMeter(limit) : null;

    internal static void OnLoop(Acceptor acceptor, Action<Acceptor> action) =>
        acceptor.HomeLoop.Post(new AcceptorCommand(acceptor, action));

    private sealed class AcceptorCommand(Acceptor acceptor, Action<Acceptor> action) : LoopJob
    {
        public override void Run(EventLoop loop) => action(acceptor);
    }

    private sealed class LetIdleGo(ProxyLoop home) : LoopJob
    {
        public override void Run(EventLoop loop) => home.CloseIdle();
    }

    private sealed class KillAll(ProxyLoop home) : LoopJob
    {
        public override void Run(EventLoop loop) => home.Kill(ofServer: null, TerminationCause.Killed);
    }

    private sealed class KillOfServer(ProxyLoop home, Server server, TerminationCause cause) : LoopJob
    {
        public override void Run(EventLoop loop) => home.Kill(server, cause);
    }

    private sealed class KillOfSet(ProxyLoop home, ProxySet set, TerminationCause cause) : LoopJob
    {
        public override void Run(EventLoop loop)
        {
            Session? session = home.FirstSession;
            while (session is not null)
            {
                Session? next = session.NextSession;
                if (set.Has(session.Frontend)) session.Kill(cause);
                session = next;
            }
        }
    }

    /// <summary>
    /// During a stop: ends its loop as soon as no session is left in the process. Sessions of one loop may be released
    /// by another one's slots, so a loop stays until all are done.
    /// </summary>
    private sealed class StopWhenEmpty(ProxySet set, ProxyLoop home) : LoopJob
    {
        public override void Run(EventLoop loop)
        {
            bool isControlled = set._run.WaitsForControl && set.Process.ControlConnections > 0;
            if (set.Process.ActiveSessions == 0 && !isControlled && set._run.SoftStop.ListeningProxies == 0)
                loop.RequestStop();
            else
                new StopTimer(this).Start(home.Loop);
        }
    }

    private sealed class StopTimer(LoopJob job) : LoopTimer
    {
        private static readonly Milliseconds s_period = new(10);

        public void Start(EventLoop loop) => loop.SetTimer(this, loop.Now.After(s_period));

        public override void OnTimer(EventLoop loop) => loop.Schedule(job);
    }
}
