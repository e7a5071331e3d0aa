using System.Collections.Generic;
using Hawser.Config.Model;
using Hawser.Proxy.Streams;

namespace Hawser.Control.Cli.Commands;

/// <summary>What changes a frontend.</summary>
internal static class FrontendCommands
{
    public static IEnumerable<CommandRow> Rows =>
    [
        CommandRow.Simple("disable frontend", "stop accepting, keep the ports", CliLevel.Admin, Disable, "<frontend>"),
        CommandRow.Simple("enable frontend", "accept again", CliLevel.Admin, Enable, "<frontend>"),
        CommandRow.Simple("shutdown frontend", "free the ports for good", CliLevel.Admin, Shutdown, "<frontend>"),
        CommandRow.Simple("set maxconn frontend", "change a frontend's maxconn", CliLevel.Admin, SetMaxConn, "<frontend> <value>"),
    ];

    private static void Disable(CliCall call)
    {
        if (Lookup.FrontendOf(call, call.Argument(0)) is not { } frontend)
            return;
        if (frontend.State == FrontendState.Stopped)
            call.Error("Frontend was previously shut down, cannot disable.");
        else if (frontend.State == FrontendState.Paused)
            call.Error("All sockets are already disabled.");
        else
            call.Context.Set.Runtime.Frontends.Pause(frontend);
    }

    private static void Enable(CliCall call)
    {
        if (Lookup.FrontendOf(call, call.Argument(0)) is not { } frontend)
            return;
        if (frontend.State == FrontendState.Stopped)
            call.Error("Frontend was previously shut down, cannot enable.");
        else if (frontend.State == FrontendState.Listening)
            call.Error("All sockets are already enabled.");
        else if (!call.Context.Set.Runtime.Frontends.Resume(frontend))
            call.Error("Failed to resume frontend, check logs for precise cause (port conflict?).");
    }

    private static void Shutdown(CliCall call)
    {
        if (Lookup.FrontendOf(call, call.Argument(0)) is not { } frontend)
            return;
        if (frontend.State == FrontendState.Stopped)
            call.Error("Frontend was already shut down.");
        else
            call.Context.Set.Runtime.Frontends.Shutdown(frontend);
    }

    private static void SetMaxConn(CliCall call)
    {
        if (Lookup.FrontendOf(call, call.Argument(0)) is not { } frontend)
            return;
        if (LimitCommands.TryReadLimit(call, call.Argument(1), "Integer value expected.", out int limit))
        {
            frontend.MaximumSessions = limit;
            call.Context.Set.Runtime.LimitsRaised();
        }
    }
}
