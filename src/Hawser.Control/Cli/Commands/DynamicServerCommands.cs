using System.Collections.Generic;
using Hawser.Config.Keywords;
using Hawser.Config.Model;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;

namespace Hawser.Control.Cli.Commands;

/// <summary>Servers that come and go while the process runs.</summary>
internal static class DynamicServerCommands
{
    private const string UnderWay = "A reload is under way, try again.";

    public static IEnumerable<CommandRow> Rows =>
    [
        CommandRow.Simple("add server", "add a server, in maintenance", CliLevel.Admin, Add, "<bk>/<srv> <addr> [opts]"),
        CommandRow.Simple("del server", "remove a server that is in maintenance and has no connection", CliLevel.Admin, Remove, "<bk>/<srv>"),
    ];

    private static void Add(CliCall call)
    {
        string path = call.Argument(0);
        if (path == "help")
        {
            call.Info("List of keywords supported for dynamic server:\n" + string.Join('\n', ServerOptions.AtRunTime));
            return;
        }

        int slash = path.IndexOf('/');
        if (slash <= 0 || slash == path.Length - 1)
        {
            call.Error("Require 'backend/server'.");
            return;
        }

        if (Lookup.BackendOf(call.Context.Set, path[..slash]) is not { } backend)
        {
            call.Error("No such backend.");
            return;
        }

        if (call.Context.Reloads?.IsUnderWay == true)
        {
            call.Error(UnderWay);
            return;
        }

        if (DynamicServers.Add(call.Context.Set, backend, [path[(slash + 1)..], .. call.Arguments[1..]]) is { } problem)
            call.Error(problem);
        else
            call.Info("New server registered.");
    }

    private static void Remove(CliCall call)
    {
        if (Lookup.ServerOf(call, call.Argument(0)) is not { } server)
            return;
        if (call.Context.Reloads?.IsUnderWay == true)
            call.Error(UnderWay);
        else if (DynamicServers.Remove(call.Context.Set, server.Backend, server) is { } problem)
            call.Error(problem);
        else
            call.Info("Server deleted.");
    }

    /// <summary>"set server … name".</summary>
    public static void Rename(CliCall call, Server server)
    {
        if (call.Context.Reloads?.IsUnderWay == true)
            call.Error(UnderWay);
        else if (DynamicServers.Rename(server.Backend, server, call.Argument(2)) is { } problem)
            call.Error(problem);
        else
            call.Info("Server name updated.");
    }
}
