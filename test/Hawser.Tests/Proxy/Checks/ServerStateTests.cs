using System;
using System.Linq;
using CsCheck;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Io.Kernels;
using Hawser.Proxy.Backends;
using Xunit;
using static Hawser.Tests.Proxy.Checks.CheckedFarm;

namespace Hawser.Tests.Proxy.Checks;

/// <summary>Tracking, slow start, observed traffic and marked sessions, with messages and values from HAProxy 3.5-dev5.</summary>
public sealed class ServerStateTests
{
    private const string Refused =
        "reason: Layer4 connection problem, info: \"ECONNREFUSED returned by OS (Connection refused)\", check duration: 0ms";

    private const string Passed = "reason: Layer4 check passed, check duration: 0ms";

    private static readonly CheckConfig s_quick = new() { InterMs = 200, Rise = 2, Fall = 2 };

    private static readonly CheckConfig s_single = new() { InterMs = 200, Rise = 1, Fall = 1 };

    [Fact]
    public void Tracking_servers_follow_along_the_chain_the_last_configured_first()
    {
        CheckedFarm farm = new CheckedFarm()
            .Add(BackendConfig("b", Checked("s1", 1, s_quick), Tracker("s2", "b", "s1")))
            .Add(BackendConfig("c", Tracker("t1", "c", "t2"), Tracker("t2", "b", "s2"), Tracker("t3", "b", "s2") with { IsBackup = true }))
            .Start();
        farm.Pass(1000);
        farm.Kill(1);
        farm.Pass(1000);
        Assert.Equal(
            [
                $"Alert Server b/s1 is DOWN, {Refused}. 1 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.",
                "Alert Server b/s2 is DOWN via b/s1. 0 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.",
                "Emerg backend b has no server available!",
                "Alert Backup Server c/t3 is DOWN via b/s2. 2 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.",
                "Alert Server c/t2 is DOWN via b/s2. 1 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.",
                "Alert Server c/t1 is DOWN via c/t2. 0 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.",
                "Emerg backend c has no server available!",
            ],
            farm.TakeLog());

        farm.Revive(1);
        farm.Pass(1000);
        Assert.Equal(
            [
                $"Notice Server b/s1 is UP, {Passed}. 1 active and 0 backup servers online. 0 sessions requeued, 0 total in queue.",
                "Notice Server b/s2 is UP via b/s1. 2 active and 0 backup servers online. 0 sessions requeued, 0 total in queue.",
                "Notice Backup Server c/t3 is UP via b/s2. 0 active and 1 backup servers online. Running on backup. 0 sessions requeued, 0 total in queue.",
                "Notice Server c/t2 is UP via b/s2. 1 active and 1 backup servers online. 0 sessions requeued, 0 total in queue.",
                "Notice Server c/t1 is UP via c/t2. 2 active and 1 backup servers online. 0 sessions requeued, 0 total in queue.",
            ],
            farm.TakeLog());
    }

    [Fact]
    public void A_disabled_server_is_not_checked_and_those_that_track_it_stay_out_of_rotation()
    {
        CheckedFarm farm = new CheckedFarm()
            .Add(BackendConfig("b", Checked("s1", 1) with { IsDisabled = true }, Tracker("s2", "b", "s1"), Unchecked("s3", 3)))
            .Start();
        farm.Kill(1);
        farm.Pass(3000);

        Assert.Empty(farm.Kernel.ConnectsMs);
        Assert.Empty(farm.Log);
        Assert.Equal(["s3"], farm.Backend("b").Servers.Where(server => server.InRotation).Select(server => server.Name));
        Assert.Equal(ServerAdministration.InheritedMaintenance, farm.Server("b/s2").State.Administration);
    }

