using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>The bytes of a syslog datagram for each format and option of a log target.</summary>
public sealed class Datagrams(ITestOutputHelper output)
{
    private static readonly Scenario[] Rows =
    [
        One("The default format", "log 127.0.0.1:{log} local0"),
        One("Format rfc3164", "log 127.0.0.1:{log} format rfc3164 local0"),
        One("Format rfc5424", "log 127.0.0.1:{log} format rfc5424 local0"),
        One("Format raw", "log 127.0.0.1:{log} format raw local0"),
        One("Format short", "log 127.0.0.1:{log} format short local0"),
        One("Format timed", "log 127.0.0.1:{log} format timed local0"),
        One("Format iso", "log 127.0.0.1:{log} format iso local0"),
        One("Format priority", "log 127.0.0.1:{log} format priority local0"),
        One("Format local", "log 127.0.0.1:{log} format local local0"),
        One("A facility other than local0", "log 127.0.0.1:{log} daemon"),
        One("A maximum level raises nothing and hides info when lower", "log 127.0.0.1:{log} local0 notice", lines: 0),
        One("A minimum level", "log 127.0.0.1:{log} local0 debug err"),
        Cut("A length of 80 cuts the line", "log 127.0.0.1:{log} len 80 local0"),
        Cut("A length of 80 cuts an rfc5424 line", "log 127.0.0.1:{log} len 80 format rfc5424 local0"),
        One("A log-tag", "log 127.0.0.1:{log} local0", global: "log-tag mytag"),
        One("A log-tag with rfc5424", "log 127.0.0.1:{log} format rfc5424 local0", global: "log-tag mytag"),
        One("Log-send-hostname with a name", "log 127.0.0.1:{log} local0", global: "log-send-hostname example"),
        One("Log-send-hostname with rfc5424", "log 127.0.0.1:{log} format rfc5424 local0", global: "log-send-hostname example"),
        One("Structured data of rfc5424", "log 127.0.0.1:{log} format rfc5424 local0", proxy: "log-format-sd \"[a@1 b=\\\"%b\\\"]\""),
        One("Two targets get a line each", "log 127.0.0.1:{log} local0\n    log 127.0.0.1:{log} local1", lines: 2),
        One("No log in the proxy", "log 127.0.0.1:{log} local0", proxy: "no log", lines: 0),
        One("A target of the proxy's own", "log 127.0.0.1:{log} local0", proxy: "no log\n    log 127.0.0.1:{log} local7"),
        One("A unix datagram socket", "log {log:device} local0"),
        One("A unix datagram socket in rfc5424", "log unix@{log:device} format rfc5424 local0"),
        Cut("A length of 80 on a unix datagram socket", "log {log:device} len 80 local0"),
        One("A unix datagram socket beside a port", "log {log:device} local0\n    log 127.0.0.1:{log} local1", lines: 2) with { AnyLogOrder = true },
        One("A unix datagram socket that nobody reads from", "log {path:nobody} local0\n    log 127.0.0.1:{log} local1", lines: 1),
        One("Every second line of a sample", "log 127.0.0.1:{log} sample 2:2 local0", sessions: 4, lines: 2),
        One("A sample with ranges", "log 127.0.0.1:{log} sample 1,3-4:5 local0", sessions: 10, lines: 6),
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Arrive_as_from_haproxy(string scenario) => SideBySide.Run(Rows, scenario, output);

    /// <summary>Where the cut falls in the text depends on the digits of the pid and the port: the size is compared.</summary>
    private static Scenario Cut(string name, string log)
    {
        Scenario whole = One(name, log);
        return whole with
        {
            LogLines = 0,
            CompareLog = false,
            Divergence = Divergences.LineLength,
            Play = async stage =>
            {
                await whole.Play(stage);
                await stage.Log.WaitFor(1);
                stage.Notes.Saw($"{stage.Log.Lines[0].Length} bytes, the last is {(int)stage.Log.Lines[0][^1]}");
            },
        };
    }

    private static Scenario One(
        string name, string log, string global = "", string proxy = "", int sessions = 1, int lines = 1) =>
        new(name, $$"""
            global
                {{log}}
                nbthread 1
                {{global}}
            defaults
                mode tcp
                log global
                option tcplog
                timeout connect 1s
                timeout client 4s
                timeout server 4s
            listen test1
                bind 127.0.0.1:{bind:fe}
                {{proxy}}
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            for (int i = 0; i < sessions; i++)
            {
                Peer client = await stage.Connect($"client {i}", "fe");
                Peer server = await stage.Accept("s1");
                await server.Send(100 + i);
                await client.WaitForBytes(100 + i);
                server.HalfClose();
                await client.WaitForFin();
                client.Close();
                await server.WaitForFin();
                server.Close();
            }
        }) { Prelude = "", LogLines = lines };
}
