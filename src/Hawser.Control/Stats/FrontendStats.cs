using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Building;
using Hawser.Proxy.Streams;

namespace Hawser.Control.Stats;

/// <summary>The columns of a frontend.</summary>
internal static class FrontendStats
{
    public static StatLine Read(ProxySet set, Frontend frontend, Instant now)
    {
        ProxyConfig proxy = frontend.Config;
        TrafficCounters sum = TrafficCounters.Sum(frontend.Counters);
        StatLine line = new(StatObject.Frontend, proxy.Id, 0);
        CommonStats.Name(line, proxy, "FRONTEND");
        CommonStats.Traffic(line, sum);
        line[StatField.SessionsNow] = frontend.ActiveSessions;
        line[StatField.SessionsLimit] = frontend.MaximumSessions;
        line[StatField.SessionsTotal] = sum.Sessions;
        line[StatField.DeniedRequests] = sum.Denied;
        line[StatField.DeniedResponses] = 0;
        line[StatField.RequestErrors] = 0;
        line[StatField.Status] = Status(set, frontend);
        line[StatField.RateLimit] = frontend.SessionRate?.Maximum ?? 0;
        line[StatField.Connections] = sum.Connections;
        line[StatField.InternalErrors] = 0;
        return line;
    }

    private static string Status(ProxySet set, Frontend frontend)
    {
        if (set.Process.IsStopping)
            return "STOP";
        return frontend.ActiveSessions >= frontend.MaximumSessions ? "FULL" : "OPEN";
    }
}
