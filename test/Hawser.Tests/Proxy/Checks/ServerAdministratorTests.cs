using System.Linq;
using Hawser.Config.Model;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Checks;
using Xunit;

namespace Hawser.Tests.Proxy.Checks;

/// <summary>What an operator changes of servers, with the words recorded from HAProxy 3.5.</summary>
public class ServerAdministratorTests
{
    private readonly CheckedFarm _farm = new();
    private readonly Backend _main;
    private readonly Backend _tracking;

    public ServerAdministratorTests()
    {
        _farm.Add(CheckedFarm.BackendConfig("be", CheckedFarm.Checked("s1", 1000), CheckedFarm.Unchecked("s4", 1001)));
        ServerConfig follower = CheckedFarm.Unchecked("t1", 1002);
        _farm.Add(CheckedFarm.BackendConfig("tr", follower with { Track = new TrackConfig("be", "s1", Hawser.Config.Diagnostics.Origin.None) }));
        _farm.Start();
        _main = _farm.Backend("be");
        _tracking = _farm.Backend("tr");
    }

    private Server First => _main.Servers[0];

    private Server Second => _main.Servers[1];

    private Server Follower => _tracking.Servers[0];

    [Fact]
    public void Maintenance_takes_a_server_and_those_that_track_it_out()
    {
        _farm.Runner.SetMode(First, ServerMode.Maintenance);
        AssertTold(
            "Server be/s1 is going DOWN for maintenance. 1 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.",
            "Server tr/t1 is going DOWN for maintenance via be/s1. 0 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.",
            "backend 'tr' has no server available!");
        Assert.False(First.IsUsable);
        Assert.True(Follower.IsInMaintenance);
        Assert.Equal(1, First.State.Falls);
    }

    // HAProxy 3.5: the session's line has "DC", or "UC" for the backup's.
    [Fact]
    public void Sessions_end_with_maintenance_and_those_of_backups_when_it_ends_where_that_is_configured()
    {
        CheckedFarm farm = new();
        ServerConfig killing = CheckedFarm.Checked("s1", 1000) with
        {
            OnMarkedDown = OnMarkedDown.ShutdownSessions,
            OnMarkedUp = OnMarkedUp.ShutdownBackupSessions,
        };
        farm.Add(CheckedFarm.BackendConfig("be", killing, CheckedFarm.Unchecked("s2", 1001) with { IsBackup = true }));
        farm.Start();
        farm.Runner.SetMode(farm.Server("be/s1"), ServerMode.Drain);
        farm.Runner.SetMode(farm.Server("be/s1"), ServerMode.Ready);
        Assert.Empty(farm.Kills);
        farm.Runner.SetMode(farm.Server("be/s1"), ServerMode.Maintenance);
        farm.Runner.SetMode(farm.Server("be/s1"), ServerMode.Ready);
        Assert.Equal(["be/s1 D", "be/s2 U"], farm.Kills);
    }

    [Fact]
    public void The_same_again_changes_and_says_nothing()
    {
        _farm.Runner.SetMode(First, ServerMode.Maintenance);
        Forget();
        _farm.Runner.SetMode(First, ServerMode.Maintenance);
        AssertTold();
    }

    [Fact]
    public void A_server_that_leaves_maintenance_serves_at_once()
    {
        _farm.Runner.SetMode(First, ServerMode.Maintenance);
        Forget();
        _farm.Runner.SetMode(First, ServerMode.Ready);
        AssertTold(
            "Server be/s1 is UP/READY (leaving forced maintenance).",
            "Server tr/t1 is UP/READY (leaving maintenance).");
        Assert.True(First.IsUsable);
        Assert.True(Follower.IsUsable);
        Assert.Equal(_farm.Runner.CheckOf(First)!.Health.Rise, _farm.Runner.CheckOf(First)!.Health.Health);
    }

    [Fact]
    public void Maintenance_may_end_in_drain()
    {
        _farm.Runner.SetMode(First, ServerMode.Maintenance);
        Forget();
        _farm.Runner.SetMode(First, ServerMode.Drain);
        AssertTold(
            "Server be/s1 is UP/DRAIN (leaving forced maintenance).",
            "Server be/s1 remains in forced drain mode.",
            "Server tr/t1 is UP/DRAIN (leaving maintenance).",
            "Server tr/t1 remains in drain mode via be/s1.");
        Assert.False(First.IsUsable);
    }

    [Fact]
    public void Drain_is_entered_and_left()
    {
        _farm.Runner.SetMode(Second, ServerMode.Drain);
        _farm.Runner.SetMode(Second, ServerMode.Ready);
        AssertTold(
            "Server be/s4 enters drain state. 1 active and 0 backup servers online. 0 sessions requeued, 0 total in queue.",
            "Server be/s4 is UP (leaving forced drain).");
    }

    [Fact]
    public void A_server_that_is_down_enters_maintenance_in_other_words()
    {
        _farm.Runner.SetHealth(First, ServerHealth.Down);
        Forget();
        _farm.Runner.SetMode(First, ServerMode.Maintenance);
        AssertTold(
            "Server be/s1 was DOWN and now enters maintenance.",
            "Server tr/t1 was DOWN and now enters maintenance via be/s1.");
        Assert.Equal(1, First.State.Falls);
    }

    [Fact]
    public void Health_may_be_forced()
    {
        _farm.Runner.SetHealth(First, ServerHealth.Stopping);
        Assert.False(First.IsUsable);
        _farm.Runner.SetHealth(First, ServerHealth.Up);
        Assert.True(First.IsUsable);
        _farm.Runner.SetHealth(First, ServerHealth.Down);
        Assert.False(First.IsUp);
        Assert.False(Follower.IsUp);
        AssertTold(
            "Server be/s1 is stopping, changed from CLI. 1 active and 0 backup servers online. 0 sessions requeued, 0 total in queue.",
            "Server tr/t1 is stopping via be/s1. 0 active and 0 backup servers online. 0 sessions requeued, 0 total in queue.",
            "backend 'tr' has no server available!",
            "Server be/s1 is UP, changed from CLI. 2 active and 0 backup servers online. 0 sessions requeued, 0 total in queue.",
            "Server tr/t1 is UP via be/s1. 1 active and 0 backup servers online. 0 sessions requeued, 0 total in queue.",
            "Server be/s1 is DOWN, changed from CLI. 1 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.",
            "Server tr/t1 is DOWN via be/s1. 0 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.",
            "backend 'tr' has no server available!");
        Assert.Equal(2, _tracking.History.Falls);
    }

    [Fact]
    public void A_weight_of_zero_takes_a_server_out_without_a_word()
    {
        _farm.Runner.States.Administrator.SetWeight(_farm.Loop, First, 0);
        Assert.False(First.IsUsable);
        AssertTold();
        _farm.Runner.States.Administrator.SetWeight(_farm.Loop, First, 7);
        Assert.True(First.IsUsable);
        Assert.Equal(7, First.Weight);
    }

    [Fact]
    public void A_limit_counts_at_once()
    {
        ServerAdministrator.SetMaximumSessions(First, 3);
        Assert.Equal(3, First.SessionLimit);
        ServerAdministrator.SetMaximumSessions(First, 0);
        Assert.Equal(int.MaxValue, First.SessionLimit);
    }

    private void Forget() => _farm.Console.Clear();

    private void AssertTold(params string[] messages) =>
        Assert.Equal(messages, _farm.Console.Select(static line => line[(line.IndexOf(' ') + 1)..]));
}
