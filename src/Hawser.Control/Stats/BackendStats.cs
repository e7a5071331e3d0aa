using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;

namespace Hawser.Control.Stats;

/// <summary>The columns of a backend.</summary>
internal static class BackendStats
{
    public static StatLine Read(ProxySet set, Backend backend, Instant now)
    {
        ProxyConfig proxy = backend.Config;
        TrafficCounters sum = TrafficCounters.Sum(backend.Counters);
        StatLine line = new(StatObject.Backend, proxy.Id, 0);
        CommonStats.Name(line, proxy, "BACKEND");
        CommonStats.Traffic(line, sum);
        CommonStats.Connecting(line, sum);
        line[StatField.SessionsNow] = backend.ActiveSessions;
        line[StatField.SessionsLimit] = backend.FullConnections;
        line[StatField.SessionsTotal] = sum.Sessions;
        line[StatField.DeniedRequests] = sum.Denied;
        line[StatField.InternalErrors] = 0;
        line[StatField.Algorithm] = AlgorithmName(proxy.Balance);
        backend.Gate.Enter();
        line[StatField.QueueNow] = backend.TotalQueued;
        line[StatField.Active] = backend.UsableActive;
        line[StatField.Backup] = backend.UsableBackups;
        bool isUp = backend.UsableActive + backend.UsableBackups > 0 || backend.Servers.Length == 0;
        int weight = 0;
        int userWeight = 0;
        foreach (Server server in backend.Servers)
        {
            if (!server.IsUsable || server.IsBackup != (backend.UsableActive == 0))
                continue;
            weight += CommonStats.Weight(server);
            userWeight += server.Weight;
        }

        backend.Gate.Leave();
        line[StatField.Status] = isUp ? "UP" : "DOWN";
        line[StatField.Weight] = weight;
        line[StatField.UserWeight] = userWeight;
        line[StatField.AggregatedServerStatus] = 0;
        line[StatField.AggregatedServerCheckStatus] = 0;
        line[StatField.AggregatedCheckStatus] = 0;
        return line;
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