    [Theory]
    [InlineData(InitState.None, true)]
    [InlineData(InitState.Up, true)]
    [InlineData(InitState.FullyUp, true)]
    [InlineData(InitState.Down, false)]
    [InlineData(InitState.FullyDown, false)]
    public void A_server_begins_in_its_init_state_without_a_word(InitState initial, bool isUp)
    {
        CheckedFarm farm = new CheckedFarm().Add(BackendConfig("b", Checked("s", 1) with { InitState = initial })).Start();

        Assert.Equal(isUp, farm.Server("b/s").IsUp);
        Assert.Equal(isUp ? 1 : 0, farm.Backend("b").ServersInRotation);
        Assert.Empty(farm.Log);
    }

    [Fact]
    public void Slow_start_takes_a_step_each_second_and_says_when_it_is_over()
    {
        CheckedFarm farm = new CheckedFarm()
            .Add(BackendConfig("b", Checked("s", 1, s_single) with { Weight = 160, SlowStartMs = 4000, MaxConnections = 100 }))
            .Start();
        Server server = farm.Server("b/s");
        farm.Pass(1000);
        Assert.Equal((160 * 16, 100), (server.EffectiveWeight, server.SessionLimit));

        farm.Kill(1);
        farm.Pass(1000);
        farm.Revive(1);
        farm.Pass(250);
        farm.TakeLog();

        // HAProxy shows the weights 10, 50, 90 and 130, then 160.
        (int, int)[] seen = new (int, int)[5];
        for (int second = 0; second < seen.Length; second++)
        {
            seen[second] = (server.EffectiveWeight / 16, server.SessionLimit);
            farm.Pass(1000);
        }

        Assert.Equal([(10, 1), (50, 25), (90, 50), (130, 75), (160, 100)], seen);
        Assert.Equal(
            ["Notice Server b/s is UP. 1 active and 0 backup servers online. 0 sessions requeued, 0 total in queue."],
            farm.TakeLog());
    }

    /// <summary>What "show stat" of 2.6.12 and 3.5-dev5 gave second by second: the effective weight, rounded up.</summary>
    [Theory]
    [InlineData(5000, 1, "1 1 1 1 1 1")]
    [InlineData(5000, 3, "1 1 2 2 3 3")]
    [InlineData(5000, 7, "1 2 4 5 6 7")]
    [InlineData(5000, 20, "2 5 9 13 17 20")]
    [InlineData(5000, 100, "7 25 44 63 82 100")]
    [InlineData(5000, 256, "16 64 112 160 208 256")]
    [InlineData(3300, 3, "1 1 2 3 3")]
    [InlineData(3300, 7, "1 3 4 6 7")]
    [InlineData(3300, 20, "2 7 12 17 20")]
    [InlineData(3300, 100, "7 32 57 82 100")]
    [InlineData(3300, 256, "16 80 144 208 256")]
    public void Slow_start_raises_any_weight_as_haproxy_shows_it(int slowStartMs, int weight, string shown)
    {
        CheckedFarm farm = new CheckedFarm()
            .Add(BackendConfig("b", Checked("s", 1, s_single) with { Weight = weight, SlowStartMs = slowStartMs }))
            .Start();
        Server server = farm.Server("b/s");
        farm.Kill(1);
        farm.Pass(1000);
        farm.Revive(1);
        farm.Pass(250);

        int[] seen = new int[shown.Split(' ').Length];
        for (int second = 0; second < seen.Length; second++)
        {
            seen[second] = (server.EffectiveWeight + 15) / 16;
            farm.Pass(1000);
        }

        Assert.Equal(shown, string.Join(' ', seen));
    }

    /// <summary>Sessions that a server of 3.5-dev5 with maxconn 20 had taken out of a queue, second by second.</summary>
    [Theory]
    [InlineData(3000, "1 6 13 20")]
    [InlineData(2500, "1 6 13 20")]
    [InlineData(1500, "1 10 20")]
    [InlineData(700, "1 20")]
    public void Slow_start_gives_slots_as_haproxy_does(int slowStartMs, string slots)
    {
        CheckedFarm farm = new CheckedFarm()
            .Add(BackendConfig("b", Checked("s", 1, s_single) with { Weight = 1, SlowStartMs = slowStartMs, MaxConnections = 20 }))
            .Start();
        Server server = farm.Server("b/s");
        farm.Kill(1);
        farm.Pass(1000);
        farm.Revive(1);
        farm.Pass(250);

        int[] seen = new int[slots.Split(' ').Length];
        for (int second = 0; second < seen.Length; second++)
        {
            seen[second] = server.SessionLimit;
            farm.Pass(1000);
        }

        Assert.Equal(slots, string.Join(' ', seen));
    }

