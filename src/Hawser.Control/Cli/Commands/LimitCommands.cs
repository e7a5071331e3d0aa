using System.Collections.Generic;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Proxy.Streams;

namespace Hawser.Control.Cli.Commands;

/// <summary>"set maxconn global" and "set rate-limit".</summary>
internal static class LimitCommands
{
    private const string Integer = "Expects an integer value.";

    private const string RateLimits =
        """
        'set rate-limit' only supports :
           - 'connections global' to set the per-process maximum connection rate
           - 'sessions global' to set the per-process maximum session rate
           - 'ssl-sessions global' to set the per-process maximum SSL session rate
           - 'http-compression global' to set the per-process maximum compression speed in kB/s
        """;

    public static IEnumerable<CommandRow> Rows =>
    [
        CommandRow.Simple("set maxconn global", "change the process's maxconn, up to that of the start", CliLevel.Admin, SetMaxConn, "<value>"),
        CommandRow.Simple("set rate-limit", "change a limit per second", CliLevel.Admin, SetRateLimit, "<setting> <value>"),
    ];

    /// <summary>0 and up. HAProxy takes a word that is no number for 0; here it is refused.</summary>
    /// <param name="expectation">What is said when there is no number.</param>
    internal static bool TryReadLimit(CliCall call, string text, string expectation, out int limit)
    {
        limit = 0;
        if (text.Length == 0 || !NumberText.TryParse(text, out long number))
        {
            call.Error(expectation);
            return false;
        }

        if (number is < 0 or > int.MaxValue)
        {
            call.Error("Value out of range.");
            return false;
        }

        limit = (int)number;
        return true;
    }

    private static void SetMaxConn(CliCall call)
    {
        if (!TryReadLimit(call, call.Argument(0), Integer, out int limit))
            return;
        int initial = call.Context.Facts.MaxConnections;
        if (limit > initial)
        {
            call.Error("Value out of range.");
            return;
        }

        call.Context.Set.Process.MaximumSessions = limit == 0 ? initial : limit;
        call.Context.Set.Runtime.LimitsRaised();
    }

    private static void SetRateLimit(CliCall call)
    {
        string setting = call.Argument(0);
        if (call.Argument(1) != "global" || setting is not ("connections" or "sessions" or "ssl-sessions" or "http-compression"))
        {
            call.Error(RateLimits);
            return;
        }

        if (!TryReadLimit(call, call.Argument(2), Integer, out int limit))
            return;
        RateMeter? meter = limit == 0 ? null : new RateMeter(limit);
        if (setting == "connections")
            call.Context.Set.Process.ConnectionRate = meter;
        else if (setting == "sessions")
            call.Context.Set.Process.SessionRate = meter;
        else if (limit > 0)
            call.Error($"'set rate-limit {setting}' is not implemented yet.");
    }
}
