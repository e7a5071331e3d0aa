using System.Globalization;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;
using Hawser.Proxy.Checks;

namespace Hawser.Control.Stats;

/// <summary>The lines of "show servers state", which are those of a state file (management manual, "show servers state").</summary>
public static class ServerStateLines
{
    public const string Version = "1";

    public const string Head =
        "# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change "
        + "srv_check_status srv_check_result srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id "
        + "srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port";

    private const int CheckUnderWay = 1;
    private const int CheckConfigured = 2;
    private const int CheckEnabled = 4;
    private const int CheckPaused = 8;

    public static string Of(ProxySet set, Server server, Instant now)
    {
        ServerCheck? check = set.Checks?.CheckOf(server);
        ProxyConfig backend = server.Backend.Config;
        int health = server.IsInMaintenance ? 0 : check?.Health.Health ?? 0;
        // What an operator or the line says; 0 where it is the server's own.
        int checkPort = check?.Target.Port ?? check?.Server.Config.Check.Port ?? 0;
        string checkAddress = check?.Target.Address is { } moved ? AddressColumns.Host(moved) : "-";
        bool hasName = server.Config.Address.Kind == AddressKind.HostName;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{backend.Id} {backend.Name} {server.Id} {server.Name} {AddressColumns.Host(server.Address)} {OperationalState(server)} "
            + $"{AdministrativeState(server)} {server.Weight} {server.Config.Weight} "
            + $"{CommonStats.SecondsSince(server.State.LastChange, set.StartedAt, now)} {CheckStatusNumber(check)} "
            + $"{CheckResult(check)} {health} {CheckState(server, check)} 0 {(backend.ExplicitId is null ? 0 : 1)} "
            + $"{(server.Config.ExplicitId is null ? 0 : 1)} {(hasName ? server.Config.Address.Host : "-")} "
            + $"{AddressColumns.Port(server)} - 0 {checkPort} {checkAddress} - 0");
    }

    /// <summary>0 stopped, 1 starting, 2 running, 3 stopping.</summary>
    private static int OperationalState(Server server)
    {
        if (!server.IsUp || server.IsInMaintenance)
            return 0;
        if (server.IsStopping)
            return 3;
        return server.SlowStartSince.IsNever ? 2 : 1;
    }

    private static int AdministrativeState(Server server)
    {
        ServerAdministration state = server.State.Administration;
        int bits = 0;
        if ((state & ServerAdministration.ForcedMaintenance) != 0)
            bits |= 1;
        if ((state & ServerAdministration.Configured) != 0)
            bits |= 4;
        if ((state & ServerAdministration.InheritedMaintenance) != 0)
            bits |= 2;
        if ((state & ServerAdministration.ForcedDrain) != 0)
            bits |= 8;
        if ((state & ServerAdministration.InheritedDrain) != 0)
            bits |= 0x10;
        return server.IsInMaintenance && (state & ServerAdministration.Maintenance) == 0 ? bits | 0x20 : bits;
    }

    private static int CheckStatusNumber(ServerCheck? check) => check?.Outcome.Status switch
    {
        CheckStatus.HealthAnalyze => 3,
        CheckStatus.SocketError => 4,
        CheckStatus.Layer4Passed => 6,
        CheckStatus.Layer4Timeout => 7,
        CheckStatus.Layer4Problem => 8,
        _ => 1,
    };

    private static int CheckResult(ServerCheck? check) => check?.Outcome.Status switch
    {
        null or CheckStatus.Initializing => 0,
        CheckStatus.Layer4Passed => 3,
        _ => 2,
    };

    private static int CheckState(Server server, ServerCheck? check)
    {
        if (check is null)
            return server.Config.IsDisabled ? CheckPaused : 0;
        int state = CheckConfigured;
        if (!server.State.IsCheckDisabled)
            state |= CheckEnabled;
        if (server.IsInMaintenance)
            state |= CheckPaused;
        return check.IsUnderWay ? state | CheckUnderWay : state;
    }
}
