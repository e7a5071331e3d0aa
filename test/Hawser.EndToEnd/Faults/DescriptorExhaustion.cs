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

/// <summary>The process runs out of descriptors: it says so once, waits, and goes on when some are free again.</summary>
public sealed class DescriptorExhaustion
{
    private const int Clients = 60;

    [Fact]
    public async Task Accepting_pauses_without_a_storm_and_resumes_when_descriptors_are_free()
    {
        if (Skipped.Because(nameof(Accepting_pauses_without_a_storm_and_resumes_when_descriptors_are_free),
            ("hawser", Binaries.Hawser), ("prlimit", Binaries.InPath("prlimit"))))
            return;
        using Stage stage = new();
        await stage.Start(Binaries.Hawser!, """
            global
                log 127.0.0.1:{log} local0
                nbthread 1
            defaults
                mode tcp
                log global
                option dontlog-normal
                timeout connect 1s
                timeout client 20s
                timeout server 20s
            listen test1
                bind 127.0.0.1:{bind:fe}
                server s1 127.0.0.1:{server:s1}

            """);
        await LimitDescriptors(stage.Proxy.Pid, 50);

        Peer[] clients = new Peer[Clients];
        for (int i = 0; i < Clients; i++)
            clients[i] = await stage.Connect($"client {i}", "fe");
        stage.Server("s1").AnswerWithName();
        TimeSpan before = ProcessFacts.CpuTime(stage.Proxy.Pid);
        await Task.Delay(1500);
        TimeSpan spent = ProcessFacts.CpuTime(stage.Proxy.Pid) - before;

        Assert.False(stage.Proxy.HasExited);
        Assert.True(spent < TimeSpan.FromMilliseconds(500), $"spun for {spent.TotalMilliseconds} ms of CPU while paused");
        // HAProxy writes this line at every attempt; ours is written once per period.
        Assert.InRange(stage.Log.Lines.Count(l => l.Contains(" FD limit ", StringComparison.Ordinal)), 1, 3);

        // Each answered client that closes frees two descriptors, until everybody has had an answer.
        foreach (Peer client in clients)
        {
            await client.WaitForFin();
            Assert.Equal("s1", client.Text);
            client.Close();
        }
    }

    private static async Task LimitDescriptors(int pid, int count)
    {
        using Process limit = Process.Start(Binaries.InPath("prlimit")!, ["--pid", pid.ToString(), $"--nofile={count}:{count}"]);
        await limit.WaitForExitAsync();
        Assert.Equal(0, limit.ExitCode);
    }
}
