using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Balancing;
using Hawser.Tests.Proxy.Checks;
using Xunit;

namespace Hawser.Tests.Proxy.Backends;

public sealed class BackendTests
{
    [Theory]
    [InlineData(false, new[] { "2", "2", "2" })]
    [InlineData(true, new[] { "2", "3", "2" })]
    public void Backups_serve_only_while_no_active_server_is_usable(bool all, string[] backups)
    {
        Backend backend = NewBackend(all, new RoundRobin(), all ? new RoundRobin() : null, isBackup: [false, true, true]);
        Assert.Equal(["1", "1"], Names(backend, 2));
        SetMaintenance(backend, 0, true);
        Assert.Equal(backups, Names(backend, 3));
        SetMaintenance(backend, 1, true);
        Assert.Equal(["3"], Names(backend, 1));
        SetMaintenance(backend, 0, false);
        Assert.Equal(["1"], Names(backend, 1));
        SetMaintenance(backend, 0, true);
        SetMaintenance(backend, 2, true);
        Assert.Equal(["none"], Names(backend, 1));
    }

    private static Backend NewBackend(bool all, Balancer active, Balancer? backups, bool[] isBackup)
    {
        Server[] servers = [.. isBackup.Select((backup, index) => new Server(
            (index + 1).ToString(CultureInfo.InvariantCulture), index + 1, index)
            {
                Config = CheckedFarm.Unchecked("s", 1),
                IsBackup = backup,
            })];
        ProxyConfig config = new()
        {
            Name = "b", Kind = ProxyKind.Backend, Origin = Origin.None, Options = new ProxyOptions { AllBackups = all },
        };
        Backend backend = new(config, servers, active, null!, loops: 1) { BackupBalancer = backups };
        backend.Start();
        return backend;
    }

    private static IEnumerable<string> Names(Backend backend, int sessions)
    {
        for (int session = 0; session < sessions; session++)
        {
            TakeOutcome outcome = backend.Take(null!, default, avoid: null, out Server? server);
            yield return outcome == TakeOutcome.NoServer ? "none" : server!.Name;
            if (server is not null)
                backend.Release(server);
        }
    }

    private static void SetMaintenance(Backend backend, int index, bool isInMaintenance)
    {
        backend.Servers[index].IsInMaintenance = isInMaintenance;
        backend.ServerChanged(backend.Servers[index]);
    }
}
