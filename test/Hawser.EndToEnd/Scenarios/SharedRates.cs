using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>
/// What one limit gives to several listeners. HAProxy's shares are no more equal than ours (31 to 29 of 60 one day, 35 to
/// 25 of ours), so each proxy is judged alone.
/// </summary>
[Collection(nameof(Alone))]
public sealed class SharedRates
{
    private const int ClientsPerListener = 20;

    private const string TwoListeners = """
        global
            log 127.0.0.1:{log} local0
            nbthread 1
            maxconnrate 10
        defaults
            mode tcp
            log global
            timeout connect 5s
            timeout client 9s
            timeout server 9s
        listen test1
            bind 127.0.0.1:{bind:fe1}
            server s1 127.0.0.1:{server:s1}
        listen test2
            bind 127.0.0.1:{bind:fe2}
            server s2 127.0.0.1:{server:s2}

        """;

    [Fact]
    public Task Two_crowds_at_two_listeners_both_get_their_share_of_maxconnrate() => Shares(Binaries.Hawser, "hawser");

    [Fact]
    public Task So_they_do_with_haproxy() => Shares(Binaries.Haproxy, "haproxy");

    /// <summary>Whoever has its answer goes: a server speaks with one client at a time.</summary>
    private static int Serve(List<(Peer Client, string Server)> waiting, List<string> served)
    {
        foreach ((Peer client, string server) in waiting.FindAll(static ask => ask.Client.Received > 0))
        {
            client.Close();
            served.Add(server);
        }

        waiting.RemoveAll(static ask => ask.Client.Received > 0);
        return served.Count;
    }

    /// <summary>When fifteen are served, each listener has served a quarter of them at least.</summary>
    private static async Task Shares(string? binary, string name)
    {
        if (Skipped.Because(nameof(SharedRates), (name, binary)))
            return;
        using Stage stage = new();
        await stage.Start(binary!, TwoListeners);
        stage.Server("s1").AnswerWithName();
        stage.Server("s2").AnswerWithName();
        List<(Peer Client, string Server)> waiting = [];
        for (int i = 0; i < ClientsPerListener; i++)
        {
            waiting.Add((await stage.Ask("fe1", i), "s1"));
            waiting.Add((await stage.Ask("fe2", ClientsPerListener + i), "s2"));
        }

        List<string> served = [];
        await Patience.Until(() => Serve(waiting, served) >= 15, "fifteen clients to be served");
        Assert.InRange(served.Count(static server => server == "s1"), served.Count / 4, served.Count - (served.Count / 4));
    }
}
