using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>Which sessions are logged, when, at which level and in which words.</summary>
public sealed class SessionLogs(ITestOutputHelper output)
{
    private static readonly Scenario[] Rows =
    [
        new("Option logasap logs at connection with plus signs", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                option logasap
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            Peer server = await stage.Accept("s1");
            await stage.Log.WaitFor(1);
            await server.Send(500);
            await client.WaitForBytes(500);
            server.Close();
            await client.WaitForFin();
            client.Close();
        }),
        new("Option logasap with a server that refuses", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                option logasap
                retries 0
                server s1 127.0.0.1:{refused:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.WaitForFin();
        }),
        new("Dontlognull hides a client that said nothing", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                option dontlognull
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            Peer silent = await stage.Connect("silent", "fe");
            Peer first = await stage.Accept("s1");
            silent.Close();
            await first.WaitForFin();
            first.Close();
            await stage.Settle();
            await stage.Session();
        }),
        new("Dontlognull hides also a silent client that got an answer", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                option dontlognull
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            Peer server = await stage.Accept("s1");
            await server.Send(10);
            await client.WaitForBytes(10);
            client.Close();
            await server.WaitForFin();
            server.Close();
        }) { LogLines = 0 },
        new("Dontlognull and a silent client whose server refuses", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                option dontlognull
                retries 0
                server s1 127.0.0.1:{refused:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.WaitForFin();
        }) { LogLines = 0 },
        new("Dontlognull and a silent client that times out", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                option dontlognull
                timeout client 300ms
                timeout server 300ms
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            Peer server = await stage.Accept("s1");
            await client.WaitForFin();
        }) { LogLines = 0 },
        new("Dontlog-normal hides normal ends only", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                option dontlog-normal
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            await stage.Session();
            (Peer client, Peer server) = await stage.Established();
            server.Reset();
            await client.WaitForFin();
        }),
        new("Log-separate-errors raises the level of an abnormal end", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                option log-separate-errors
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            await stage.Session();
            await stage.Log.WaitFor(1);
            (Peer client, Peer server) = await stage.Established();
            server.Reset();
            await client.WaitForFin();
        }) { LogLines = 2 },
        new("Log-separate-errors and a retried connection", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                option log-separate-errors
                option redispatch
                balance roundrobin
                server s1 127.0.0.1:{refused:s1}
                server s2 127.0.0.1:{server:s2}
            """, async stage => await stage.AskWhoAnswers("fe", 3, "s2")) { LogLines = 3 },
        new("Without tcplog the default line is written at accept", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            Peer server = await stage.Accept("s1");
            await stage.Log.WaitFor(1);
            client.Close();
            await server.WaitForFin();
        }) { Prelude = NoTcplog },
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Logs_as_haproxy_does(string scenario) => SideBySide.Run(Rows, scenario, output);

    private const string NoTcplog = """
        global
            log 127.0.0.1:{log} local0 debug
            nbthread 1
        defaults
            mode tcp
            log global
            timeout connect 1s
            timeout client 4s
            timeout server 4s

        """;
}
