using System;
using System.Collections.Generic;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Control.Stats;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Control.Pages;

/// <summary>
/// What the dashboard shows, as server-sent events: one a second, as long as the client stays and no stop has begun. An
/// event is made an object at a time like any page, and tells of a limited number of them.
/// </summary>
internal sealed class DashboardEvents : ServiceWork
{
    private const int PeriodMs = 1000;

    /// <summary>Frontends, backends and servers of one event; "scope=" shows others.</summary>
    private const int ObjectsMaximum = 1000;

    private readonly PageContext _context;
    private readonly StatFilter _filter;
    private readonly EventLoop _loop;
    private readonly bool _isAdmin;
    private ProxySet _set;

    public DashboardEvents(PageContext context, StatFilter filter, EventLoop loop, bool isAdmin)
    {
        _context = context;
        _set = context.Set;
        _filter = filter;
        _loop = loop;
        _isAdmin = isAdmin;
        IsEndless = true;
        Closes = true;
        Fields = [new("cache-control", "no-cache"), new("content-type", "text/event-stream")];
    }

    public override IEnumerator<ServicePause> Write(ServiceBuffer output)
    {
        output.Write("retry: 2000\n\n");
        while (!_context.Set.Process.IsStopping)
        {
            // A reload comes between two events, not within one.
            _set = _context.Set;
            int left = ObjectsMaximum;
            int hidden = 0;
            output.Write("data: ");
            WriteProcess(output);
            bool isFirst = true;
            foreach (ProxyConfig proxy in _set.Model.Proxies)
            {
                if (proxy.IsDisabled || !_filter.Takes(proxy))
                    continue;
                if (left <= 0)
                {
                    hidden++;
                    continue;
                }

                output.Write(isFirst ? "{" : ",{");
                isFirst = false;
                BeginProxy(output, proxy);
                if (_set.FrontendOf(proxy) is { } frontend)
                {
                    left--;
                    WriteFrontend(output, frontend);
                }

                Backend? backend = _set.BackendOf(proxy);
                if (backend is not null)
                {
                    left--;
                    WriteBackend(output, backend);
                }

                output.Write(",\"servers\":[");
                yield return PageWork.Line;
                bool isFirstServer = true;
                foreach (Server server in backend?.Servers ?? [])
                {
                    if (!_filter.Takes(server) || left <= 0)
                        continue;
                    left--;
                    output.Write(isFirstServer ? "{" : ",{");
                    isFirstServer = false;
                    WriteServer(output, server);
                    output.Write('}');
                    yield return PageWork.Line;
                }

                output.Write("]}");
            }

            output.Write(']');
            Number(output, "hidden", hidden);
            output.Write("}\n\n");
            yield return new ServicePause(PeriodMs);
        }

        output.Write("event: stopping\ndata: {}\n\n");
    }

    private void WriteProcess(ServiceBuffer output)
    {
        ProcessState process = _set.Process;
        output.Write("{\"version\":");
        JsonStats.WriteText(output, _context.Facts.Version);
        output.Write(",\"node\":");
        JsonStats.WriteText(output, _set.Model.Global.Node ?? _context.Facts.Hostname);
        Number(output, "time", _loop.WallClock.Seconds);
        Number(output, "uptime", Math.Max(0, _loop.WallClock.Seconds - process.Started.Seconds));
        Number(output, "sessions", process.ActiveSessions);
        Number(output, "maxconn", process.MaximumSessions);
        Number(output, "rate", TrafficCounters.SessionsPerSecond(process.Rates, _loop.Now));
        Number(output, "idle", InfoSnapshot.IdlePercent(_set.Process, _loop));
        output.Write(",\"admin\":");
        output.Write(_isAdmin ? "true" : "false");
        output.Write(",\"proxies\":[");
    }

    private static void BeginProxy(ServiceBuffer output, ProxyConfig proxy)
    {
        output.Write("\"name\":");
        JsonStats.WriteText(output, proxy.Name);
        output.Write(",\"mode\":");
        JsonStats.WriteText(output, CommonStats.ModeName(proxy.Mode));
        Number(output, "id", proxy.Id);
    }

    private void WriteFrontend(ServiceBuffer output, Frontend frontend)
    {
        TrafficCounters sum = TrafficCounters.Sum(frontend.Counters);
        StatLine line = FrontendStats.Read(_set, frontend, _loop.Now);
        output.Write(",\"front\":{\"status\":");
        JsonStats.WriteText(output, line[StatField.Status].Text!);
        Column(output, "cur", line, StatField.SessionsNow);
        Column(output, "limit", line, StatField.SessionsLimit);
        Column(output, "rate", line, StatField.Rate);
        Column(output, "reqs", line, StatField.RequestRate);
        Number(output, "errors", sum.RequestErrors + sum.DeniedRequests + sum.DeniedConnections + sum.DeniedSessions + sum.InternalErrors);
        Responses(output, sum);
        Traffic(output, sum);
        Latencies(output, frontend.Counters);
        output.Write('}');
    }

