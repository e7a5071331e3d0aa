using Hawser.Control.Processes;
using Xunit;

namespace Hawser.Tests.Control;

/// <summary>The numbers are those of "show info" of HAProxy 2.6 and 3.5 under the same limits.</summary>
public sealed class LimitPlanTests
{
    private static readonly DescriptorNeeds OneThread = new(
        Listeners: 2, Checks: 0, Threads: 1, UsesSplice: false, CliConnections: 10);
    private static readonly DescriptorNeeds TwoThreads = OneThread with { Threads = 2 };

    [Theory]
    [InlineData(2, 0, 1, 45)]
    [InlineData(2, 0, 2, 48)]
    [InlineData(2, 0, 4, 54)]
    [InlineData(2, 0, 8, 66)]
    [InlineData(4, 0, 1, 47)]
    [InlineData(2, 1, 1, 46)]
    [InlineData(2, 5, 1, 50)]
    public void Ten_connections_need_their_descriptors_and_the_reserved_ones(
        int listeners, int checks, int threads, int maxSockets)
    {
        LimitPlan plan = LimitPlan.Compute(
            new LimitSettings { MaxConnections = 10 }, new DescriptorNeeds(listeners, checks, threads, false, 10), 20_000);
        Assert.Equal(maxSockets, plan.MaxSockets);
        Assert.Equal(maxSockets, plan.DescriptorLimit);
        Assert.False(plan.IsAutomatic);
    }

    [Theory]
    [InlineData(1, 0, 9991)]
    [InlineData(2, 10, 9986)]
    [InlineData(2, 50, 9966)]
    [InlineData(3, 10, 9985)]
    public void A_stats_socket_takes_the_descriptors_of_its_own_connections(
        int listeners, int cliConnections, int maxConnections)
    {
        DescriptorNeeds needs = TwoThreads with { Listeners = listeners, CliConnections = cliConnections };
        Assert.Equal(maxConnections, LimitPlan.Compute(new LimitSettings(), needs, 20_000).MaxConnections);
    }

    [Theory]
    [InlineData(300, 136, 300)]
    [InlineData(1024, 498, 1024)]
    [InlineData(20_000, 9986, 20_000)]
    [InlineData(50, 100, 228)]
    [InlineData(20, 100, 228)]
    public void Without_maxconn_the_system_decides_but_never_below_a_hundred(
        ulong systemLimit, int maxConnections, int maxSockets)
    {
        LimitPlan plan = LimitPlan.Compute(new LimitSettings(), TwoThreads, systemLimit);
        Assert.Equal(maxConnections, plan.MaxConnections);
        Assert.Equal(maxSockets, plan.MaxSockets);
        Assert.True(plan.IsAutomatic);
    }

    [Theory]
    [InlineData(null, 1024, 398, 99, 1022)]
    [InlineData(null, 20_000, 7988, 1997, 19_998)]
    [InlineData(100, 20_000, 100, 25, 278)]
    [InlineData(10, 20_000, 10, 2, 52)]
    [InlineData(7, 20_000, 7, 1, 44)]
    public void Splicing_takes_a_pipe_for_every_fourth_connection(
        int? asked, ulong systemLimit, int maxConnections, int maxPipes, int maxSockets)
    {
        LimitPlan plan = LimitPlan.Compute(
            new LimitSettings { MaxConnections = asked }, TwoThreads with { UsesSplice = true }, systemLimit);
        Assert.Equal(maxConnections, plan.MaxConnections);
        Assert.Equal(maxPipes, plan.MaxPipes);
        Assert.Equal(maxSockets, plan.MaxSockets);
    }

    [Fact]
    public void Maxpipes_counts_two_descriptors_each()
    {
        LimitPlan plan = LimitPlan.Compute(
            new LimitSettings { MaxConnections = 10, MaxPipes = 7 }, OneThread, 20_000);
        Assert.Equal(59, plan.MaxSockets);
        Assert.Equal(7, plan.MaxPipes);
    }

    [Theory]
    [InlineData(3000, 1487, 2999)]
    [InlineData(30_000, 9987, 19_999)]
    public void Fd_hard_limit_lowers_the_computed_number_only(int hardLimit, int maxConnections, int maxSockets)
    {
        LimitPlan plan = LimitPlan.Compute(
            new LimitSettings { DescriptorHardLimit = hardLimit }, OneThread, 20_000);
        Assert.Equal(maxConnections, plan.MaxConnections);
        Assert.Equal(maxSockets, plan.MaxSockets);
    }

    [Fact]
    public void Ulimit_n_sets_the_limit_and_leaves_the_need_as_it_is()
    {
        LimitPlan plan = LimitPlan.Compute(
            new LimitSettings { MaxConnections = 400, DescriptorLimit = 500 }, OneThread, 20_000);
        Assert.Equal(825, plan.MaxSockets);
        Assert.Equal(500, plan.DescriptorLimit);
    }

    [Theory]
    [InlineData(100, 2800)]
    [InlineData(20, 560)]
    [InlineData(1, 28)]
    public void A_memory_limit_lowers_the_computed_number(int megabytes, int maxConnections)
    {
        LimitPlan plan = LimitPlan.Compute(
            new LimitSettings { MemoryMegabytes = megabytes }, OneThread, 20_000);
        Assert.Equal(maxConnections, plan.MaxConnections);
    }

    [Fact]
    public void Huge_numbers_do_not_overflow()
    {
        LimitPlan plan = LimitPlan.Compute(
            new LimitSettings { MaxConnections = int.MaxValue }, OneThread, ulong.MaxValue);
        Assert.Equal(int.MaxValue, plan.MaxSockets);
        plan = LimitPlan.Compute(
            new LimitSettings { DescriptorHardLimit = int.MaxValue }, OneThread, ulong.MaxValue);
        Assert.Equal(((long)int.MaxValue - OneThread.Reserved) / 2, plan.MaxConnections);
    }
}
