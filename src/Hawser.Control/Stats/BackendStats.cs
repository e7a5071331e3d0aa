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
        TrafficCounters sum = TrafficCounters.Sum(backend.Counters);
        TrafficPeaks peaks = backend.Peaks;
        StatLine line = new(StatObject.Backend, backend.Config.Id, 0);
        CommonStats.Name(line, backend.Config, "BACKEND");
        CommonStats.Traffic(line, sum);
        CommonStats.Connecting(line, sum, loop.WallClock);
        CommonStats.Responses(line, backend.Config, sum);
        CommonStats.Content(line, backend.Config, sum);
        line[StatField.SessionsNow] = backend.ActiveSessions;
        line[StatField.SessionsMaximum] = peaks.Sessions.Value;
        line[StatField.SessionsLimit] = backend.FullConnections;
        line[StatField.QueueMaximum] = peaks.Queue.Value;
        line[StatField.Rate] = TrafficCounters.SessionsPerSecond(backend.Counters, loop.Now);
        line[StatField.RateMaximum] = peaks.SessionRate.Value;
        line[StatField.DeniedRequests] = sum.DeniedRequests;
        if (backend.Config is { Mode: ProxyMode.Http, Http.Cookie: { } cookie })
            line[StatField.Cookie] = cookie.Name;
        line[StatField.Algorithm] = AlgorithmName(backend.Config.Balance);
        bool isUp = ReadServers(line, backend, sum);
        History(line, set, backend, isUp, loop.Now);
        line[StatField.AggregatedServerStatus] = 0;
        line[StatField.AggregatedServerCheckStatus] = 0;
        line[StatField.AggregatedCheckStatus] = 0;
        return line;
    }

    /// <returns>Whether it has a server.</returns>
    private static bool ReadServers(StatLine line, Backend backend, TrafficCounters sum)
    {
        int weight = 0;
        int userWeight = 0;
        long attempts = 0;
        long streams = 0;
        long open = 0;
        backend.Gate.Enter();
        int active = backend.UsableActive;
        int backup = backend.UsableBackups;
        int queued = backend.TotalQueued;
        foreach (Server server in backend.Servers)
        {
            foreach (TrafficCounters one in server.Counters)
            {
                attempts += one.Connections;
                streams += one.Sessions;
            }

            open += server.ActiveSessions;
            foreach (IdleConnections idle in server.Idle)
                open += idle.Count;
            if (!server.InRotation)
                continue;
            weight += CommonStats.Weight(server);
            userWeight += server.Weight;
        }

        backend.Gate.Leave();
        bool isUp = active + backup > 0 || backend.Servers.Length == 0;
        line[StatField.ConnectionAttempts] = attempts;
        if (backend.Config.Mode == ProxyMode.Http)
            ModuleStats.Http1(line, sum, open, attempts, streams);
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
        return isUp;
    }

    private static void History(StatLine line, ProxySet set, Backend backend, bool isUp, Instant now)
    {
        BackendHistory history = backend.History;
        long seconds = CommonStats.SecondsSince(history.LastChange, set.StartedAt, now);
        line[StatField.CheckDowns] = history.Falls;
        line[StatField.LastChange] = seconds;
        if (backend.Servers.Length > 0)
            line[StatField.Downtime] = (history.DownMs / 1000) + (isUp ? 0 : seconds);
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
