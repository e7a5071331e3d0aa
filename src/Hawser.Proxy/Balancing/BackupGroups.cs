using System;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Balancing;

/// <summary>
/// The backup servers of a backend beside the active ones (manual, "backup", "option allbackups"): while no active
/// server is usable, all backups are balanced, or the first usable one takes everything. Each group keeps its turns
/// while the other is in use.
/// </summary>
public sealed class BackupGroups : Balancer
{
    private readonly Balancer _active;
    private readonly Balancer? _allBackups;
    private Server[] _backups = [];
    private bool[] _isUsable = [];
    private int _usableActive;

    /// <param name="active">Balances the active servers; not yet started.</param>
    /// <param name="allBackups">Balances the backups, not yet started; null when only the first one is used.</param>
    public BackupGroups(Balancer active, Balancer? allBackups)
    {
        _active = active;
        _allBackups = allBackups;
    }

    public override void Start(ReadOnlySpan<Server> servers)
    {
        Server[] active = Array.FindAll(servers.ToArray(), static server => !server.IsBackup);
        _backups = Array.FindAll(servers.ToArray(), static server => server.IsBackup);
        _isUsable = new bool[ServerTable.SizeFor(servers)];
        foreach (Server server in active)
            Count(server);
        _active.Start(active);
        _allBackups?.Start(_backups);
    }

    public override Server? Choose(in BalanceKey key, Server? avoid)
    {
        if (_usableActive > 0)
            return _active.Choose(key, avoid);
        return _allBackups is not null ? _allBackups.Choose(key, avoid) : FirstBackup();
    }

    public override void Refresh(Server server)
    {
        if (server.IsBackup)
        {
            _allBackups?.Refresh(server);
            return;
        }

        Count(server);
        _active.Refresh(server);
    }

    public override void LoadChanged(Server server)
    {
        if (server.IsBackup)
            _allBackups?.LoadChanged(server);
        else
            _active.LoadChanged(server);
    }

    private void Count(Server server)
    {
        if (_isUsable[server.Index] == server.IsUsable)
            return;
        _isUsable[server.Index] = server.IsUsable;
        _usableActive += server.IsUsable ? 1 : -1;
    }

    private Server? FirstBackup()
    {
        foreach (Server server in _backups)
        {
            if (server.IsUsable)
                return server;
        }

        return null;
    }
}
