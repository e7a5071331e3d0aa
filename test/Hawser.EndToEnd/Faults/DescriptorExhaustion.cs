using System;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Hawser.EndToEnd.Scenarios;
using Xunit;

namespace Hawser.EndToEnd.Faults;

/// <summary>
/// The process runs out of descriptors: it says so once per period, waits, and goes on when some are free again. That
/// it rests between its attempts is shown with simulated time, by AcceptorTests in Hawser.Tests.
/// </summary>
[Collection(nameof(Alone))]
public sealed class DescriptorExhaustion
{
    private const int FreeDescriptors = 20;
    private const int WaitingClients = 40;
    private const int ReportPeriodMs = 10_000;

    /// <summary>A session that finds no descriptor for its server tries again until one is free, however long that takes.</summary>
    private const string Configuration = """
        global
            log 127.0.0.1:{log} local0
            nbthread 1
        defaults
            mode tcp
            log global
            option dontlog-normal
            retries 10000
            timeout connect 60s
            timeout client 120s
            timeout server 120s
        listen test1
            bind 127.0.0.1:{bind:fe}
            server s1 127.0.0.1:{server:s1}

        """;

    [Fact]
    public async Task Accepting_pauses_and_resumes_when_descriptors_are_free_and_every_client_is_served()
    {
        if (Skipped.Because(nameof(Accepting_pauses_and_resumes_when_descriptors_are_free_and_every_client_is_served),
            ("hawser", Binaries.Hawser), ("prlimit", Binaries.InPath("prlimit"))))
            return;
        using Stage stage = new();
        await stage.Start(Binaries.Hawser!, Configuration);
        Stopwatch clock = Stopwatch.StartNew();
        int free = await LeaveDescriptors(stage.Proxy.Pid, FreeDescriptors);

        // A session takes two: these are more than can be accepted, whatever the process has open already.
        Peer[] clients = new Peer[free + WaitingClients];
        for (int i = 0; i < clients.Length; i++)
            clients[i] = await stage.Connect($"client {i}", "fe");
        await stage.Log.WaitFor("reached process FD limit");

        // Each answered client that closes frees two descriptors, until everybody has had an answer.
        stage.Server("s1").AnswerWithName();
        foreach (Peer client in clients)
        {
            await client.WaitForFin();
            Assert.Equal("s1", client.Text);
            client.Close();
        }

        Assert.False(stage.Proxy.HasExited);
        await stage.Settle();
        // HAProxy writes this line at every attempt; ours is written once per period.
        int reports = stage.Log.Lines.Count(l => l.Contains("Proxy test1 reached process FD limit", StringComparison.Ordinal));
        Assert.InRange(reports, 1, 1 + clock.ElapsedMilliseconds / ReportPeriodMs);
    }

    /// <summary>
    /// Limits the process to what it has open and <paramref name="wanted"/> more; what it inherited counts, and may have
    /// left gaps in its numbers. Returns how many it can really open.
    /// </summary>
    private static async Task<int> LeaveDescriptors(int pid, int wanted)
    {
        int[] open = ProcessFacts.DescriptorNumbers(pid);
        int limit = Math.Max(open.Max() + 1, open.Length + wanted);
        using Process set = Process.Start(Binaries.InPath("prlimit")!, ["--pid", $"{pid}", $"--nofile={limit}:{limit}"]);
        await set.WaitForExitAsync();
        Assert.Equal(0, set.ExitCode);
        return limit - open.Length;
    }
}
