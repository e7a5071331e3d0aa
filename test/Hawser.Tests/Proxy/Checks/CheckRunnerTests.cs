using System;
using System.Linq;
using System.Text;
using CsCheck;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Io.Kernels;
using Hawser.Proxy.Checks;
using Xunit;
using static Hawser.Tests.Proxy.Checks.CheckedFarm;

namespace Hawser.Tests.Proxy.Checks;

/// <summary>Messages are recorded from HAProxy 3.5-dev5 on loopback.</summary>
public sealed class CheckRunnerTests
{
    private const string Refused =
        "reason: Layer4 connection problem, info: \"ECONNREFUSED returned by OS (Connection refused)\", check duration: 0ms";

    private const string Passed = "reason: Layer4 check passed, check duration: 0ms";

    private static readonly CheckConfig s_quick = new() { InterMs = 200, Rise = 2, Fall = 2 };

    [Fact]
    public void A_backend_falls_back_to_its_backup_then_to_nothing_and_recovers_in_HAProxys_words()
    {
        CheckedFarm farm = new CheckedFarm()
            .Add(BackendConfig("b", Checked("s1", 1, s_quick), Checked("s2", 2, s_quick) with { IsBackup = true })
                with { Kind = ProxyKind.Listen })
            .Start();
        farm.Pass(1000);
        Assert.Empty(farm.Log);

        farm.Kill(1);
        farm.Pass(1000);
        farm.Kill(2);
        farm.Pass(1000);
        farm.Revive(2);
        farm.Pass(1000);
        farm.Revive(1);
        farm.Pass(1000);

        Assert.Equal(
            [
                $"Alert Server b/s1 is DOWN, {Refused}. 0 active and 1 backup servers left. Running on backup. 0 sessions active, 0 requeued, 0 remaining in queue.",
                $"Alert Backup Server b/s2 is DOWN, {Refused}. 0 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.",
                "Emerg proxy b has no server available!",
                $"Notice Backup Server b/s2 is UP, {Passed}. 0 active and 1 backup servers online. Running on backup. 0 sessions requeued, 0 total in queue.",
                $"Notice Server b/s1 is UP, {Passed}. 1 active and 1 backup servers online. 0 sessions requeued, 0 total in queue.",
            ],
            farm.Log);
        Assert.Contains("Alert proxy 'b' has no server available!", farm.Console);
        Assert.Equal(4, farm.Console.Count(line => line.StartsWith("Warning ", StringComparison.Ordinal)));
        Assert.Empty(farm.Kernel.OpenDescriptors);
    }

    [Fact]
    public void With_log_health_checks_each_change_of_the_count_is_told_and_the_reason_only_there()
    {
        CheckedFarm farm = new CheckedFarm()
            .Add(BackendConfig("b", Checked("s1", 1)) with { Options = new ProxyOptions { LogHealthChecks = true } })
            .Start();
        farm.Pass(1500);
        farm.Kill(1);
        farm.Pass(2500);
        farm.Revive(1);
        farm.Pass(2000);

        string succeeded = $"Notice Health check for server b/s1 succeeded, {Passed}, status: ";
        string failed = $"Notice Health check for server b/s1 failed, {Refused}, status: ";
        Assert.Equal(
            [
                succeeded + "1/3 DOWN.",
                succeeded + "2/3 DOWN.",
                succeeded + "3/3 UP.",
                failed + "2/3 UP.",
                failed + "1/3 UP.",
                failed + "0/3 DOWN.",
                "Alert Server b/s1 is DOWN. 0 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.",
                "Emerg backend b has no server available!",
                succeeded + "1/3 DOWN.",
                succeeded + "2/3 DOWN.",
                succeeded + "3/3 UP.",
                "Notice Server b/s1 is UP. 1 active and 0 backup servers online. 0 sessions requeued, 0 total in queue.",
            ],
            farm.Log);
    }

    [Fact]
    public void Intervals_follow_the_state_and_count_from_the_end_of_a_check()
    {
        CheckedFarm farm = new CheckedFarm().Add(BackendConfig("b", Checked("s1", 1))).Start();
        long start = farm.Kernel.NowMs;
        farm.Pass(1050);
        farm.WhenDead = ConnectScript.Silent;
        farm.Kill(1);
        farm.Pass(3000);
        farm.Revive(1);
        farm.Pass(1250);

        // fastinter until the count is full, then inter; each silent check takes its 400 ms, then fastinter, and
        // downinter once it is down.
        Assert.Equal(
            [0, 100, 200, 600, 1000, 1400, 1900, 2400, 3500, 4600, 4700, 4800, 5200],
            farm.Kernel.ConnectsMs.Select(time => time - start));
    }

