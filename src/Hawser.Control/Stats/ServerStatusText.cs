using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;
using Hawser.Proxy.Checks;

namespace Hawser.Control.Stats;

/// <summary>The "status" of a server in HAProxy's words: it shows the check of the server that is tracked.</summary>
public static class ServerStatusText
{
    public static string Of(ProxySet set, Server server)
    {
        if (server.IsInMaintenance)
            return Maintenance(server);
        Server source = server;
        while (source.State.Tracked is { } tracked)
            source = tracked;
        ServerCheck? check = source.State.IsCheckDisabled ? null : set.Checks?.CheckOf(source);
        if (!server.IsUp)
            return check is { Health.Health: > 0 and var passed } ? $"DOWN {passed}/{check.Health.Rise}" : "DOWN";
        if (check is null)
            return server.IsDraining ? "DRAIN" : server.IsStopping ? "NOLB" : "no check";
        RiseFall health = check.Health;
        string word = server.IsDraining ? "DRAIN" : server.IsStopping ? "NOLB" : "UP";
        return health.Health < health.Maximum && health.Health >= health.Rise
            ? $"{word} {health.Health - health.Rise + 1}/{health.Fall}"
            : word;
    }

    private static string Maintenance(Server server)
    {
        ServerAdministration administration = server.State.Administration;
        if ((administration & ServerAdministration.ForcedMaintenance) != 0)
            return "MAINT";
        return (administration & ServerAdministration.InheritedMaintenance) != 0 && server.State.Tracked is { } tracked
            ? $"MAINT (via {ServerStateMessages.Path(tracked)})"
            : "MAINT (resolution)";
    }
}
