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
        StatLine line = new(StatObject.Frontend, 0, 0);
        Read(line, set, frontend, now);
        return line;
    }

    /// <summary>All columns, into a line that is used again and again.</summary>
    public static void Read(StatLine line, ProxySet set, Frontend frontend, Instant now)
    {
        line.Begin(StatObject.Frontend, frontend.Config.Id, 0);
        Fill(line, set, frontend, now);
    }

    /// <inheritdoc cref="ServerStats.Read(StatLine, ProxySet, Proxy.Backends.Server, Io.Loop.EventLoop, StatField)"/>
    public static void Read(StatLine line, ProxySet set, Frontend frontend, Instant now, StatField field)
    {
        CommonStats.Identify(line, frontend.Name, "FRONTEND");
        // In mode tcp, too, a frontend tells how many requests it had.
        if (field != StatField.Requests && CounterColumns.TryFill(line, frontend.Counters, field))
            return;
        line.Clear();
        Fill(line, set, frontend, now);
    }

    private static void Fill(StatLine line, ProxySet set, Frontend frontend, Instant now)
    {
        TrafficCounters sum = TrafficCounters.Sum(frontend.Counters);
        TrafficPeaks peaks = frontend.Peaks;
        CommonStats.Name(line, frontend.Config, "FRONTEND");
        CounterColumns.Fill(line, frontend.Config, frontend.Counters, CounterColumns.Traffic);
        CounterColumns.Fill(line, frontend.Config, frontend.Counters, CounterColumns.Responses);
        CounterColumns.Fill(line, frontend.Config, frontend.Counters, CounterColumns.Content);
        line[StatField.SessionsNow] = frontend.ActiveSessions;
        line[StatField.SessionsMaximum] = peaks.Sessions.Value;
        line[StatField.SessionsLimit] = frontend.MaximumSessions;
        line[StatField.DeniedRequests] = sum.DeniedRequests;
        line[StatField.RequestErrors] = sum.RequestErrors;
        line[StatField.Status] = Status(set, frontend);
        line[StatField.Rate] = TrafficCounters.SessionsPerSecond(frontend.Counters, now);
        line[StatField.RateLimit] = frontend.SessionRate?.Maximum ?? 0;
        line[StatField.RateMaximum] = peaks.SessionRate.Value;
        line[StatField.RequestRate] = TrafficCounters.RequestsPerSecond(frontend.Counters, now);
        line[StatField.RequestRateMaximum] = peaks.RequestRate.Value;
        line[StatField.Requests] = sum.Requests;
        line[StatField.ConnectionRate] = TrafficCounters.ConnectionsPerSecond(frontend.Counters, now);
        line[StatField.ConnectionRateMaximum] = peaks.ConnectionRate.Value;
        line[StatField.Connections] = sum.Connections;
        line[StatField.DeniedConnections] = sum.DeniedConnections;
        line[StatField.DeniedSessions] = sum.DeniedSessions;
        Versions(line, frontend.Config, sum);
        if (frontend.Config.Mode == ProxyMode.Http)
            ModuleStats.Http1(line, frontend.Counters, frontend.ActiveSessions, sum.Http1Sessions, sum.Requests);
    }

    private static void Versions(StatLine line, ProxyConfig proxy, TrafficCounters sum)
    {
        if (proxy.Mode == ProxyMode.Http)
            line[StatField.Intercepted] = sum.Intercepted;
        line[StatField.SessionsOther] = long.Max(0, sum.Sessions - sum.Http1Sessions - sum.Http2Sessions - sum.Http3Sessions);
        line[StatField.Http1Sessions] = sum.Http1Sessions;
        line[StatField.Http2Sessions] = sum.Http2Sessions;
        line[StatField.Http3Sessions] = sum.Http3Sessions;
        line[StatField.RequestsOther] = long.Max(0, sum.Requests - sum.Http1Requests - sum.Http2Requests - sum.Http3Requests);
        line[StatField.Http1Requests] = sum.Http1Requests;
        line[StatField.Http2Requests] = sum.Http2Requests;
        line[StatField.Http3Requests] = sum.Http3Requests;
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
