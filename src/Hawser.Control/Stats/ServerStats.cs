using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;
using Hawser.Proxy.Checks;

namespace Hawser.Control.Stats;

/// <summary>The columns of a server.</summary>
internal static class ServerStats
{
    public static StatLine Read(ProxySet set, Server server, EventLoop loop)
    {
        StatLine line = new(StatObject.Server, 0, 0);
        Read(line, set, server, loop);
        return line;
    }

    /// <summary>All columns, into a line that is used again and again.</summary>
    public static void Read(StatLine line, ProxySet set, Server server, EventLoop loop)
    {
        line.Begin(StatObject.Server, server.Backend.Config.Id, server.Id);
        Fill(line, set, server, loop);
    }

    /// <summary>One column, and perhaps its neighbours, into a line that is used again and again.</summary>
    public static void Read(StatLine line, ProxySet set, Server server, EventLoop loop, StatField field)
    {
        CommonStats.Identify(line, server.Backend.Name, server.Name);
        if (CounterColumns.TryFill(line, server.Counters, field))
            return;
        line[field] = default;
        switch (field)
        {
            case StatField.SessionsNow or StatField.QueueNow or StatField.SessionsLimit or StatField.QueueLimit:
            case StatField.IdleConnections or StatField.IdleConnectionsLimit or StatField.UnsafeIdleConnections:
            case StatField.SafeConnections or StatField.PrivateIdleConnections or StatField.UsedConnections or StatField.NeededConnections:
                Load(line, server);
                break;
            case StatField.QueueTime or StatField.ConnectTime or StatField.ResponseTime or StatField.TotalTime:
            case StatField.QueueTimeMaximum or StatField.ConnectTimeMaximum or StatField.ResponseTimeMaximum or StatField.TotalTimeMaximum:
                CommonStats.Times(line, server.Counters);
                break;
            case StatField.LastSession:
                line[field] = CommonStats.LastSession(server.Counters, loop.WallClock);
                break;
            case StatField.SessionsMaximum or StatField.QueueMaximum or StatField.Rate or StatField.RateMaximum:
                Peaks(line, server, loop.Now);
                break;
            case StatField.Weight or StatField.UserWeight or StatField.Active or StatField.Backup or StatField.Throttle:
            case StatField.LastChange or StatField.Status:
                State(line, set, server, loop.Now);
                break;
            case StatField.CheckStatus or StatField.CheckCode or StatField.CheckDuration or StatField.CheckFailures:
            case StatField.CheckDowns or StatField.Downtime:
                line[StatField.CheckStatus] = default;
                Check(line, set, server, loop.Now);
                break;
            default:
                line.Clear();
                Fill(line, set, server, loop);
                break;
        }
    }

    private static void Fill(StatLine line, ProxySet set, Server server, EventLoop loop)
    {
        ProxyConfig proxy = server.Backend.Config;
        CommonStats.Name(line, proxy, server.Name);
        CounterColumns.Fill(line, proxy, server.Counters, CounterColumns.Traffic);
        CounterColumns.Fill(line, proxy, server.Counters, CounterColumns.Connecting);
        CounterColumns.Fill(line, proxy, server.Counters, CounterColumns.Responses);
        CommonStats.Times(line, server.Counters);
        line[StatField.LastSession] = CommonStats.LastSession(server.Counters, loop.WallClock);
        Load(line, server);
        Peaks(line, server, loop.Now);
        State(line, set, server, loop.Now);
        line[StatField.Address] = AddressColumns.HostAndPort(server.Address);
        if (server.State.Tracked is { } tracked)
            line[StatField.Tracked] = ServerStateMessages.Path(tracked);
        if (server.Config.Cookie is { } cookie)
            line[StatField.Cookie] = cookie;
        line[StatField.ServerRevision] = 0;
        Check(line, set, server, loop.Now);
    }

    private static void Peaks(StatLine line, Server server, Instant now)
    {
        TrafficPeaks peaks = server.Peaks;
        line[StatField.SessionsMaximum] = peaks.Sessions.Value;
        line[StatField.QueueMaximum] = peaks.Queue.Value;
        line[StatField.Rate] = TrafficCounters.SessionsPerSecond(server.Counters, now);
        line[StatField.RateMaximum] = peaks.SessionRate.Value;
    }

    private static void State(StatLine line, ProxySet set, Server server, Instant now)
    {
        line[StatField.Weight] = CommonStats.Weight(server);
        line[StatField.UserWeight] = server.Weight;
        line[StatField.Active] = server.IsBackup ? 0 : 1;
        line[StatField.Backup] = server.IsBackup ? 1 : 0;
        line[StatField.Status] = ServerStatusText.Of(set, server);
        line[StatField.LastChange] = CommonStats.SecondsSince(server.State.LastChange, set.StartedAt, now);
        if (!server.SlowStartSince.IsNever)
            line[StatField.Throttle] = Throttle(server, now);
    }

    private static void Load(StatLine line, Server server)
    {
        server.Backend.Gate.Enter();
        int active = server.ActiveSessions;
        int queued = server.QueueLength;
        server.Backend.Gate.Leave();
        line[StatField.SessionsNow] = active;
        line[StatField.QueueNow] = queued;
        if (server.MaximumSessions > 0)
            line[StatField.SessionsLimit] = server.MaximumSessions;
        if (server.MaximumQueue > 0)
            line[StatField.QueueLimit] = server.MaximumQueue;
        int idle = 0;
        foreach (IdleConnections perLoop in server.Idle)
            idle += perLoop.Count;
        int used = server.Idle.Length > 0 ? active : 0;
        if (server.Config.PoolMaxConnections >= 0)
            line[StatField.IdleConnectionsLimit] = server.Config.PoolMaxConnections;
        line[StatField.IdleConnections] = idle;
        line[StatField.UnsafeIdleConnections] = 0;
        line[StatField.SafeConnections] = idle;
        line[StatField.PrivateIdleConnections] = 0;
        line[StatField.UsedConnections] = used;
        line[StatField.NeededConnections] = used + idle;
    }

    private static long Throttle(Server server, Instant now) =>
        long.Clamp((now - server.SlowStartSince).Value * 100 / server.Config.SlowStartMs, 1, 99);

    private static void Check(StatLine line, ProxySet set, Server server, Instant now)
    {
        if (server.State.IsCheckDisabled || set.Checks?.CheckOf(server) is not { } check)
            return;
        CheckOutcome outcome = check.Outcome;
        bool isDown = !server.IsUp || server.IsInMaintenance;
        long seconds = CommonStats.SecondsSince(server.State.LastChange, set.StartedAt, now);
        line[StatField.CheckFailures] = check.Failures;
        line[StatField.CheckDowns] = server.State.Falls;
        line[StatField.Downtime] = (server.State.DownMs / 1000) + (isDown ? seconds : 0);
        // In maintenance its checks pause, and HAProxy says nothing of them.
        if (server.IsInMaintenance)
            return;
        string code = CheckStatuses.Code(outcome.Status);
        line[StatField.CheckStatus] = check.IsUnderWay ? "* " + code : code;
        line[StatField.CheckDescription] = CheckStatuses.Description(outcome.Status);
        line[StatField.LastCheck] = CheckMessages.Information(outcome);
        if (outcome.DurationMs >= 0)
            line[StatField.CheckDuration] = outcome.DurationMs;
        line[StatField.CheckRise] = check.Health.Rise;
        line[StatField.CheckFall] = check.Health.Fall;
        line[StatField.CheckHealth] = check.Health.Health;
    }
}
