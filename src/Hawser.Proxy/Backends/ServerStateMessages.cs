namespace Hawser.Proxy.Backends;

/// <summary>What a state change says about its backend: taken under the gate, told outside.</summary>
/// <param name="Active">Usable servers that are no backups.</param>
/// <param name="Backup">Usable backups.</param>
/// <param name="Sessions">Sessions on the server.</param>
/// <param name="Requeued">Waiting sessions that the change moved.</param>
/// <param name="Queued">Sessions that still wait for this server.</param>
public readonly record struct ServerStateCounts(int Active, int Backup, int Sessions, int Requeued, int Queued);

/// <summary>The words of HAProxy 3.5 for the state changes of servers, as observed from it.</summary>
public static class ServerStateMessages
{
    public const string Down = "is DOWN";
    public const string Up = "is UP";
    public const string Stopping = "is stopping";

    /// <summary>The cause of a change that an operator made.</summary>
    public const string FromCli = ", changed from CLI";

    public const string FromFile = ", changed from server-state after a reload";

    /// <param name="change">What happened, such as <see cref="Down"/>.</param>
    /// <param name="cause">Begins with a comma or a space, or is empty.</param>
    public static string Lost(Server server, string change, string cause, in ServerStateCounts counts) =>
        $"{Subject(server)} {change}{cause}. {counts.Active} active and {counts.Backup} backup servers left."
        + $"{RunningOnBackup(counts)} {counts.Sessions} sessions active, {counts.Requeued} requeued, "
        + $"{counts.Queued} remaining in queue.";

    /// <inheritdoc cref="Lost"/>
    public static string Gained(Server server, string change, string cause, in ServerStateCounts counts) =>
        $"{Subject(server)} {change}{cause}. {counts.Active} active and {counts.Backup} backup servers online."
        + $"{RunningOnBackup(counts)} {counts.Requeued} sessions requeued, {counts.Queued} total in queue.";

    public static string WasDown(Server server, string via) => $"{Subject(server)} was DOWN and now enters maintenance{via}.";

    /// <param name="wasForced">The maintenance was its own, not that of a server it tracks.</param>
    public static string LeavesMaintenance(Server server, bool wasForced, bool isDraining) =>
        $"{Subject(server)} is {(server.IsUp ? "UP" : "DOWN")}/{(isDraining ? "DRAIN" : "READY")} "
        + $"(leaving {(wasForced ? "forced " : "")}maintenance).";

    /// <param name="via">The tracked server whose drain it is; null: its own.</param>
    public static string RemainsInDrain(Server server, Server? via) =>
        via is null ? $"{Subject(server)} remains in forced drain mode." : $"{Subject(server)} remains in drain mode{Via(via)}.";

    /// <inheritdoc cref="RemainsInDrain"/>
    public static string LeavesDrain(Server server, Server? via) =>
        $"{Subject(server)} is {(server.IsUp ? "UP" : "DOWN")} "
        + (via is null ? "(leaving forced drain)." : $"(leaving drain){Via(via)}.");

    /// <summary>The cause of a change that follows another server's.</summary>
    public static string Via(Server tracked) => $" via {Path(tracked)}";

    /// <summary>For the log.</summary>
    public static string NoServer(Backend backend) => $"{Kind(backend)} {backend.Name} has no server available!";

    /// <summary>For stderr, where HAProxy quotes the name.</summary>
    public static string NoServerQuoted(Backend backend) => $"{Kind(backend)} '{backend.Name}' has no server available!";

    /// <summary>backend/server.</summary>
    public static string Path(Server server) => $"{server.Backend.Name}/{server.Name}";

    private static string Subject(Server server) => $"{(server.IsBackup ? "Backup Server" : "Server")} {Path(server)}";

    private static string Kind(Backend backend) =>
        backend.Config.Kind == Config.Model.ProxyKind.Backend ? "backend" : "proxy";

    private static string RunningOnBackup(in ServerStateCounts counts) =>
        counts.Active == 0 && counts.Backup > 0 ? " Running on backup." : "";
}
