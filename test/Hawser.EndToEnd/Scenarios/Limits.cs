using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>Limits in front: of the process, a listener, a frontend, and rates.</summary>
public sealed class Limits(ITestOutputHelper output)
{
    private static readonly Scenario[] Rows =
    [
        new("A listener at maxconn leaves the next client in the backlog", """
            listen test1
                bind 127.0.0.1:{bind:fe} maxconn 1
                server s1 127.0.0.1:{server:s1}
            """, SecondWaits) { LogLines = 2, Divergence = Divergences.MaxconnReached },
        new("A frontend at maxconn leaves the next client in the backlog", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                maxconn 1
                server s1 127.0.0.1:{server:s1}
            """, SecondWaits) { LogLines = 2, Divergence = Divergences.MaxconnReached },
        new("A process at maxconn leaves the next client in the backlog", """
            global
                log 127.0.0.1:{log} local0 debug
                nbthread 1
                maxconn 1
            defaults
                mode tcp
                log global
                option tcplog
                timeout connect 1s
                timeout client 4s
                timeout server 4s
            listen test1
                bind 127.0.0.1:{bind:fe}
                server s1 127.0.0.1:{server:s1}
            """, SecondWaits) { LogLines = 2, Prelude = "", Divergence = Divergences.MaxconnReached },
        new("Rate-limit sessions 1 spreads three clients over three seconds", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                rate-limit sessions 1
                server s1 127.0.0.1:{server:s1}
            """, ThreeInTurn) { LogLines = 3 },
        new("Maxconnrate 1 spreads three clients over three seconds", """
            global
                log 127.0.0.1:{log} local0 debug
                nbthread 1
                maxconnrate 1
            defaults
                mode tcp
                log global
                option tcplog
                timeout connect 1s
                timeout client 4s
                timeout server 4s
            listen test1
                bind 127.0.0.1:{bind:fe}
                server s1 127.0.0.1:{server:s1}
            """, ThreeInTurn) { LogLines = 3, Prelude = "" },
        new("Maxsessrate 1 spreads three clients over three seconds", """
            global
                log 127.0.0.1:{log} local0 debug
                nbthread 1
                maxsessrate 1
            defaults
                mode tcp
                log global
                option tcplog
                timeout connect 1s
                timeout client 4s
                timeout server 4s
            listen test1
                bind 127.0.0.1:{bind:fe}
                server s1 127.0.0.1:{server:s1}
            """, ThreeInTurn) { LogLines = 3, Prelude = "" },
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Hold_as_with_haproxy(string scenario) => SideBySide.Run(Rows, scenario, output);

    private static async Task SecondWaits(Stage stage)
    {
        (Peer client, Peer server) = await stage.Established();
        Peer second = await stage.Connect("second", "fe");
        await second.Send(10);
        await stage.Settle();
        stage.Notes.Saw(stage.Server("s1").HasPending ? "accepted" : "left waiting");
        server.HalfClose();
        await client.WaitForFin();
        client.Close();
        Peer next = await stage.Accept("s1");
        await next.WaitForBytes(10);
        next.HalfClose();
        await second.WaitForFin();
        second.Close();
    }

    /// <summary>Whole seconds, rounded down, that each of three clients connecting at once waited for its answer.</summary>
    private static async Task ThreeInTurn(Stage stage)
    {
        stage.Server("s1").AnswerWithName();
        long start = System.Environment.TickCount64;
        for (int i = 0; i < 3; i++)
            await stage.AskOne("fe", i);
        stage.Notes.Saw(System.Environment.TickCount64 - start >= 1500 ? "slowed down" : "at once");
    }
}