    [Fact]
    public void A_check_that_hears_nothing_times_out_after_the_smaller_of_connect_and_inter_if_timeout_check_is_set()
    {
        ProxyConfig Limits(string name, int connectMs, int? checkMs) => BackendConfig(name, Checked("s", 1)) with
        {
            Timeouts = new TimeoutsConfig
            {
                ConnectMs = new Located<int>(connectMs, Origin.None),
                CheckMs = checkMs is { } check ? new Located<int>(check, Origin.None) : null,
            },
        };
        CheckedFarm farm = new CheckedFarm { WhenDead = ConnectScript.Silent }
            .Add(Limits("a", 300, null)).Add(Limits("b", 800, 200)).Add(Limits("c", 300, 200));
        farm.Kill(1);
        farm.Start().Pass(1000);

        Assert.Contains(farm.Log, line => line.Contains("a/s is DOWN, reason: Layer4 timeout, check duration: 400ms.", StringComparison.Ordinal));
        Assert.Contains(farm.Log, line => line.Contains("b/s is DOWN, reason: Layer4 timeout, check duration: 400ms.", StringComparison.Ordinal));
        Assert.Contains(farm.Log, line => line.Contains("c/s is DOWN, reason: Layer4 timeout, check duration: 300ms.", StringComparison.Ordinal));
    }

    [Fact]
    public void First_checks_are_spread_over_each_servers_own_interval()
    {
        CheckConfig slow = new() { InterMs = 1000, FastInterMs = 200 };
        CheckedFarm farm = new CheckedFarm()
            .Add(BackendConfig("b", Checked("s1", 1, slow), Checked("s2", 2, slow)))
            .Add(BackendConfig("c", Checked("t1", 3, new CheckConfig { InterMs = 700 }), Checked("t2", 4, slow)))
            .Start();
        long start = farm.Kernel.NowMs;
        farm.Pass(360);

        (int Port, long Ms)[] first = farm.Kernel.Destinations
            .Zip(farm.Kernel.ConnectsMs, (address, time) => (Port: PortOf(address), Ms: time - start))
            .DistinctBy(connect => connect.Port).OrderBy(connect => connect.Port).ToArray();
        Assert.Equal([(1, 0), (2, 50), (3, 350), (4, 150)], first);
    }

    [Theory]
    [InlineData(KernelError.NetworkUnreachable, "Layer4 connection problem, info: \"General socket error (Network is unreachable)\"")]
    [InlineData(KernelError.HostUnreachable, "Layer4 connection problem, info: \"General socket error (No route to host)\"")]
    [InlineData(KernelError.AccessDenied, "Layer4 connection problem, info: \"General socket error (Permission denied)\"")]
    [InlineData(KernelError.InvalidArgument, "Layer4 connection problem, info: \"General socket error (Invalid argument)\"")]
    public void An_immediate_error_is_named(KernelError error, string reason) =>
        Assert.Equal(reason, ReasonOf(new CheckedFarm { WhenDead = ConnectScript.FailsAtOnce(error) }));

    [Theory]
    [InlineData(KernelError.ConnectionRefused, "Layer4 connection problem, info: \"ECONNREFUSED returned by OS (Connection refused)\"")]
    [InlineData(KernelError.HostUnreachable, "Layer4 connection problem, info: \"No route to host\"")]
    [InlineData(KernelError.NetworkUnreachable, "Layer4 connection problem, info: \"Network is unreachable\"")]
    public void A_later_error_is_named(KernelError error, string reason) =>
        Assert.Equal(reason, ReasonOf(new CheckedFarm { WhenDead = new ConnectScript(KernelError.InProgress, error, false) }));

    [Fact]
    public void A_missing_unix_server_is_a_socket_error()
    {
        ServerConfig server = Checked("s", 1) with
        {
            Address = new AddressConfig { Text = "/no/such", Kind = AddressKind.Unix, Path = "/no/such" },
        };
        CheckedFarm farm = new();
        farm.Kernel.OnConnect = _ => ConnectScript.FailsAtOnce(KernelError.NoSuchFile);
        farm.Add(BackendConfig("b", server)).Start().Pass(50);

        Assert.Contains(", reason: Socket error, info: \"General socket error (No such file or directory)\", ", farm.Log[0], StringComparison.Ordinal);
        Assert.Equal(CheckStatus.SocketError, farm.Check("b/s").Outcome.Status);
        Assert.Equal("SOCKERR", CheckStatuses.Code(CheckStatus.SocketError));
    }

    [Fact]
    public void A_source_that_cannot_be_bound_is_told_with_every_check()
    {
        SourceConfig source = new() { Address = new AddressConfig { Text = "10.99.99.99", Kind = AddressKind.IPv4 } };
        CheckedFarm farm = new();
        farm.Kernel.BindError = KernelError.AddressNotAvailable;
        farm.Add(BackendConfig("src", Checked("s1", 1, s_quick) with { Source = source })).Start().Pass(450);

        Assert.Contains(", reason: Layer4 connection problem, info: \"Can't bind to source address (Cannot assign requested address)\", ", farm.Log[0], StringComparison.Ordinal);
        Assert.Equal(3, farm.Console.Count(line => line == "Alert Cannot bind to source address before connect() for backend src. Aborting."));
        Assert.Empty(farm.Kernel.OpenDescriptors);
    }

