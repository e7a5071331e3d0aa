using System;
using System.Linq;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Hawser.EndToEnd.Scenarios;
using Xunit;

namespace Hawser.EndToEnd.Legacy;

/// <summary>What HAProxy has dropped since 1.3 still does its job, and is reported as a notice with today's spelling.</summary>
public sealed class OldSpellings
{
    [Fact]
    public async Task Mode_health_answers_OK_and_closes()
    {
        if (Skipped.Because(nameof(Mode_health_answers_OK_and_closes), ("hawser", Binaries.Hawser)))
            return;
        using Stage stage = new();
        await stage.Start(Binaries.Hawser!, """
            listen health
                mode health
                bind 127.0.0.1:{bind:fe}
                timeout client 1s

            """);

        Peer client = await stage.Connect("client", "fe");
        await client.WaitForFin();

        Assert.Equal("OK", client.Text);
    }

    [Fact]
    public async Task Clitimeout_contimeout_srvtimeout_and_redispatch_still_work_and_are_noticed()
    {
        if (Skipped.Because(nameof(Clitimeout_contimeout_srvtimeout_and_redispatch_still_work_and_are_noticed),
            ("hawser", Binaries.Hawser)))
            return;
        using Stage stage = new();
        await stage.Start(Binaries.Hawser!, """
            global
                nbproc 1
                log 127.0.0.1:{log} local0
            defaults
                mode tcp
                log global
                option tcplog
                contimeout 5000
                clitimeout 2000
                srvtimeout 60000
                redispatch
                balance roundrobin
            listen test1
                bind 127.0.0.1:{bind:fe}
                server s1 127.0.0.1:{refused:s1}
                server s2 127.0.0.1:{server:s2}

            """);

        (Peer client, Peer server) = await stage.Established("fe", "s2");
        await server.WaitForFin();
        server.Close();
        await client.WaitForFin();

        await stage.Log.WaitFor(" test1/s2 ");
        Assert.Contains(stage.Log.Lines, l => l.Contains(" cD ", StringComparison.Ordinal));
        Assert.Contains(stage.Log.Lines, l => l.Contains("/+1 0/0", StringComparison.Ordinal));
        Assert.DoesNotContain("[WARNING]", stage.Proxy.Output, StringComparison.Ordinal);
        string[] notices = [.. stage.Proxy.Output.Split('\n').Where(l => l.StartsWith("[NOTICE]", StringComparison.Ordinal))];
        foreach (string word in new[] { "nbproc", "contimeout", "clitimeout", "srvtimeout", "redispatch" })
            Assert.Contains(notices, l => l.Contains(word, StringComparison.Ordinal));
    }
}
