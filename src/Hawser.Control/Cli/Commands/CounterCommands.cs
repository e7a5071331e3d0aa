using System.Collections.Generic;
using Hawser.Config.Model;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Streams;

namespace Hawser.Control.Cli.Commands;

/// <summary>"clear counters": every loop clears its own; the answer comes when all have.</summary>
internal static class CounterCommands
{
    public static IEnumerable<CommandRow> Rows =>
    [
        CommandRow.Long("clear counters", "clear the highest values, all counters, or those of one server", CliLevel.Operator, Clear,
            "[all|server <bk>/<srv> [force]]"),
    ];

    private static IEnumerator<CliPause>? Clear(CliCall call)
    {
        string what = call.Argument(0);
        if (what is "all" or "server" && !CliRights.Allows(call.Session.Level, CliLevel.Admin))
        {
            call.Error(CliRights.Denied);
            return null;
        }

        if (what != "server")
            return Clear(call, server: null, all: what == "all");
        return Lookup.ServerOf(call, call.Argument(1)) is { } server ? Clear(call, server, all: true) : null;
    }

    private static IEnumerator<CliPause> Clear(CliCall call, Server? server, bool all)
    {
        ProxySet set = call.Context.Set;
        TrafficCounters[][] counters = server is null ? All(set) : [server.Counters];
        int waiting = set.Loops.Length;
        List<CounterReset> resets = [];
        foreach (ProxyLoop home in set.Loops)
            resets.Add(new CounterReset(home.Loop, counters, all, call.Loop, Answered));
        foreach (CounterReset reset in resets)
            reset.Ask();
        while (waiting > 0)
            yield return CliPause.Wake;
        if (server is null)
            ClearShared(set, all);
        else
            ClearServer(set, server, all);
        if (server is not null)
            call.Info("Server counters cleared.");

        void Answered()
        {
            waiting--;
            call.Wake();
        }
    }

    private static TrafficCounters[][] All(ProxySet set)
    {
        List<TrafficCounters[]> all = [set.Process.Rates, set.ControlFrontend.Counters];
        foreach (Frontend frontend in set.Frontends)
            all.Add(frontend.Counters);
        foreach (Listener listener in set.Listeners)
        {
            if (listener.Counters is { } counters)
                all.Add(counters);
        }

        foreach (Backend backend in set.Backends)
        {
            all.Add(backend.Counters);
            foreach (Server server in backend.Servers)
                all.Add(server.Counters);
        }

        return [.. all];
    }

    private static void ClearShared(ProxySet set, bool all)
    {
        set.Process.Peaks.Clear(set.Process.ActiveSessions, 0);
        foreach (Frontend frontend in set.Frontends)
            frontend.Peaks.Clear(frontend.ActiveSessions, 0);
        foreach (Listener listener in set.Listeners)
            listener.Peaks.Sessions.Reset(listener.Room.Active);
        foreach (Backend backend in set.Backends)
        {
            backend.Peaks.Clear(backend.ActiveSessions, backend.TotalQueued);
            if (all)
                backend.History.ClearFalls();
            foreach (Server server in backend.Servers)
                ClearServer(set, server, all);
        }
    }

    private static void ClearServer(ProxySet set, Server server, bool all)
    {
        server.Peaks.Clear(server.ActiveSessions, server.QueueLength);
        if (!all)
            return;
        server.State.Falls = 0;
        set.Checks?.CheckOf(server)?.ClearFailures();
    }
}