    [Fact]
    public void A_plain_check_is_reset_unseen_and_one_with_a_header_is_closed_in_order()
    {
        CheckedFarm plain = new CheckedFarm().Add(BackendConfig("b", Checked("s", 1))).Start();
        plain.Pass(50);
        CheckedFarm withHeader = new CheckedFarm()
            .Add(BackendConfig("b", Checked("s", 80) with { SendProxy = SendProxyVersion.V1 })).Start();
        withHeader.Pass(50);

        Assert.Equal([(SocketOption.QuickAck, 0), (SocketOption.LingerReset, 1)], plain.Kernel.OptionsSet);
        Assert.Empty(withHeader.Kernel.OptionsSet);
        Assert.Equal("PROXY TCP4 127.0.0.1 127.0.0.1 4660 80\r\n", Encoding.ASCII.GetString(withHeader.Kernel.Sent[0]));
    }

    [Fact]
    public void The_version_2_header_of_a_check_is_local()
    {
        CheckedFarm farm = new CheckedFarm()
            .Add(BackendConfig("b", Checked("s", 80) with { SendProxy = SendProxyVersion.V2 })).Start();
        farm.Pass(50);

        Assert.Equal("\r\n\r\n\0\r\nQUIT\n \0\0\0", Encoding.ASCII.GetString(farm.Kernel.Sent[0]));
    }

    [Fact]
    public void A_port_of_its_own_turns_the_servers_header_off_unless_asked_for()
    {
        ServerConfig server = Checked("s", 80, new CheckConfig { Port = 81 }) with { SendProxy = SendProxyVersion.V1 };
        CheckedFarm silent = new CheckedFarm().Add(BackendConfig("b", server)).Start();
        silent.Pass(50);
        CheckedFarm asked = new CheckedFarm()
            .Add(BackendConfig("b", server with { Check = server.Check with { SendProxy = true } })).Start();
        asked.Pass(50);

        Assert.Empty(silent.Kernel.Sent);
        Assert.Equal(81, PortOf(silent.Kernel.Destinations[0]));
        Assert.Equal("PROXY TCP4 127.0.0.1 127.0.0.1 4660 81\r\n", Encoding.ASCII.GetString(asked.Kernel.Sent[0]));
    }

    [Fact]
    public void Stopping_closes_the_checks_under_way_and_leaves_no_timer()
    {
        CheckedFarm farm = new CheckedFarm { WhenDead = ConnectScript.Silent }.Add(BackendConfig("b", Checked("s", 1)));
        farm.Kill(1);
        farm.Start().Pass(50);
        Assert.Single(farm.Kernel.OpenDescriptors);

        farm.Runner.Stop();

        Assert.Empty(farm.Kernel.OpenDescriptors);
        Assert.Equal(0, farm.Loop.TimerCount);
    }

    [Fact]
    public void Checks_do_not_allocate_once_warm()
    {
        CheckedFarm farm = new CheckedFarm().Add(BackendConfig("b", Checked("s1", 1), Checked("s2", 2))).Start();
        farm.Kill(2);
        farm.Kernel.ConnectsMs.Capacity = 100_000;
        farm.Kernel.Destinations.Capacity = 100_000;
        farm.Kernel.OptionsSet.Capacity = 100_000;
        farm.Pass(20_000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        farm.Pass(20_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void After_any_outage_the_state_is_what_a_plain_count_of_results_says() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4], Gen.Bool.Array[1, 40]).Sample((rise, fall, answers) =>
        {
            int next = 0;
            CheckedFarm farm = new();
            farm.Kernel.OnConnect = _ => answers[Math.Min(next++, answers.Length - 1)]
                ? ConnectScript.Accepted : ConnectScript.Refused;
            CheckConfig check = new() { InterMs = 10, Rise = rise, Fall = fall };
            farm.Add(BackendConfig("b", Checked("s", 1, check) with { InitState = InitState.FullyUp })).Start();
            bool isUp = true;
            int against = 0;
            while (next < answers.Length)
            {
                int seen = next;
                farm.Pass(1);
                for (; seen < Math.Min(next, answers.Length); seen++)
                {
                    against = answers[seen] == isUp ? 0 : against + 1;
                    if (against == (isUp ? fall : rise))
                        (isUp, against) = (!isUp, 0);
                }

                if (farm.Server("b/s").IsUp != isUp || farm.Backend("b").ServersInRotation != (isUp ? 1 : 0))
                    return false;
            }

            return true;
        }, iter: 200);

    private static string ReasonOf(CheckedFarm farm)
    {
        farm.Add(BackendConfig("b", Checked("s", 1)));
        farm.Kill(1);
        farm.Start().Pass(50);
        string line = farm.Log[0];
        int start = line.IndexOf("reason: ", StringComparison.Ordinal) + "reason: ".Length;
        return line[start..line.IndexOf(", check duration", StringComparison.Ordinal)];
    }
}
