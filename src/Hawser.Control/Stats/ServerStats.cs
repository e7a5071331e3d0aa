using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;
using Hawser.Proxy.Checks;

namespace Hawser.Control.Stats;

/// <summary>The columns of a server.</summary>
internal static class ServerStats
{
    public static StatLine Read(ProxySet set, Server server, Instant now)
    {
        ProxyConfig proxy = server.Backend.Config;
        TrafficCounters sum = TrafficCounters.Sum(server.Counters);
        StatLine line = new(StatObject.Server, proxy.Id, server.Id);
        CommonStats.Name(line, proxy, server.Name);
        CommonStats.Traffic(line, sum);
        CommonStats.Connecting(line, sum);
        line[StatField.SessionsTotal] = sum.Sessions;
        line[StatField.SessionsNow] = server.ActiveSessions;
        if (server.MaximumSessions > 0)
            line[StatField.SessionsLimit] = server.MaximumSessions;
        line[StatField.QueueNow] = server.QueueLength;
        if (server.MaximumQueue > 0)
            line[StatField.QueueLimit] = server.MaximumQueue;
        line[StatField.Weight] = CommonStats.Weight(server);
        line[StatField.UserWeight] = server.Weight;
        line[StatField.Active] = server.IsBackup ? 0 : 1;
        line[StatField.Backup] = server.IsBackup ? 1 : 0;
        line[StatField.Address] = AddressOf(server);
        line[StatField.Status] = ServerStatusText.Of(server, set.Checks?.CheckOf(server));
        if (server.State.Tracked is { } tracked)
            line[StatField.Tracked] = ServerStateMessages.Path(tracked);
        line[StatField.ServerRevision] = 0;
        line[StatField.InternalErrors] = 0;
        if (set.Checks?.CheckOf(server) is { } check)
            AddCheck(line, check);
        return line;
    }

    private static void AddCheck(StatLine line, ServerCheck check)
    {
        line[StatField.CheckFailures] = check.Failures;
        line[StatField.CheckDowns] = check.Server.State.Falls;
        line[StatField.CheckStatus] = check.IsUnderWay
            ? "* " + CheckStatuses.Code(check.Outcome.Status)
            : CheckStatuses.Code(check.Outcome.Status);
        line[StatField.CheckDescription] = CheckStatuses.Description(check.Outcome.Status);
        line[StatField.LastCheck] = CheckMessages.Information(check.Outcome);
        if (check.Outcome.Status > CheckStatus.HealthAnalyze)
            line[StatField.CheckDuration] = check.Outcome.DurationMs;
        line[StatField.CheckRise] = check.Health.Rise;
        line[StatField.CheckFall] = check.Health.Fall;
        line[StatField.CheckHealth] = check.Health.Health;
    }

    private static string AddressOf(Server server) => server.Address.Family switch
    {
        SocketAddresses.UnixFamily => "unix",
        SocketAddresses.UnspecifiedFamily => "",
        _ => SocketAddresses.ToNetworkAddress(server.Address, unixListenerId: 0).ToString(),
    };
}
