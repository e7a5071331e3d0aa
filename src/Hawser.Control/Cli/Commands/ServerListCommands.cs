using System.Collections.Generic;
using System.Globalization;
using Hawser.Config.Model;
using Hawser.Control.Stats;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;

namespace Hawser.Control.Cli.Commands;

/// <summary>"show servers state", "show servers conn", "show backend", "show default-server".</summary>
internal static class ServerListCommands
{
    public static IEnumerable<CommandRow> Rows =>
    [
        CommandRow.Long("show servers state", "the servers' states, as a state file", CliLevel.User, ShowState, "[<backend>]"),
        CommandRow.Long("show servers conn", "the servers' connections", CliLevel.User, ShowConnections, "[<backend>]"),
        CommandRow.Long("show default-server", "the default-server lines that \"add server\" may name", CliLevel.User, ShowDefaults, "[<backend>]"),
        CommandRow.Long("show backend", "names of the backends", CliLevel.User, ShowBackends),
    ];

    private static IEnumerator<CliPause>? ShowState(CliCall call)
    {
        if (!TryFind(call, out Backend? only))
            return null;
        return State(call, only);
    }

    private static IEnumerator<CliPause> State(CliCall call, Backend? only)
    {
        call.Output.WriteLine(ServerStateLines.Version);
        call.Output.WriteLine(ServerStateLines.Head);
        foreach (Server server in Servers(call.Context.Set, only))
        {
            call.Output.WriteLine(ServerStateLines.Of(call.Context.Set, server, call.Loop.Now));
            yield return CliPause.Room;
        }
    }

    private static IEnumerator<CliPause>? ShowConnections(CliCall call)
    {
        if (!TryFind(call, out Backend? only))
            return null;
        return Connections(call, only);
    }

    private static IEnumerator<CliPause> Connections(CliCall call, Backend? only)
    {
        int loops = call.Context.Set.Loops.Length;
        call.Output.WriteLine(
            "# bkname/svname bkid/svid addr port - purge_delay served used_cur used_max need_est idle_sess unsafe_nb safe_nb "
            + $"idle_lim idle_cur idle_per_thr[{loops}]");
        foreach (Server server in Servers(call.Context.Set, only))
        {
            int idle = 0;
            string perLoop = "";
            for (int i = 0; i < loops; i++)
            {
                int here = i < server.Idle.Length ? server.Idle[i].Count : 0;
                idle += here;
                perLoop += string.Create(CultureInfo.InvariantCulture, $" {here}");
            }

            call.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{ServerStateMessages.Path(server)} {server.Backend.Config.Id}/{server.Id} {AddressColumns.Host(server.Address)} "
                + $"{AddressColumns.Port(server)} - {server.Config.PoolPurgeDelayMs} {server.ActiveSessions} {server.ActiveSessions} "
                + $"{server.Peaks.Sessions.Value} {int.Max(server.NeededConnections, server.ActiveSessions)} 0 0 {idle} {server.Config.PoolMaxConnections} {idle}{perLoop}"));
            yield return CliPause.Room;
        }
    }

    private static IEnumerator<CliPause> ShowBackends(CliCall call)
    {
        call.Output.WriteLine("# name");
        foreach (ProxyConfig proxy in call.Context.Model.Proxies)
        {
            if (!proxy.HasBackend)
                continue;
            call.Output.WriteLine(proxy.Name);
            yield return CliPause.Room;
        }
    }

    private static IEnumerator<CliPause>? ShowDefaults(CliCall call)
    {
        ProxyConfig? only = null;
        if (!call.Arguments.IsEmpty)
        {
            only = Lookup.ProxyOf(call.Context.Model, call.Argument(0));
            if (only is not { HasBackend: true })
            {
                call.Error("Can't find backend.");
                return null;
            }
        }

        return Defaults(call, only);
    }

    /// <summary>A backend's unnamed one, then those with a name; the first of each backend has a star.</summary>
    private static IEnumerator<CliPause> Defaults(CliCall call, ProxyConfig? only)
    {
        foreach (ProxyConfig proxy in call.Context.Model.Proxies)
        {
            if (!proxy.HasBackend || (only is not null && proxy != only))
                continue;
            string mark = "*";
            if (proxy.DefaultServer is not null)
            {
                call.Output.WriteLine($"{mark} {proxy.Name}");
                mark = " ";
            }

            foreach (ServerConfig named in proxy.NamedDefaultServers)
            {
                call.Output.WriteLine($"{mark} {proxy.Name}/{named.Name}");
                mark = " ";
            }

            yield return CliPause.Room;
        }
    }

    private static bool TryFind(CliCall call, out Backend? only)
    {
        only = null;
        if (call.Arguments.IsEmpty)
            return true;
        if (Lookup.ProxyOf(call.Context.Model, call.Argument(0)) is { } proxy)
            only = call.Context.Set.BackendOf(proxy);
        if (only is null)
            call.Error("Can't find backend.");
        return only is not null;
    }

    /// <summary>In the order of the configuration.</summary>
    private static IEnumerable<Server> Servers(ProxySet set, Backend? only)
    {
        foreach (ProxyConfig proxy in set.Model.Proxies)
        {
            if (set.BackendOf(proxy) is not { } backend || (only is not null && backend != only))
                continue;
            foreach (Server server in backend.Servers)
                yield return server;
        }
    }
}