    private void WriteBackend(ServiceBuffer output, Backend backend)
    {
        TrafficCounters sum = TrafficCounters.Sum(backend.Counters);
        StatLine line = BackendStats.Read(_set, backend, _loop);
        output.Write(",\"back\":{\"status\":");
        JsonStats.WriteText(output, line[StatField.Status].Text!);
        Column(output, "cur", line, StatField.SessionsNow);
        Column(output, "queue", line, StatField.QueueNow);
        Column(output, "rate", line, StatField.Rate);
        Column(output, "active", line, StatField.Active);
        Column(output, "backup", line, StatField.Backup);
        Number(output, "errors", sum.ConnectionErrors + sum.ResponseErrors + sum.InternalErrors);
        Responses(output, sum);
        Traffic(output, sum);
        Latencies(output, backend.Counters);
        output.Write('}');
    }

    private void WriteServer(ServiceBuffer output, Server server)
    {
        TrafficCounters sum = TrafficCounters.Sum(server.Counters);
        StatLine line = ServerStats.Read(_set, server, _loop);
        output.Write("\"name\":");
        JsonStats.WriteText(output, server.Name);
        output.Write(",\"status\":");
        JsonStats.WriteText(output, line[StatField.Status].Text!);
        output.Write(",\"check\":");
        JsonStats.WriteText(output, line[StatField.CheckStatus].Text ?? "");
        output.Write(",\"text\":");
        JsonStats.WriteText(output, line[StatField.LastCheck].Text ?? "");
        output.Write(server.IsBackup ? ",\"backup\":true" : ",\"backup\":false");
        Column(output, "cur", line, StatField.SessionsNow);
        Column(output, "limit", line, StatField.SessionsLimit);
        Column(output, "queue", line, StatField.QueueNow);
        Column(output, "rate", line, StatField.Rate);
        Column(output, "weight", line, StatField.Weight);
        Column(output, "since", line, StatField.LastChange);
        Number(output, "errors", sum.ConnectionErrors + sum.ResponseErrors + sum.InternalErrors);
        Responses(output, sum);
        Traffic(output, sum);
        Latencies(output, server.Counters);
        Timeline(output, server);
    }

    /// <summary>Pairs: how many seconds ago, and what it was from then on.</summary>
    private void Timeline(ServiceBuffer output, Server server)
    {
        output.Write(",\"timeline\":[");
        bool isFirst = true;
        foreach ((Instant since, ServerCondition condition) in server.State.Timeline.Changes)
        {
            output.Write(isFirst ? "[" : ",[");
            isFirst = false;
            output.Write(Math.Max(0, (_loop.Now - since).Value / 1000));
            output.Write(",\"");
            output.Write("UDRNM"[(int)condition]);
            output.Write("\"]");
        }

        output.Write("],\"now\":\"");
        output.Write("UDRNM"[(int)StateTimeline.Of(server)]);
        output.Write('"');
    }

    private static void Responses(ServiceBuffer output, TrafficCounters sum)
    {
        Number(output, "requests", sum.Requests > 0 ? sum.Requests : sum.Sessions);
        Number(output, "r4", sum.Responses[4]);
        Number(output, "r5", sum.Responses[5]);
    }

    private static void Traffic(ServiceBuffer output, TrafficCounters sum)
    {
        Number(output, "in", sum.RequestBytes);
        Number(output, "out", sum.ResponseBytes);
        Number(output, "lost", sum.RequestBytesLost + sum.ResponseBytesLost);
        Number(output, "unconfirmed", sum.RequestBytesUnconfirmed + sum.ResponseBytesUnconfirmed);
        Number(output, "lossy", sum.LossySessions);
    }

    /// <summary>Of about the last minute, in milliseconds; -1: there was nothing.</summary>
    private void Latencies(ServiceBuffer output, TrafficCounters[] counters)
    {
        Span<long> recent = stackalloc long[LatencyHistogram.Classes];
        _context.History.Recent(counters, TrafficCounters.SumOfLatencies(counters), _loop.Now, recent);
        Number(output, "p50", LatencyHistogram.Percentile(recent, 50));
        Number(output, "p95", LatencyHistogram.Percentile(recent, 95));
        Number(output, "p99", LatencyHistogram.Percentile(recent, 99));
    }

    private static void Column(ServiceBuffer output, string name, StatLine line, StatField field) => Number(output, name, line[field].Number);

    private static void Number(ServiceBuffer output, string name, long value)
    {
        output.Write(",\"");
        output.Write(name);
        output.Write("\":");
        output.Write(value);
    }
}