    [Fact]
    public void Slow_start_leaves_the_weight_of_a_static_algorithm_and_ends_with_the_server()
    {
        CheckedFarm farm = new CheckedFarm()
            .Add(BackendConfig("b", Checked("s", 1, s_single) with { Weight = 100, SlowStartMs = 4000, MaxConnections = 100 })
                with { Balance = new BalanceConfig { Algorithm = BalanceAlgorithm.StaticRoundRobin } })
            .Start();
        Server server = farm.Server("b/s");
        farm.Pass(500);
        farm.Kill(1);
        farm.Pass(500);
        farm.Revive(1);
        farm.Pass(1300);
        Assert.Equal((100 * 16, 25), (server.EffectiveWeight, server.SessionLimit));

        farm.Kill(1);
        farm.Pass(10_000);
        Assert.True(server.SlowStartSince.IsNever);
        Assert.Equal(1000, server.SlowStartPermille);
    }

    [Fact]
    public void Marked_servers_end_sessions_their_own_when_down_the_backups_when_up()
    {
        CheckedFarm farm = new CheckedFarm()
            .Add(BackendConfig(
                "b",
                Checked("s1", 1, s_quick) with
                {
                    OnMarkedDown = OnMarkedDown.ShutdownSessions,
                    OnMarkedUp = OnMarkedUp.ShutdownBackupSessions,
                },
                Unchecked("s2", 2),
                Unchecked("s3", 3) with { IsBackup = true }))
            .Start();
        farm.Pass(1000);
        farm.Kill(1);
        farm.Pass(1000);
        Assert.Equal(["b/s1 D"], farm.Kills);
        farm.Revive(1);
        farm.Pass(1000);
        Assert.Equal(["b/s1 D", "b/s3 U"], farm.Kills);
    }

    [Theory]
    [InlineData(OnError.FailCheck, "2/3 UP")]
    [InlineData(OnError.SuddenDeath, "1/3 UP")]
    [InlineData(OnError.MarkDown, "0/2 DOWN")]
    public void Errors_of_sessions_in_a_row_count_as_on_error_says(OnError reaction, string status)
    {
        CheckedFarm farm = Observed(reaction);
        Observe(farm, errors: 2);
        Assert.Empty(farm.TakeLog());
        Observe(farm, errors: 1);

        string[] log = farm.TakeLog();
        Assert.Equal(
            "Notice Health check for server b/s failed, reason: Health analyze, "
            + "info: \"Detected 3 consecutive errors, last one was: L4 unsuccessful connection\", "
            + $"status: {status}.",
            log[0]);
        Assert.Equal(reaction == OnError.MarkDown, log.Length == 3);
        Assert.Equal(reaction != OnError.MarkDown, farm.Server("b/s").IsUp);
    }

    [Theory]
    [InlineData(OnError.FastInter)]
    [InlineData(OnError.FailCheck)]
    [InlineData(OnError.SuddenDeath)]
    [InlineData(OnError.MarkDown)]
    public void Errors_of_sessions_bring_the_next_check_forward(OnError reaction)
    {
        CheckedFarm farm = Observed(reaction);
        Observe(farm, errors: 3);
        long triggered = farm.Kernel.NowMs;
        farm.Kernel.ConnectsMs.Clear();
        farm.Pass(600);

        Assert.Equal([triggered + 500], farm.Kernel.ConnectsMs);
    }

    [Fact]
    public void A_connection_or_a_check_that_succeeds_breaks_the_run_of_errors()
    {
        CheckedFarm farm = Observed(OnError.MarkDown);
        Observe(farm, errors: 2);
        farm.Server("b/s").Observer!.OnConnect(farm.Loop, succeeded: true);
        Observe(farm, errors: 2);
        farm.Pass(4000);
        Observe(farm, errors: 2);

        Assert.True(farm.Server("b/s").IsUp);
        Assert.Empty(farm.TakeLog());
    }

