using System;
using System.Collections.Generic;
using System.Threading;
using Hawser.Base.Time;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Printing;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Checks;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Building;

/// <summary>
/// Everything that serves one configuration: listeners, frontends, backends, and what is looked up in them.
/// <see cref="Runtime"/> runs it.
/// </summary>
public sealed class ProxySet
{
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

    /// <summary>The "stats socket" lines: opened with the others, served by whoever <see cref="ProxyRuntime.ControlStopped"/> belongs to.</summary>
    public required Listener[] ControlListeners { get; init; }

    public required LogProcess LogProcess { get; init; }

    /// <summary>Where the process's own messages go.</summary>
    public required ProxyLogging GlobalLogging { get; init; }

    /// <summary>The configuration's patterns, maps and variables, and what the runtime API compiles with.</summary>
    public required CompileContext Expressions { get; init; }

    public ProcessState Process => _run.Process;

    public ConfigModel Model => _model;

    /// <summary>What state files say of servers: it counts from the start on, before the first session.</summary>
    public IReadOnlyList<(Server Server, RestoredState State)> Restored { get; set; } = [];

    /// <summary>On the loops' clock.</summary>
    public Instant StartedAt => _run.StartedAt;

    /// <summary>The configuration as lines, where somebody has had it made.</summary>
    public ConfigurationText? Text { get; set; }

    /// <summary>Backends whose name the running configuration has too; empty at a start.</summary>
    internal BackendChange[] Changes { get; set; } = [];

    /// <summary>What "set-var" lines that are new say; null when that is done.</summary>
    internal Action? SetVariables { get; set; }

    /// <summary>Called on loop 0 when a reload has replaced it and its last session has ended.</summary>
    public Action<EventLoop>? Drained { get; set; }

    internal bool Has(Frontend frontend) => FindFrontend(frontend.Name) == frontend;

    /// <summary>What runs it.</summary>
    public ProxyRuntime Runtime => _run;

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
                count += frontend.Room.Own;
            return count;
        }
    }

    /// <summary>A stop is under way, or about to be.</summary>
    public bool IsStopping => _run.Stopping.HasBegun || Process.IsStopping;

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

    /// <summary>The checks and the states of servers; null until <see cref="ProxyRuntime.Start"/>.</summary>
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

    /// <summary>Empty until <see cref="ProxyRuntime.TryBind"/>.</summary>
    public ReadOnlySpan<ProxyLoop> Loops => _run.Loops;

    /// <summary>Listening sockets that <see cref="ProxyRuntime.TryBind"/> will have open.</summary>
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

    internal void CloseIdleConnections(EventLoop loop)
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
        HttpGlobalConfig http = _model.Global.Http;
        _run.Descriptors ??= new DescriptorShare(Array.ConvertAll(_run.Loops, static loop => loop.Loop));
        _run.Descriptors.Limit(_run.DescriptorsMaximum, http.PoolLowFdPercent, http.PoolHighFdPercent);
        bool isShared = _run.Loops.Length > 1 && _model.Global.Http.IdlePoolSharing != IdlePoolSharing.Off;
        foreach (Backend backend in Backends)
        {
            if (backend.Protocol is null) continue;
            foreach (Server server in backend.Servers)
            {
                if (server.Idle.Length > 0) continue;
                server.Idle = new IdleConnections[_run.Loops.Length];
                for (int i = 0; i < _run.Loops.Length; i++)
                    server.Idle[i] = new IdleConnections(server, _run.Loops[i].Loop, _run.Loops[i].Spares, isShared, _run.Descriptors);
            }
        }
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

    internal void ApplyLimits(int maximumSessions)
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

    internal void CloseListeners()
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
}
