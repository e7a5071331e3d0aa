namespace Hawser.Proxy.Backends;

/// <summary>
/// Which group of a backend's servers takes sessions (manual, "backup", "option allbackups"): the active ones while one
/// of them is usable, else all backups, or the first usable one. Used under the backend's gate.
/// </summary>
public sealed class Rotation
{
    private Server[] _servers;
    private readonly bool _usesAllBackups;

    /// <param name="servers">Of the backend, in the order of the configuration.</param>
    /// <param name="usesAllBackups">"option allbackups".</param>
    public Rotation(Server[] servers, bool usesAllBackups)
    {
        _servers = servers;
        _usesAllBackups = usesAllBackups;
    }

    /// <summary>Servers that take sessions now: 0 means "has no server available".</summary>
    public int InUse { get; private set; }

    /// <summary>Usable servers that are no backups.</summary>
    public int UsableActive { get; private set; }

    /// <summary>Usable backups, in use or not.</summary>
    public int UsableBackups { get; private set; }

    /// <summary>The backup of the lowest place that is usable; null when none is.</summary>
    public Server? FirstBackup { get; private set; }

    /// <summary>Another array of the same servers in the same order.</summary>
    internal void Use(Server[] servers) => _servers = servers;

    /// <summary>Counts anew: at the start, and when the group in use may have changed.</summary>
    public void Update()
    {
        UsableActive = 0;
        UsableBackups = 0;
        FirstBackup = null;
        foreach (Server server in _servers)
        {
            if (!server.IsUsable)
                continue;
            if (!server.IsBackup)
            {
                UsableActive++;
                continue;
            }

            UsableBackups++;
            FirstBackup ??= server;
        }

        InUse = 0;
        foreach (Server server in _servers)
        {
            server.InRotation = server.IsUsable && (server.IsBackup ? IsBackupInUse(server) : UsableActive > 0);
            InUse += server.InRotation ? 1 : 0;
        }
    }

    /// <summary>One server's state has changed.</summary>
    public void Changed(Server server)
    {
        if (!TryChangeAlone(server))
            Update();
    }

    private bool IsBackupInUse(Server backup) => UsableActive == 0 && (_usesAllBackups || backup == FirstBackup);

    /// <summary>
    /// A change that leaves the active servers in use concerns that server only: thousands of servers that go down
    /// together must not look at one another. False when the groups may change.
    /// </summary>
    private bool TryChangeAlone(Server server)
    {
        bool belongs = server.IsUsable;
        if (server.IsBackup || UsableActive == 0 || (!belongs && UsableActive == 1))
            return false;
        if (belongs == server.InRotation)
            return true;
        int change = belongs ? 1 : -1;
        server.InRotation = belongs;
        UsableActive += change;
        InUse += change;
        return true;
    }
}