    [Fact]
    public void Ten_thousand_servers_go_down_and_come_back()
    {
        ServerConfig[] servers = new ServerConfig[10_000];
        for (int i = 0; i < servers.Length; i++)
            servers[i] = Checked($"s{i}", 1 + i, s_quick);
        CheckedFarm farm = new CheckedFarm().Add(BackendConfig("b", servers));
        farm.Kernel.OnConnect = _ => ConnectScript.Refused;
        farm.Start();
        farm.Pass(1000);
        Assert.Equal(0, farm.Backend("b").ServersInRotation);
        Assert.Single(farm.Log, line => line == "Emerg backend b has no server available!");

        farm.Kernel.OnConnect = _ => ConnectScript.Accepted;
        farm.Pass(1000);
        Assert.Equal(servers.Length, farm.Backend("b").ServersInRotation);
        Assert.Empty(farm.Kernel.OpenDescriptors);
    }

    [Fact]
    public void After_any_outages_the_rotation_is_the_group_in_use() =>
        Gen.Select(Gen.Bool.Array[1, 6], Gen.Bool, Gen.Select(Gen.Int[0, 5], Gen.Bool).Array[1, 30]).Sample((backups, all, steps) =>
        {
            ServerConfig[] servers = new ServerConfig[backups.Length];
            for (int i = 0; i < servers.Length; i++)
                servers[i] = Checked($"s{i}", 1 + i, s_single) with { IsBackup = backups[i] };
            CheckedFarm farm = new CheckedFarm()
                .Add(BackendConfig("b", servers) with { Options = new ProxyOptions { AllBackups = all } }).Start();
            bool[] isUp = new bool[servers.Length];
            Array.Fill(isUp, true);
            foreach ((int index, bool up) in steps)
            {
                int changed = index % servers.Length;
                isUp[changed] = up;
                if (up)
                    farm.Revive(1 + changed);
                else
                    farm.Kill(1 + changed);
                farm.Pass(500);
                int[] active = Enumerable.Range(0, isUp.Length).Where(i => isUp[i] && !backups[i]).ToArray();
                int[] spare = Enumerable.Range(0, isUp.Length).Where(i => isUp[i] && backups[i]).ToArray();
                int[] used = active.Length > 0 ? active : all ? spare : spare.Take(1).ToArray();
                Backend backend = farm.Backend("b");
                int[] rotation = Enumerable.Range(0, isUp.Length).Where(i => backend.Servers[i].InRotation).ToArray();
                if (!used.SequenceEqual(rotation) || backend.ServersInRotation != used.Length
                    || backend.UsableActive != active.Length || backend.UsableBackups != spare.Length)
                    return false;
            }

            return true;
        }, iter: 200);

    private static ServerConfig Tracker(string name, string backend, string server) =>
        Unchecked(name, 9) with { Track = new TrackConfig(backend, server, Origin.None) };

    /// <summary>A server up for certain, its next check 1.9 seconds away.</summary>
    private static CheckedFarm Observed(OnError reaction)
    {
        CheckConfig check = new() { InterMs = 2000, FastInterMs = 500, DownInterMs = 3000, Rise = 2, Fall = 3 };
        CheckedFarm farm = new CheckedFarm()
            .Add(BackendConfig("b", Checked("s", 1, check) with
            {
                InitState = InitState.FullyUp,
                Observe = ObserveMode.Layer4,
                ErrorLimit = 3,
                OnError = reaction,
            }) with { Options = new ProxyOptions { LogHealthChecks = true } })
            .Start();
        farm.Pass(100);
        farm.TakeLog();
        return farm;
    }

    private static void Observe(CheckedFarm farm, int errors)
    {
        for (int i = 0; i < errors; i++)
            farm.Server("b/s").Observer!.OnConnect(farm.Loop, succeeded: false);
        farm.Pass(0);
    }
}
