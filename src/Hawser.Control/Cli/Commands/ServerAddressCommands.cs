using System.Buffers.Binary;
using System.Globalization;
using Hawser.Base.Network;
using Hawser.Control.Stats;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Checks;

namespace Hawser.Control.Cli.Commands;

/// <summary>"set server … addr", "check-addr", "check-port".</summary>
internal static class ServerAddressCommands
{
    private const string By = " by 'stats socket command'";

    private const int PortMaximum = 65535;

    public static void SetAddress(CliCall call, Server server)
    {
        string text = call.Argument(2);
        if (text.Length == 0)
        {
            call.Error("set server <b>/<s> addr requires an address and optionally a port.");
            return;
        }

        if (!NetworkAddress.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out NetworkAddress address))
        {
            call.Error($"Invalid addr '{text}'");
            return;
        }

        ServerEndpoint before = server.Endpoint;
        ServerEndpoint after = before with { Address = WithPort(address, AddressColumns.Port(server)) };
        if (call.Argument(3) == "port")
        {
            if (TryReadPort(call.Argument(4), ref after) is { } problem)
            {
                call.Error(problem);
                return;
            }

            if (after.UsesClientPort && !before.UsesClientPort && call.Context.Set.Checks!.CheckOf(server) is { } check && !HasOwnPort(server, check))
            {
                call.Error("can't switch from fixed port to port mapping because checks are enabled on this server");
                return;
            }
        }

        string changes = Describe(before, after);
        if (changes.Length == 0)
        {
            call.Info("nothing changed");
            return;
        }

        if (call.Context.Set.Checks!.States.Administrator.SetEndpoint(call.Loop, server, after))
            call.Context.Set.Checks.CheckOf(server)?.LookSoon(call.Loop);
        call.Info(changes + By);
    }

    public static void SetCheckAddress(CliCall call, Server server)
    {
        string text = call.Argument(2);
        if (text.Length == 0)
        {
            call.Error("set server <b>/<s> check-addr requires an address and optionally a port.");
            return;
        }

        if (call.Context.Set.Checks!.CheckOf(server) is not { } check)
        {
            call.Error("health checks are not enabled on this server");
            return;
        }

        if (!NetworkAddress.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out NetworkAddress address))
        {
            call.Error($"invalid addr '{text}'");
            return;
        }

        CheckTargetChange target = check.Target with { Address = SocketAddresses.From(address) };
        if (call.Argument(3) == "port")
        {
            if (!TryPort(call.Argument(4), out int port))
            {
                call.Error("provided port is not an integer");
                return;
            }

            target = target with { Port = port };
        }

        check.Target = target;
    }

    public static void SetCheckPort(CliCall call, Server server)
    {
        string text = call.Argument(2);
        if (text.Length == 0)
            call.Error("set server <b>/<s> check-port requires a port.");
        else if (call.Context.Set.Checks!.CheckOf(server) is not { } check)
            call.Error("health checks are not enabled on this server");
        else if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int port))
            call.Error("provided port is not an integer");
        else if (port is < 0 or > PortMaximum)
            call.Error("provided port is invalid");
        else
            check.Target = check.Target with { Port = port == 0 ? null : port };
    }

    /// <summary>"80", "+1" and "-1": a port, or a distance from the client's.</summary>
    private static string? TryReadPort(string text, ref ServerEndpoint endpoint)
    {
        bool isMapped = text.StartsWith('+') || text.StartsWith('-');
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
            return $"problem converting port '{text}' to an int";
        if (!isMapped && number is <= 0 or > PortMaximum)
            return "provided port is not valid";
        if (isMapped)
        {
            endpoint = endpoint with { UsesClientPort = true, PortOffset = number };
            return null;
        }

        SocketAddress address = endpoint.Address;
        BinaryPrimitives.WriteUInt16BigEndian(address.Bytes[2..], (ushort)number);
        endpoint = new ServerEndpoint(UsesClientPort: false, PortOffset: 0) { Address = address };
        return null;
    }

    private static string Describe(ServerEndpoint before, ServerEndpoint after)
    {
        string oldAddress = AddressColumns.Host(before.Address);
        string newAddress = AddressColumns.Host(after.Address);
        string oldPort = PortText(before);
        string newPort = PortText(after);
        string changes = oldAddress == newAddress ? "" : $"IP changed from '{oldAddress}' to '{newAddress}'";
        if (oldPort == newPort)
            return changes;
        return changes + (changes.Length > 0 ? ", " : "") + $"port changed from '{oldPort}' to '{newPort}'";
    }

    private static bool HasOwnPort(Server server, ServerCheck check) =>
        check.Target.Port is not null || server.Config.Check.Port is not null;

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= PortMaximum;

    private static string PortText(ServerEndpoint endpoint) => endpoint.UsesClientPort
        ? endpoint.PortOffset.ToString("+0;-0", CultureInfo.InvariantCulture)
        : AddressColumns.Port(endpoint.Address).ToString(CultureInfo.InvariantCulture);

    private static SocketAddress WithPort(in NetworkAddress address, int port)
    {
        SocketAddress result = SocketAddresses.From(address);
        BinaryPrimitives.WriteUInt16BigEndian(result.Bytes[2..], (ushort)port);
        return result;
    }
}
