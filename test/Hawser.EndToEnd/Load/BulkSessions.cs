using System;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Hawser.EndToEnd.Scenarios;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Load;

/// <summary>Many sessions at once: every byte arrives, nobody waits for a slow one, and nothing is left behind.</summary>
[Collection(nameof(Alone))]
public sealed class BulkSessions(ITestOutputHelper output)
{
    private const int Sessions = 2000;
    private const int BytesEachWay = (1 << 30) / (2 * Sessions) + 1;
    private const long SlackBytes = 16 << 20;

    private const string Configuration = """
        global
            log 127.0.0.1:{log} local0 err
            maxconn 5000
        defaults
            mode tcp
            log global
            timeout connect 20s
            timeout client 60s
            timeout server 60s
            maxconn 5000
        listen test1
            bind 127.0.0.1:{bind:fe} backlog 4096
            server s1 127.0.0.1:{server:s1}

        """;

    [Fact]
    public async Task Two_thousand_sessions_move_a_gibibyte_unharmed_and_leave_nothing_behind()
    {
        if (Skipped.Because(nameof(Two_thousand_sessions_move_a_gibibyte_unharmed_and_leave_nothing_behind),
            ("hawser", Binaries.Hawser)))
            return;
        using Stage stage = new();
        await stage.Start(Binaries.Hawser!, Configuration);
        int pid = stage.Proxy.Pid;
        int descriptors = ProcessFacts.Descriptors(pid);

        BulkTransfer transfer = new(stage.Bind("fe"), stage.Server("s1"), Sessions, BytesEachWay);
        await transfer.Run();
        await Patience.Until(() => ProcessFacts.Descriptors(pid) == descriptors, $"the {ProcessFacts.Descriptors(pid)} descriptors to be {descriptors} again");
        long afterFirst = ProcessFacts.ResidentBytes(pid);
        await transfer.Run();
        await Patience.Until(() => ProcessFacts.Descriptors(pid) == descriptors, $"the {ProcessFacts.Descriptors(pid)} descriptors to be {descriptors} again");
        long afterSecond = ProcessFacts.ResidentBytes(pid);

        output.WriteLine($"{transfer.Describe()}; resident {afterFirst >> 20} MiB, then {afterSecond >> 20} MiB");
        Assert.True(afterSecond <= afterFirst + SlackBytes, $"resident memory grew from {afterFirst} to {afterSecond} bytes");
        Assert.Empty(stage.Log.Lines);
    }

    /// <summary>
    /// Counted, not timed: the turns of a loop that has endless senders with readers that stopped. Its process would be
    /// awake all the time if it tried to write to them; it wakes up for the exchanges only.
    /// </summary>
    [Fact]
    public async Task A_slow_reader_costs_the_others_not_one_more_turn_of_the_loop()
    {
        if (Skipped.Because(nameof(A_slow_reader_costs_the_others_not_one_more_turn_of_the_loop), ("hawser", Binaries.Hawser)))
            return;
        const int exchanges = 100;
        using Stage stage = new();
        await stage.Start(Binaries.Hawser!, "global\n    nbthread 1\n" + Configuration);
        (Peer client, Peer server) = await stage.Established();
        await Exchange(client, server, exchanges);
        long without = await TurnsOf(stage, () => Exchange(client, server, exchanges));

        for (int i = 0; i < 10; i++)
        {
            await stage.Connect($"stopped {i}", "fe", reads: false);
            Peer endless = await stage.Accept("s1");
            await endless.SendUntilStalled(64 << 20, stage.Proxy);
        }

        Peer slow = await stage.Connect("slow", "fe", reads: false, receiveBuffer: 4096);
        Peer flood = await stage.Accept("s1");
        await flood.SendUntilStalled(64 << 20, stage.Proxy);
        long with = await TurnsOf(stage, () => Exchange(client, server, exchanges));

        output.WriteLine($"{exchanges} exchanges: {without} turns alone, {with} beside eleven stopped readers");
        // Each exchange wakes the loop twice at most; window probes of the kernels wake it now and then.
        Assert.InRange(with, 1, 2 * exchanges + exchanges / 2);
        Assert.Equal(0, slow.Received);
        Assert.False(slow.SawFin || slow.SawReset);
    }

    [Fact]
    public async Task Readers_that_stopped_hold_up_nobody_else_and_a_bounded_amount_of_memory()
    {
        if (Skipped.Because(nameof(Readers_that_stopped_hold_up_nobody_else_and_a_bounded_amount_of_memory),
            ("hawser", Binaries.Hawser)))
            return;
        const int stopped = 50;
        using Stage stage = new();
        await stage.Start(Binaries.Hawser!, Configuration);
        long before = ProcessFacts.ResidentBytes(stage.Proxy.Pid);
        for (int i = 0; i < stopped; i++)
        {
            await stage.Connect($"stopped {i}", "fe", reads: false);
            Peer server = await stage.Accept("s1");
            await server.SendUntilStalled(32 << 20, stage.Proxy);
        }

        long held = ProcessFacts.ResidentBytes(stage.Proxy.Pid) - before;
        await new BulkTransfer(stage.Bind("fe"), stage.Server("s1"), 100, 1 << 20).Run();

        output.WriteLine($"{stopped} stopped readers hold {held >> 10} KiB");
        Assert.True(held < stopped * 128L * 1024 + SlackBytes, $"{held} bytes held for {stopped} stopped readers");
    }

    /// <summary>How often the proxy fell asleep, that is how often its loop turned around.</summary>
    private static async Task<long> TurnsOf(Stage stage, System.Func<Task> work)
    {
        await stage.Proxy.Idle();
        long before = ProcessFacts.Sleeps(stage.Proxy.Pid) ?? 0;
        await work();
        await stage.Proxy.Idle();
        return (ProcessFacts.Sleeps(stage.Proxy.Pid) ?? 0) - before;
    }

    private static async Task Exchange(Peer client, Peer server, int times)
    {
        for (int i = 0; i < times; i++)
        {
            long received = server.Received;
            await client.Send(10);
            await Patience.Until(() => server.Received == received + 10, "the request");
            received = client.Received;
            await server.Send(10);
            await Patience.Until(() => client.Received == received + 10, "the answer");
        }
    }
}
