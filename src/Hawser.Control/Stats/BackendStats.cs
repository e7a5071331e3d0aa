using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;

namespace Hawser.Control.Stats;

/// <summary>The columns of a backend.</summary>
internal static class BackendStats
{
    public static StatLine Read(ProxySet set, Backend backend, EventLoop loop)
    {
        StatLine line = new(StatObject.Backend, 0, 0);
        Read(line, set, backend, loop);
        return line;
    }

    /// <summary>All columns, into a line that is used again and again.</summary>
    public static void Read(StatLine line, ProxySet set, Backend backend, EventLoop loop)
    {
        line.Begin(StatObject.Backend, backend.Config.Id, 0);
        Fill(line, set, backend, loop);
    }

    /// <inheritdoc cref="ServerStats.Read(StatLine, ProxySet, Server, EventLoop, StatField)"/>
    public static void Read(StatLine line, ProxySet set, Backend backend, EventLoop loop, StatField field)
    {
        CommonStats.Identify(line, backend.Name, "BACKEND");
        if (CounterColumns.TryFill(line, backend.Counters, field))
            return;
        line[field] = default;
        switch (field)
        {
            case StatField.SessionsNow or StatField.SessionsMaximum or StatField.SessionsLimit or StatField.QueueMaximum:
            case StatField.Rate or StatField.RateMaximum or StatField.DeniedRequests:
                Load(line, backend, loop.Now);
                break;
            case StatField.QueueTime or StatField.ConnectTime or StatField.ResponseTime or StatField.TotalTime:
            case StatField.QueueTimeMaximum or StatField.ConnectTimeMaximum or StatField.ResponseTimeMaximum or StatField.TotalTimeMaximum:
                CommonStats.Times(line, backend.Counters);
                break;
            case StatField.LastSession:
                line[field] = CommonStats.LastSession(backend.Counters, loop.WallClock);
                break;
            case StatField.QueueNow or StatField.Active or StatField.Backup or StatField.Status or StatField.Weight:
            case StatField.UserWeight:
                ReadServers(line, backend);
                break;
            case StatField.CheckDowns or StatField.LastChange or StatField.Downtime:
                History(line, set, backend, loop.Now);
                break;
            case StatField.AggregatedServerStatus or StatField.AggregatedServerCheckStatus or StatField.AggregatedCheckStatus:
                line[field] = 0;
                break;
            default:
                line.Clear();
                Fill(line, set, backend, loop);
                break;
        }
    }

    private static void Fill(StatLine line, ProxySet set, Backend backend, EventLoop loop)
    {
        ProxyConfig proxy = backend.Config;
        CommonStats.Name(line, proxy, "BACKEND");
        CounterColumns.Fill(line, proxy, backend.Counters, CounterColumns.Traffic);
        CounterColumns.Fill(line, proxy, backend.Counters, CounterColumns.Connecting);
        CounterColumns.Fill(line, proxy, backend.Counters, CounterColumns.Responses);
        CounterColumns.Fill(line, proxy, backend.Counters, CounterColumns.Content);
        CommonStats.Times(line, backend.Counters);
        line[StatField.LastSession] = CommonStats.LastSession(backend.Counters, loop.WallClock);
        Load(line, backend, loop.Now);
        line[StatField.Algorithm] = AlgorithmName(proxy.Balance);
        ReadServers(line, backend);
        History(line, set, backend, loop.Now);
        line[StatField.AggregatedServerStatus] = 0;
        line[StatField.AggregatedServerCheckStatus] = 0;
        line[StatField.AggregatedCheckStatus] = 0;
    }

    private static void Load(StatLine line, Backend backend, Instant now)
    {
        TrafficPeaks peaks = backend.Peaks;
        line[StatField.SessionsNow] = backend.ActiveSessions;
        line[StatField.SessionsMaximum] = peaks.Sessions.Value;
        line[StatField.SessionsLimit] = backend.FullConnections;
        line[StatField.QueueMaximum] = peaks.Queue.Value;
        line[StatField.Rate] = TrafficCounters.SessionsPerSecond(backend.Counters, now);
        line[StatField.RateMaximum] = peaks.SessionRate.Value;
        long denied = 0;
        foreach (TrafficCounters one in backend.Counters)
            denied += one.DeniedRequests;
        line[StatField.DeniedRequests] = denied;
        if (backend.Config is { Mode: ProxyMode.Http, Http.Cookie: { } cookie })
            line[StatField.Cookie] = cookie.Name;
    }

    private static bool IsUp(Backend backend) =>
        backend.UsableActive + backend.UsableBackups > 0 || backend.Servers.Length == 0;

    private static void ReadServers(StatLine line, Backend backend)
    {
        int weight = 0;
        int userWeight = 0;
        long attempts = 0;
        long streams = 0;
        long open = 0;
        foreach (TrafficCounters one in backend.Counters)
            attempts += one.Connections;
        backend.Gate.Enter();
        int active = backend.UsableActive;
        int backup = backend.UsableBackups;
        int queued = backend.TotalQueued;
        foreach (Server server in backend.Servers)
        {
            foreach (TrafficCounters one in server.Counters)
                streams += one.Sessions;

            open += server.ActiveSessions;
            foreach (IdleConnections idle in server.Idle)
                open += idle.Count;
            if (!server.InRotation)
                continue;
            weight += CommonStats.Weight(server);
            userWeight += server.Weight;
        }

        bool isUp = IsUp(backend);
        backend.Gate.Leave();
        line[StatField.ConnectionAttempts] = attempts;
        if (backend.Config.Mode == ProxyMode.Http)
            ModuleStats.Http1(line, backend.Counters, open, attempts, streams);
        line[StatField.QueueNow] = queued;
        line[StatField.Active] = active;
        line[StatField.Backup] = backup;
        line[StatField.Status] = (isUp, backend.IsUnpublished) switch
        {
            (true, false) => "UP",
            (false, false) => "DOWN",
            (true, true) => "UP (UNPUB)",
            (false, true) => "DOWN (UNPUB)",
        };
        line[StatField.Weight] = weight;
        line[StatField.UserWeight] = userWeight;
    }

    private static void History(StatLine line, ProxySet set, Backend backend, Instant now)
    {
        BackendHistory history = backend.History;
        long seconds = CommonStats.SecondsSince(history.LastChange, set.StartedAt, now);
        line[StatField.CheckDowns] = history.Falls;
        line[StatField.LastChange] = seconds;
        if (backend.Servers.Length > 0)
            line[StatField.Downtime] = (history.DownMs / 1000) + (IsUp(backend) ? 0 : seconds);
    }

    private static string AlgorithmName(BalanceConfig balance) => balance.Algorithm switch
    {
        BalanceAlgorithm.RoundRobin => "roundrobin",
        BalanceAlgorithm.StaticRoundRobin => "static-rr",
        BalanceAlgorithm.LeastConnections => "leastconn",
        BalanceAlgorithm.First => "first",
        BalanceAlgorithm.Source => "source",
        BalanceAlgorithm.Random => "random",
        BalanceAlgorithm.Uri => "uri",
        BalanceAlgorithm.UrlParameter => "url_param",
        BalanceAlgorithm.Header => "hdr",
        BalanceAlgorithm.RdpCookie => "rdp-cookie",
        BalanceAlgorithm.Hash => "hash",
        BalanceAlgorithm.LogHash => "log-hash",
        BalanceAlgorithm.Sticky => "sticky",
        _ => "unknown",
    };
}
