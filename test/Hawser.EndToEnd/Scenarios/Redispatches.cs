using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>When a failing server is left for another one.</summary>
public sealed class Redispatches(ITestOutputHelper output)
{
    private static readonly Scenario[] Rows =
    [
        new("The only server refuses and redispatch finds no other", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 2
                option redispatch
                server s1 127.0.0.1:{refused:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.WaitForFin();
        }),
        new("The first server refuses and redispatch reaches the second", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 3
                option redispatch
                balance roundrobin
                server s1 127.0.0.1:{refused:s1}
                server s2 127.0.0.1:{server:s2}
            """, async stage => await stage.AskWhoAnswers("fe", 2, "s2")) { LogLines = 2 },
        new("Redispatch 1 leaves the failing server at the first retry", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 3
                option redispatch 1
                balance roundrobin
                server s1 127.0.0.1:{refused:s1}
                server s2 127.0.0.1:{server:s2}
            """, async stage => await stage.AskWhoAnswers("fe", 2, "s2")) { LogLines = 2 },
        new("Redispatch 2 stays at the failing server for one retry", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 3
                option redispatch 2
                balance roundrobin
                server s1 127.0.0.1:{refused:s1}
                server s2 127.0.0.1:{server:s2}
            """, async stage => await stage.AskWhoAnswers("fe", 2, "s2")) { LogLines = 2 },
        new("Redispatch -2 leaves two retries before the last", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 3
                option redispatch -2
                balance roundrobin
                server s1 127.0.0.1:{refused:s1}
                server s2 127.0.0.1:{server:s2}
            """, async stage => await stage.AskWhoAnswers("fe", 2, "s2")) { LogLines = 2 },
        new("Without redispatch the failing server is retried until spent", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 1
                balance roundrobin
                server s1 127.0.0.1:{refused:s1}
                server s2 127.0.0.1:{server:s2}
            """, async stage => await stage.AskWhoAnswers("fe", 2, "s2")) { LogLines = 2 },
        new("Redispatch leaves a server that never answers", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 1
                timeout connect 300ms
                option redispatch
                balance roundrobin
                server s1 127.0.0.1:{blackhole:s1}
                server s2 127.0.0.1:{server:s2}
            """, async stage => await stage.AskWhoAnswers("fe", 2, "s2")) { LogLines = 2 },
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Choose_as_haproxy_does(string scenario) => SideBySide.Run(Rows, scenario, output);
}
