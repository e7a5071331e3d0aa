using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Linq;
using System.Text;
using Hawser.Base.Network;
using Hawser.Config.Model;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Checks;

namespace Hawser.Control.Stats;

/// <summary>One line of a state file (management manual, "show servers state", version 1), checked against its server.</summary>
internal static class ServerStateColumns
{
    private const int PortMaximum = 65535;
    private const int Running = 2;
    private const int Stopping = 3;
    private const int ForcedMaintenance = 1;
    private const int ConfiguredMaintenance = 4;
    private const int ForcedDrain = 8;
    private const int CheckConfigured = 2;
    private const int CheckEnabled = 4;

    /// <summary>Where a number stands, the words of its complaint, and the largest one.</summary>
    private static readonly (int Place, string Name, int Maximum)[] s_numbers =
    [
        (5, "srv_op_state", Stopping),
        (6, "srv_admin_state", 0x7f),
        (7, "srv_uweight", 256),
        (8, "srv_iweight", 256),
        (10, "srv_check_status", 31),
        (11, "srv_check_result", 4),
        (12, "srv_check_health", int.MaxValue),
        (13, "srv_check_state", 0x1f),
        (14, "srv_agent_state", 0x1f),
        (15, "bk_f_forced_id", 1),
        (16, "srv_f_forced_id", 1),
        (18, "srv_port", PortMaximum),
    ];

    /// <returns>Null when something in it is wrong, which has been said.</returns>
    public static RestoredState? Read(Server server, string[] columns, Action<string> warn)
    {
        int[] numbers = new int[columns.Length];
        string problems = "";
        foreach ((int place, string name, int maximum) in s_numbers)
        {
            if (place == 10 && !TrySeconds(columns[9], out _))
                problems += $", invalid srv_last_time_change value '{columns[9]}'";
            if (!int.TryParse(columns[place], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[place]) || numbers[place] > maximum)
                problems += $", invalid {name} value '{columns[place]}'";
        }

        string path = $"'{server.Backend.Name}/{server.Name}'";
        if (problems.Length > 0)
        {
            warn($"server-state application failed for server {path}{problems}");
            return null;
        }

        _ = TrySeconds(columns[9], out long seconds);
        int state = numbers[5];
        int check = numbers[13];
        bool hasChecks = server.Config.Check.IsEnabled;
        bool isEnabled = (check & CheckEnabled) != 0;
        CheckTargetChange target = Target(server, columns);
        if (target != default && !(hasChecks && isEnabled))
        {
            warn($"server-state partially applied for server {path}, health checks are not enabled on this server");
            target = default;
        }

        return new RestoredState
        {
            Health = state >= Stopping ? ServerHealth.Stopping : state > 0 ? ServerHealth.Up : ServerHealth.Down,
            IsStarting = state is > 0 and < Running,
            Administration = Administration(server, numbers[6]),
            Weight = numbers[8] == server.Config.Weight ? numbers[7] : null,
            Endpoint = Endpoint(server, columns[4], numbers[18]),
            SecondsSinceChange = seconds,
            CheckHealth = numbers[12],
            IsCheckDisabled = hasChecks && (check & CheckConfigured) != 0 && !isEnabled,
            CheckStatus = hasChecks ? Status(numbers[10]) : null,
            CheckTarget = target,
        };
    }

    /// <summary>As HAProxy reads it: what begins with digits is a number.</summary>
    private static bool TrySeconds(string text, out long seconds)
    {
        string digits = string.Concat(text.TakeWhile(char.IsAsciiDigit));
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) && seconds <= int.MaxValue;
    }

    /// <summary>
    /// Maintenance that the line of the configuration asked for lasts as long as the line asks for it, unless an operator
    /// had ended it.
    /// </summary>
    private static ServerAdministration Administration(Server server, int bits)
    {
        int maintenance = bits & (ForcedMaintenance | ConfiguredMaintenance);
        if (server.Config.IsDisabled && maintenance != ConfiguredMaintenance)
            return ServerAdministration.ForcedMaintenance;
        ServerAdministration found = maintenance == ForcedMaintenance ? ServerAdministration.ForcedMaintenance : ServerAdministration.None;
        if ((bits & ForcedDrain) != 0)
            found |= ServerAdministration.ForcedDrain;
        return found;
    }

    /// <summary>
    /// The port always, the address where the configuration has a name and "init-addr" asks the file first: an address that
    /// is written in the configuration stays.
    /// </summary>
    private static ServerEndpoint? Endpoint(Server server, string host, int port)
    {
        ServerEndpoint endpoint = server.Endpoint;
        SocketAddress address = endpoint.Address;
        bool isNamed = server.Config.Address.Kind == AddressKind.HostName
            && (server.Config.InitAddress.IsDefaultOrEmpty || server.Config.InitAddress[0].Method == InitAddressMethod.Last);
        if (isNamed && NetworkAddress.TryParse(Encoding.Latin1.GetBytes(host), out NetworkAddress found))
        {
            int before = AddressColumns.Port(address);
            address = SocketAddresses.From(found);
            SetPort(ref address, before > 0 ? before : server.Config.Address.PortLow);
        }

        if (!endpoint.UsesClientPort && port > 0 && address.Family is SocketAddresses.IPv4Family or SocketAddresses.IPv6Family)
            SetPort(ref address, port);
        return endpoint with { Address = address };
    }

    private static void SetPort(ref SocketAddress address, int port) =>
        BinaryPrimitives.WriteUInt16BigEndian(address.Bytes[2..], (ushort)port);

    /// <summary>Where an operator sent the checks, in the columns that came with 2.4.</summary>
    private static CheckTargetChange Target(Server server, string[] columns)
    {
        const int Port = 21;
        const int Host = 22;
        if (columns.Length <= Host)
            return default;
        SocketAddress? address = NetworkAddress.TryParse(Encoding.Latin1.GetBytes(columns[Host]), out NetworkAddress found)
            ? SocketAddresses.From(found)
            : null;
        bool hasPort = int.TryParse(columns[Port], NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= PortMaximum;
        int usual = server.Config.Check.Port ?? AddressColumns.Port(server.ConfiguredEndpoint.Address);
        return new CheckTargetChange(address, hasPort && port != usual ? port : null);
    }

    private static CheckStatus? Status(int number) => number switch
    {
        3 => CheckStatus.HealthAnalyze,
        4 => CheckStatus.SocketError,
        6 => CheckStatus.Layer4Passed,
        7 => CheckStatus.Layer4Timeout,
        8 => CheckStatus.Layer4Problem,
        _ => null,
    };
}
