using Hawser.Proxy.Backends;
using Hawser.Proxy.Checks;

namespace Hawser.Control.Stats;

/// <summary>The "status" of a server in HAProxy's words.</summary>
public static class ServerStatusText
{
    /// <param name="check">Null for a server without checks.</param>
    public static string Of(Server server, ServerCheck? check)
    {
        if (server.IsInMaintenance)
        {
            bool isOwn = (server.State.Administration & ServerAdministration.InheritedMaintenance) == 0;
            return isOwn || server.State.Tracked is not { } tracked ? "MAINT" : $"MAINT (via {ServerStateMessages.Path(tracked)})";
        }

        if (check is null && server.State.Tracked is null)
            return server.IsDraining ? "DRAIN" : "no check";
        if (server.IsUp && server.IsDraining)
            return "DRAIN";
        if (check is null)
            return server.IsUp ? "UP" : "DOWN";
        RiseFall health = check.Health;
        if (server.IsUp)
            return health.Health < health.Maximum ? $"UP {health.Health - health.Rise + 1}/{health.Fall}" : "UP";
        return health.Health > 0 ? $"DOWN {health.Health}/{health.Rise}" : "DOWN";
    }
}
