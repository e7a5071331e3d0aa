using System;
using System.Collections.Generic;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Io.Sockets;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;
using Hawser.Proxy.Checks;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Streams;

namespace Hawser.Control.Stats;

/// <summary>
/// Reads the counters and states of proxies into lines, one object at a time, so that a large configuration is never
/// copied whole. On loop 0: states of servers change there only.
/// </summary>
public sealed class StatsSnapshot
{
    private readonly ProxySet _set;
    private readonly EventLoop _loop;
    private readonly StatLine _line = new(StatObject.Frontend, 0, 0);

    public StatsSnapshot(ProxySet set, EventLoop loop)
    {
        _set = set;
        _loop = loop;
    }

    /// <summary>
    /// The objects of all proxies in the order of the configuration, and of HAProxy's output. It is one line for all of them:
    /// each is gone when the next one is asked for.
    /// </summary>
    public IEnumerable<StatLine> Lines(StatFilter filter)
    {
        foreach (ProxyConfig proxy in _set.Model.Proxies)
        {
            if (proxy.IsDisabled || !filter.Takes(proxy))
                continue;
            foreach (StatLine line in Lines(filter, proxy))
                yield return line;
        }
    }

    /// <summary>The objects of one proxy, as above.</summary>
    public IEnumerable<StatLine> Lines(StatFilter filter, ProxyConfig proxy)
    {
        Frontend? frontend = _set.FrontendOf(proxy);
        Backend? backend = _set.BackendOf(proxy);
        if (frontend is not null && filter.Takes(StatObject.Frontend, 0))
            yield return Of(frontend);
        if (frontend is not null && proxy.Options.SocketStatistics)
        {
            foreach (Listener listener in _set.Listeners)
            {
                if (listener.Frontend == frontend && filter.Takes(StatObject.Listener, listener.Id))
                    yield return Of(listener);
            }
        }

        foreach (Server server in backend?.Servers ?? [])
        {
            if (filter.Takes(StatObject.Server, server.Id) && filter.Takes(server))
                yield return Of(server);
        }

        if (backend is not null && filter.Takes(StatObject.Backend, 0))
            yield return Of(backend);
    }

    private StatLine Of(Frontend frontend)
    {
        FrontendStats.Read(_line, _set, frontend, _loop.Now);
        return _line;
    }

    private StatLine Of(Backend backend)
    {
        BackendStats.Read(_line, _set, backend, _loop);
        return _line;
    }

    private StatLine Of(Server server)
    {
        ServerStats.Read(_line, _set, server, _loop);
        return _line;
    }

    private StatLine Of(Listener listener)
    {
        ListenerStats.Read(_line, listener);
        return _line;
    }
}
