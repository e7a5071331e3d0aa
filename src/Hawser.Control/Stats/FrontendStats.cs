using Hawser.Base.Time;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Building;
using Hawser.Proxy.Streams;

namespace Hawser.Control.Stats;

/// <summary>The columns of a frontend.</summary>
internal static class FrontendStats
{
    public static StatLine Read(ProxySet set, Frontend frontend, Instant now)
    {
        TrafficCounters sum = TrafficCounters.Sum(frontend.Counters);
        TrafficPeaks peaks = frontend.Peaks;
        StatLine line = new(StatObject.Frontend, frontend.Config.Id, 0);
        CommonStats.Name(line, frontend.Config, "FRONTEND");
        CommonStats.Traffic(line, sum);
        CommonStats.Responses(line, sum);
        CommonStats.Content(line, sum);
        line[StatField.SessionsNow] = frontend.ActiveSessions;
        line[StatField.SessionsMaximum] = peaks.Sessions.Value;
        line[StatField.SessionsLimit] = frontend.MaximumSessions;
        line[StatField.DeniedRequests] = sum.DeniedRequests;
        line[StatField.RequestErrors] = sum.RequestErrors;
        line[StatField.Status] = Status(set, frontend);
        line[StatField.Rate] = TrafficCounters.SessionRateOf(frontend.Counters, now);
        line[StatField.RateLimit] = frontend.SessionRate?.Maximum ?? 0;
        line[StatField.RateMaximum] = peaks.SessionRate.Value;
        line[StatField.RequestRate] = TrafficCounters.RequestRateOf(frontend.Counters, now);
        line[StatField.RequestRateMaximum] = peaks.RequestRate.Value;
        line[StatField.Requests] = sum.Http?.Requests ?? 0;
        line[StatField.ConnectionRate] = TrafficCounters.ConnectionRateOf(frontend.Counters, now);
        line[StatField.ConnectionRateMaximum] = peaks.ConnectionRate.Value;
        line[StatField.Connections] = sum.Connections;
        line[StatField.DeniedConnections] = sum.DeniedConnections;
        line[StatField.DeniedSessions] = sum.DeniedSessions;
        Versions(line, sum);
        return line;
    }

    private static void Versions(StatLine line, TrafficCounters sum)
    {
        HttpCounters? http = sum.Http;
        if (http is not null)
            line[StatField.Intercepted] = http.Intercepted;
        long known = http is null ? 0 : http.Http1Sessions + http.Http2Sessions + http.Http3Sessions;
        line[StatField.SessionsOther] = long.Max(0, sum.Sessions - known);
        line[StatField.Http1Sessions] = http?.Http1Sessions ?? 0;
        line[StatField.Http2Sessions] = http?.Http2Sessions ?? 0;
        line[StatField.Http3Sessions] = http?.Http3Sessions ?? 0;
        long requests = http is null ? 0 : http.Http1Requests + http.Http2Requests + http.Http3Requests;
        line[StatField.RequestsOther] = http is null ? 0 : long.Max(0, http.Requests - requests);
        line[StatField.Http1Requests] = http?.Http1Requests ?? 0;
        line[StatField.Http2Requests] = http?.Http2Requests ?? 0;
        line[StatField.Http3Requests] = http?.Http3Requests ?? 0;
    }

    private static string Status(ProxySet set, Frontend frontend)
    {
        if (set.Process.IsStopping || frontend.State == FrontendState.Stopped)
            return "STOP";
        if (frontend.State == FrontendState.Paused)
            return "PAUSED";
        return frontend.ActiveSessions >= frontend.MaximumSessions ? "FULL" : "OPEN";
    }
}
