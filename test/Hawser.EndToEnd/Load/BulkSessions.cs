using System;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Linq;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Hawser.EndToEnd.Runtime;
using Hawser.EndToEnd.Scenarios;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Load;

/// <summary>Many sessions at once: every byte arrives, nobody waits for a slow one, and nothing is left behind.</summary>
[Collection(nameof(Alone))]
public sealed partial class BulkSessions(ITestOutputHelper output)
{
    private const int Sessions = 2000;
    private const int BytesEachWay = (1 << 30) / (2 * Sessions) + 1;
    private const long SlackBytes = 16 << 20;

    /// <summary>
    /// What resident memory may be above its start when all is over: pages of the program that the load was the first
    /// to touch, the resident part of the pools, holes between objects that stay.
    /// </summary>
    private const long RestBytes = 3 << 20;

    /// <summary>Pools let go of what nobody has needed for ten to fifteen seconds.</summary>
    private const int RestLimitMs = 90_000;

    /// <summary>Of each loop's pools: see BufferPool and ProxyLoop.</summary>
    private const int ResidentSessions = 64;
    private const int ResidentBlocks = 24;

    private const string Configuration = """
        global
            log 127.0.0.1:{log} local0 err
            stats socket {path:cli} level admin
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
        long resident = ProcessFacts.ResidentBytes(pid);
        output.WriteLine($"resident at the start {resident >> 10} KiB");

        for (int round = 0; round < 2; round++)
        {
            BulkTransfer transfer = new(stage.Bind("fe"), stage.Server("s1"), Sessions, BytesEachWay);
            await transfer.Run();
            output.WriteLine($"{transfer.Describe()}; resident {ProcessFacts.ResidentBytes(pid) >> 10} KiB");
            await Patience.Until(() => ProcessFacts.Descriptors(pid) == descriptors, $"the {ProcessFacts.Descriptors(pid)} descriptors to be {descriptors} again");
            await MemoryIsBack(stage, resident);
        }

        Assert.Empty(stage.Log.Lines);
    }

    [Fact]
    public async Task Blocks_that_many_stopped_readers_held_go_back_to_the_system()
    {
        if (Skipped.Because(nameof(Blocks_that_many_stopped_readers_held_go_back_to_the_system), ("hawser", Binaries.Hawser)))
            return;
        const int stopped = 200;
        using Stage stage = new();
        await stage.Start(Binaries.Hawser!, Configuration);
        int pid = stage.Proxy.Pid;
        int descriptors = ProcessFacts.Descriptors(pid);
        long resident = ProcessFacts.ResidentBytes(pid);
        Peer[] clients = new Peer[stopped];
        for (int i = 0; i < stopped; i++)
        {
            clients[i] = await stage.Connect($"stopped {i}", "fe", reads: false);
            Peer server = await stage.Accept("s1");
            await server.SendUntilStalled(32 << 20, stage.Proxy);
        }

        long held = ProcessFacts.ResidentBytes(pid) - resident;
        foreach (Peer client in clients)
            client.Reset();
        output.WriteLine($"{stopped} stopped readers held {held >> 10} KiB");
        Assert.True(held > RestBytes, $"{held} bytes are none that could be given back");
        await Patience.Until(() => ProcessFacts.Descriptors(pid) == descriptors, $"{descriptors} descriptors");
        await MemoryIsBack(stage, resident);
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

    /// <summary>Resident memory by the kernel's account, and what the proxy's own pools say.</summary>
    private async Task MemoryIsBack(Stage stage, long resident)
    {
        int pid = stage.Proxy.Pid;
        await Patience.Until(
            () => ProcessFacts.ResidentBytes(pid) <= resident + RestBytes,
            $"{resident} bytes and a rest of resident memory", RestLimitMs);
        string pools = "";
        await Patience.Until(
            () =>
            {
                pools = CliClient.Ask($"{stage.Folder}/cli", "show pools\n").GetAwaiter().GetResult();
                return PoolLine().Matches(pools).All(IsAtRest);
            },
            $"the pools to hold what they keep for good, and not\n{pools}", RestLimitMs);
        output.WriteLine($"resident {ProcessFacts.ResidentBytes(pid) >> 10} KiB\n{pools}");
    }

    /// <summary>Each loop has pools of its own.</summary>
    private static bool IsAtRest(Match pool)
    {
        int most = pool.Groups["name"].Value == "session" ? ResidentSessions : ResidentBlocks;
        return pool.Groups["used"].Value == "0"
            && int.Parse(pool.Groups["allocated"].Value, CultureInfo.InvariantCulture) <= most * Environment.ProcessorCount;
    }

    [GeneratedRegex(@"Pool (?<name>\w+)/.*: (?<allocated>\d+) allocated.*, (?<used>\d+) used")]
    private static partial Regex PoolLine();

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
