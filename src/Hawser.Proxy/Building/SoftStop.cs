using System;
using System.Collections.Generic;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Building;

/// <summary>
/// The way from SIGUSR1 to the end (manual, "grace" and "hard-stop-after"): the global grace passes, listeners close
/// (those of a proxy with a grace of its own later), and when time is up the sessions that are left are ended. All of
/// it on loop 0.
/// </summary>
internal sealed class SoftStop
{
    private readonly ProxyRuntime _run;
    private readonly ProxyEvents _events;
    private readonly EventLoop _loop;
    private readonly HashSet<ProxyConfig> _stopped = new(ReferenceEqualityComparer.Instance);
    private bool _isScheduled;

    public SoftStop(ProxyRuntime run, ProxyEvents events, EventLoop loop)
    {
        _run = run;
        _events = events;
        _loop = loop;
    }

    /// <summary>A stop is under way, or about to be: nothing else begins.</summary>
    public bool HasBegun => _isScheduled;

    private ProxySet Set => _run.Current;

    /// <summary>Listeners that outlive the stop for a while: their loops stay.</summary>
    public int ListeningProxies { get; private set; }

    /// <summary>A second request changes nothing.</summary>
    public void Begin()
    {
        if (_isScheduled || Set.Process.IsStopping)
            return;
        _isScheduled = true;
        if (Set.Model.Global.GraceMs is > 0 and int grace)
        {
            _events.StopScheduled(Set.GlobalLogging, grace);
            After(grace, () =>
            {
                _events.GraceExpired(Set.GlobalLogging);
                StopNow();
            });
            return;
        }

        StopNow();
    }

    private void StopNow()
    {
        if (Set.Process.IsStopping)
            return;
        Set.Process.IsStopping = true;
        foreach (ProxyConfig proxy in Set.Model.Proxies)
        {
            if (!proxy.IsDisabled)
                StopWithGrace(proxy);
        }

        _run.Checks?.Stop();
        _run.StopLoopsWhenEmpty();
        if (Set.Model.Global.HardStopAfterMs is { } limit)
            After(limit, HardStop);
    }

    private void StopWithGrace(ProxyConfig proxy)
    {
        if (proxy.GraceMs is not (> 0 and int grace) || !proxy.HasFrontend)
        {
            Stop(proxy);
            return;
        }

        ListeningProxies++;
        After(grace, () =>
        {
            ListeningProxies--;
            Stop(proxy);
        });
    }

    /// <summary>One proxy stops, while the process goes on.</summary>
    public void StopProxy(ProxyConfig proxy) => Stop(proxy);

    private void Stop(ProxyConfig proxy)
    {
        if (!_stopped.Add(proxy))
            return;
        _run.Frontends.Stop(proxy);
        long frontendSessions = 0;
        long backendSessions = 0;
        ProxyLogging? logging = null;
        foreach (Frontend frontend in Set.Frontends)
        {
            if (frontend.Config != proxy)
                continue;
            frontendSessions = TrafficCounters.Sum(frontend.Counters).Sessions;
            logging = frontend.Logging;
        }

        foreach (Backend backend in Set.Backends)
        {
            if (backend.Config != proxy)
                continue;
            backendSessions = TrafficCounters.Sum(backend.Counters).Sessions;
            logging ??= backend.Logging;
        }

        if (logging is not null)
            _events.Stopped(proxy, logging, frontendSessions, backendSessions);
    }

    private void HardStop()
    {
        _events.SoftStopTooLong(Set.GlobalLogging);
        foreach (Frontend frontend in Set.Frontends)
        {
            if (frontend.ActiveSessions > 0)
                _events.HardStopped(frontend.Config, frontend.Logging, frontend.ActiveSessions);
        }

        ListeningProxies = 0;
        _run.HardStop();
    }

    private void After(int milliseconds, Action action) =>
        _loop.SetTimer(new Later(action), _loop.Now.After(new Milliseconds(milliseconds)));

    private sealed class Later(Action action) : LoopTimer
    {
        public override void OnTimer(EventLoop loop) => action();
    }
}
