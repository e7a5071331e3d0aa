using System;
using System.Collections.Generic;
using Hawser.Config.Model;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Checks;

namespace Hawser.Control.Cli.Commands;

/// <summary>What changes a server: state, health, weight, limit; its address is in <see cref="ServerAddressCommands"/>.</summary>
internal static class ServerCommands
{
    private const string Usage =
        "usage: set server <backend>/<server> addr | agent | agent-addr | agent-port | agent-send | check-addr | check-port | "
        + "fqdn | health | name | ssl | state | weight";

    public static IEnumerable<CommandRow> Rows =>
    [
        Admin("set server", "change a server's state, weight, address or check", SetServer, "<bk>/<srv> [opts]"),
        Admin("set weight", "change a server's weight", static call => SetWeight(call, call.Argument(1)), "<bk>/<srv> <weight>[%]"),
        CommandRow.Simple("get weight", "a server's weight, and the configured one", CliLevel.User, GetWeight, "<bk>/<srv>"),
        Admin("set maxconn server", "change a server's maxconn", SetMaxConn, "<bk>/<srv> <value>"),
        Admin("enable server", "end a server's maintenance", static call => SetMode(call, ServerMode.Ready), "<bk>/<srv>"),
        Admin("disable server", "put a server into maintenance", static call => SetMode(call, ServerMode.Maintenance), "<bk>/<srv>"),
        Admin("enable health", "resume a server's health checks", static call => EnableHealth(call, true), "<bk>/<srv>"),
        Admin("disable health", "pause a server's health checks", static call => EnableHealth(call, false), "<bk>/<srv>"),
        Admin("enable agent", "resume a server's agent checks", EnableAgent, "<bk>/<srv>"),
        Admin("disable agent", "pause a server's agent checks", static call => _ = ServerOf(call), "<bk>/<srv>"),
        Admin("shutdown sessions server", "end all sessions of a server", ShutdownSessions, "<bk>/<srv>"),
    ];

    private static CommandRow Admin(string name, string help, Action<CliCall> run, string arguments) =>
        CommandRow.Simple(name, help, CliLevel.Admin, run, arguments);

    private static Server? ServerOf(CliCall call) => Lookup.ServerOf(call, call.Argument(0));

    private static void SetServer(CliCall call)
    {
        if (ServerOf(call) is not { } server)
            return;
        switch (call.Argument(1))
        {
            case "state":
                SetState(call, server);
                break;
            case "health":
                SetHealth(call, server);
                break;
            case "weight":
                SetWeight(call, call.Argument(2));
                break;
            case "addr":
                ServerAddressCommands.SetAddress(call, server);
                break;
            case "check-addr":
                ServerAddressCommands.SetCheckAddress(call, server);
                break;
            case "check-port":
                ServerAddressCommands.SetCheckPort(call, server);
                break;
            case "agent" or "agent-send":
                call.Error("agent checks are not enabled on this server.");
                break;
            case "agent-addr":
                call.Error(call.Argument(2).Length == 0
                    ? "set server <b>/<s> agent-addr requires an address and optionally a port."
                    : "agent checks are not enabled on this server");
                break;
            case "agent-port":
                call.Error(call.Argument(2).Length == 0
                    ? "set server <b>/<s> agent-port requires a port."
                    : "agent checks are not enabled on this server");
                break;
            case "fqdn":
                call.Error(call.Argument(2).Length == 0
                    ? "set server <b>/<s> fqdn requires a FQDN."
                    : "set server <b>/<s> fqdn failed because no resolution is configured.");
                break;
            case "ssl":
                call.Error("'set server <srv> ssl' cannot be set.  default-server should define ssl settings");
                break;
            case "name":
                DynamicServerCommands.Rename(call, server);
                break;
            default:
                call.Error(Usage);
                break;
        }
    }

    private static void SetState(CliCall call, Server server)
    {
        ServerMode? mode = call.Argument(2) switch
        {
            "ready" => ServerMode.Ready,
            "drain" => ServerMode.Drain,
            "maint" => ServerMode.Maintenance,
            _ => null,
        };
        if (mode is { } wanted)
            call.Context.Set.Checks!.SetMode(server, wanted);
        else
            call.Error("'set server <srv> state' expects 'ready', 'drain' and 'maint'.");
    }

    private static void SetHealth(CliCall call, Server server)
    {
        if (server.State.Tracked is not null)
        {
            call.Error("cannot change health on a tracking server.");
            return;
        }

        ServerHealth? health = call.Argument(2) switch
        {
            "up" => ServerHealth.Up,
            "stopping" => ServerHealth.Stopping,
            "down" => ServerHealth.Down,
            _ => null,
        };
        if (health is not { } wanted)
            call.Error("'set server <srv> health' expects 'up', 'stopping', or 'down'.");
        else
            call.Context.Set.Checks!.SetHealth(server, wanted);
    }

    private static void SetMode(CliCall call, ServerMode mode)
    {
        if (ServerOf(call) is { } server)
            call.Context.Set.Checks!.SetMode(server, mode);
    }

    private static void SetWeight(CliCall call, string text)
    {
        if (ServerOf(call) is not { } server)
            return;
        if (text.Length == 0)
            call.Error("Require <weight> or <weight%>.");
        else if (WeightText.Read(server, text, out int weight) is { } problem)
            call.Error(problem);
        else
            call.Context.Set.Checks!.States.Administrator.SetWeight(call.Loop, server, weight);
    }

    private static void GetWeight(CliCall call)
    {
        if (ServerOf(call) is { } server)
            call.Info($"{server.Weight} (initial {server.Config.Weight})");
    }

    private static void SetMaxConn(CliCall call)
    {
        if (ServerOf(call) is not { } server)
            return;
        string text = call.Argument(1);
        if (text.Length == 0)
            call.Error("Require <maxconn>.");
        else if (!char.IsAsciiDigit(text[0]))
            call.Error("maxconn string empty or preceded by garbage");
        else if (!int.TryParse(text, out int maximum))
            call.Error("Trailing garbage in maxconn string");
        else
            ServerAdministrator.SetMaximumSessions(server, maximum);
    }

    private static void EnableHealth(CliCall call, bool isEnabled)
    {
        if (ServerOf(call) is not { } server)
            return;
        if (call.Context.Set.Checks!.CheckOf(server) is not null)
            CheckRunner.EnableCheck(server, isEnabled);
        else if (isEnabled)
            call.Error("Health check was not configured on this server, cannot enable.");
    }

    private static void EnableAgent(CliCall call)
    {
        if (ServerOf(call) is not null)
            call.Error("Agent was not configured on this server, cannot enable.");
    }

    private static void ShutdownSessions(CliCall call)
    {
        if (ServerOf(call) is { } server)
            call.Context.Set.Runtime.Sessions.KillSessionsOf(server, TerminationCause.Killed);
    }
}
