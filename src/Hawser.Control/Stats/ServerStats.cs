using Hawser.Base.Time;
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
        TrafficCounters sum = TrafficCounters.Sum(server.Counters);
        TrafficPeaks peaks = server.Peaks;
        StatLine line = new(StatObject.Server, server.Backend.Config.Id, server.Id);
        CommonStats.Name(line, server.Backend.Config, server.Name);
        CommonStats.Traffic(line, sum);
        CommonStats.Connecting(line, sum, loop.WallClock);
        CommonStats.Responses(line, server.Backend.Config, sum);
        ServerCheck? check = set.Checks?.CheckOf(server);
        Load(line, server);
        line[StatField.SessionsMaximum] = peaks.Sessions.Value;
        line[StatField.QueueMaximum] = peaks.Queue.Value;
        line[StatField.Rate] = TrafficCounters.SessionsPerSecond(server.Counters, loop.Now);
        line[StatField.RateMaximum] = peaks.SessionRate.Value;
        line[StatField.Weight] = CommonStats.Weight(server);
        line[StatField.UserWeight] = server.Weight;
        line[StatField.Active] = server.IsBackup ? 0 : 1;
        line[StatField.Backup] = server.IsBackup ? 1 : 0;
        line[StatField.Address] = AddressColumns.HostAndPort(server.Address);
        line[StatField.Status] = ServerStatusText.Of(set, server);
        line[StatField.LastChange] = CommonStats.SecondsSince(server.State.LastChange, set.StartedAt, loop.Now);
        if (server.State.Tracked is { } tracked)
            line[StatField.Tracked] = ServerStateMessages.Path(tracked);
        if (!server.SlowStartSince.IsNever)
            line[StatField.Throttle] = Throttle(server, loop.Now);
        if (server.Config.Cookie is { } cookie)
            line[StatField.Cookie] = cookie;
        line[StatField.ServerRevision] = 0;
        if (check is not null && !server.State.IsCheckDisabled)
            Check(line, set, check, loop.Now);
        return line;
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

    private static void Check(StatLine line, ProxySet set, ServerCheck check, Instant now)
    {
        Server server = check.Server;
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
