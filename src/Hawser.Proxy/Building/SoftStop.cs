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
    private readonly ProxySet _set;
    private readonly ConfigModel _model;
    private readonly ProxyEvents _events;
    private readonly EventLoop _loop;
    private readonly Action _stopChecks;
    private readonly HashSet<ProxyConfig> _stopped = new(ReferenceEqualityComparer.Instance);
    private bool _isScheduled;

    /// <param name="stopChecks">Ends the health checks, when the listeners close.</param>
    public SoftStop(ProxySet set, ConfigModel model, ProxyEvents events, EventLoop loop, Action stopChecks)
    {
        _set = set;
        _model = model;
        _events = events;
        _loop = loop;
        _stopChecks = stopChecks;
    }

    /// <summary>Listeners that outlive the stop for a while: their loops stay.</summary>
    public int ListeningProxies { get; private set; }

    /// <summary>A second request changes nothing.</summary>
    public void Begin()
    {
        if (_isScheduled || _set.Process.IsStopping)
            return;
        _isScheduled = true;
        if (_model.Global.GraceMs is > 0 and int grace)
        {
            _events.StopScheduled(_set.GlobalLogging, grace);
            After(grace, () =>
            {
                _events.GraceExpired(_set.GlobalLogging);
                StopNow();
            });
            return;
        }

        StopNow();
    }

    private void StopNow()
    {
        if (_set.Process.IsStopping)
            return;
        _set.Process.IsStopping = true;
        foreach (ProxyConfig proxy in _model.Proxies)
        {
            if (!proxy.IsDisabled)
                StopWithGrace(proxy);
        }

        _stopChecks();
        _set.StopLoopsWhenEmpty();
        if (_model.Global.HardStopAfterMs is { } limit)
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
        _set.StopAccepting(proxy);
        long frontendSessions = 0;
        long backendSessions = 0;
        ProxyLogging? logging = null;
        foreach (Frontend frontend in _set.Frontends)
        {
            if (frontend.Config != proxy)
                continue;
            frontendSessions = TrafficCounters.Sum(frontend.Counters).Sessions;
            logging = frontend.Logging;
        }

        foreach (Backend backend in _set.Backends)
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
        _events.SoftStopTooLong(_set.GlobalLogging);
        foreach (Frontend frontend in _set.Frontends)
        {
            if (frontend.ActiveSessions > 0)
                _events.HardStopped(frontend.Config, frontend.Logging, frontend.ActiveSessions);
        }

        ListeningProxies = 0;
        _set.HardStop();
    }

    private void After(int milliseconds, Action action) =>
        _loop.SetTimer(new Later(action), _loop.Now.After(new Milliseconds(milliseconds)));

    private sealed class Later(Action action) : LoopTimer
    {
        public override void OnTimer(EventLoop loop) => action();
    }
}
