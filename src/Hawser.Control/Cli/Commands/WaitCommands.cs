using System.Collections.Generic;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;

namespace Hawser.Control.Cli.Commands;

/// <summary>"wait": for a time, or until a server could be removed.</summary>
internal static class WaitCommands
{
    private const string Usage =
        """
        Usage: wait {-h|<duration>} [condition [args...]]
          - '-h' displays this help
          - <duration> is the maximum wait time, optionally suffixed by the unit among
            'us', 'ms', 's', 'm', 'h', and 'd'. ; the default unit is milliseconds.
          - <condition> indicates what to wait for, no longer than the specified
            duration. Supported conditions are:
            - <none> : by default, just sleep for the specified duration.
            - srv-removable <px>/<sv> : wait for this server to become removable.
        """;

    /// <summary>How often a condition is looked at.</summary>
    private static readonly Milliseconds s_look = new(50);

    public static IEnumerable<CommandRow> Rows =>
    [
        CommandRow.Long("wait", "wait for a time or a condition (-h lists them)", CliLevel.Admin, Wait, "{-h|<delay_ms>} cond [args...]"),
    ];

    private static IEnumerator<CliPause>? Wait(CliCall call)
    {
        string delay = call.Argument(0);
        string condition = call.Argument(1);
        if (delay == "-h" || condition == "-h")
            call.Info(Usage);
        else if (delay.Length == 0)
            call.Error("Expects a duration in milliseconds.");
        else if (TimeText.TryParse(delay, 1000, out int milliseconds, out _) != ValueError.None || milliseconds < 1)
            call.Error("Invalid duration.");
        else if (condition.Length == 0)
            return Sleep(call, new Milliseconds(milliseconds));
        else if (condition == "be-removable")
            return UntilBackendRemovable(call, new Milliseconds(milliseconds));
        else if (condition != "srv-removable")
            call.Info(Usage);
        else if (call.Argument(2).Length == 0)
            call.Error("Missing server name (<backend>/<server>).");
        else if (!IsPath(call.Argument(2)))
            call.Error("Require 'backend/server'.");
        else
            return UntilRemovable(call, new Milliseconds(milliseconds));
        return null;
    }

    private static IEnumerator<CliPause> Sleep(CliCall call, Milliseconds delay)
    {
        Instant end = call.Loop.Now.After(delay);
        while (call.Loop.Now < end)
        {
            call.WakeAfter(end - call.Loop.Now);
            yield return CliPause.Wake;
        }

        call.Info("Done.");
    }

    private static IEnumerator<CliPause> UntilRemovable(CliCall call, Milliseconds delay)
    {
        Instant end = call.Loop.Now.After(delay);
        while (true)
        {
            string? problem = Find(call, out Server? server);
            problem ??= DynamicServers.ObstacleToRemoval(server!);
            if (problem is not null)
            {
                call.Error($"Failed. {problem}");
                yield break;
            }

            if (server!.ActiveSessions == 0 && server.IdleCount == 0 && server.QueueLength == 0)
            {
                call.Info("Done.");
                yield break;
            }

            if (call.Loop.Now >= end)
            {
                call.Error("Wait delay expired. Server still has connections attached to it, cannot remove it.");
                yield break;
            }

            Milliseconds left = end - call.Loop.Now;
            call.WakeAfter(left < s_look ? left : s_look);
            yield return CliPause.Wake;
        }
    }

    private static IEnumerator<CliPause> UntilBackendRemovable(CliCall call, Milliseconds delay)
    {
        string name = call.Argument(2);
        if (name.Length == 0)
        {
            call.Error("Missing backend name.");
            yield break;
        }

        Instant end = call.Loop.Now.After(delay);
        while (true)
        {
            bool isPassing = false;
            string? problem = Lookup.BackendOf(call.Context.Set, name) is { } backend
                ? DynamicBackends.Obstacle(backend, out isPassing)
                : "No such backend.";
            if (problem is null)
            {
                call.Info("Done.");
                yield break;
            }

            if (!isPassing || call.Loop.Now >= end)
            {
                call.Error(isPassing ? $"Wait delay expired. {problem}" : $"Failed. {problem}");
                yield break;
            }

            Milliseconds left = end - call.Loop.Now;
            call.WakeAfter(left < s_look ? left : s_look);
            yield return CliPause.Wake;
        }
    }

    private static bool IsPath(string text) => text.IndexOf('/') is > 0 and var slash && slash < text.Length - 1;

    private static string? Find(CliCall call, out Server? server)
    {
        server = null;
        string path = call.Argument(2);
        int slash = path.IndexOf('/');
        if (Lookup.BackendOf(call.Context.Set, path[..slash]) is not { } backend)
            return "No such backend.";
        server = System.Array.Find(backend.Servers, one => one.Name == path[(slash + 1)..]);
        return server is null ? "No such server." : null;
    }
}
