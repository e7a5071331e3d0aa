using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>The words of a session line: the built-in formats and every variable of one's own.</summary>
public sealed class LogFormats(ITestOutputHelper output)
{
    private static readonly Scenario[] Rows =
    [
        new("A frontend and a backend are named apart", """
            frontend www
                bind 127.0.0.1:{bind:fe}
                default_backend app
            backend app
                server s1 127.0.0.1:{server:s1}
            """, stage => stage.Session()),
        new("Option tcplog clf", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                option tcplog clf
                log-tag clf
                server s1 127.0.0.1:{server:s1}
            """, stage => stage.Session()) { Divergence = Divergences.CommonLogFormat },
        new("A log-format with every number of a tcp session", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                log-format "ac=%ac fc=%fc bc=%bc sc=%sc rc=%rc sq=%sq bq=%bq B=%B U=%U ts=%ts tsc=%tsc ST=%ST lc=%lc rt=%rt Th=%Th Tw=%Tw Tc=%Tc Td=%Td Tt=%Tt Tu=%Tu"
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            await stage.Session();
            await stage.Session();
        }) { LogLines = 2 },
        new("A log-format with every name and address of a tcp session", """
            frontend www
                bind 127.0.0.1:{bind:fe} name door
                log-format "ci=%ci cp=%cp fi=%fi fp=%fp f=%f ft=%ft b=%b s=%s si=%si sp=%sp bi=%bi H-is-set T=%T Tl=%Tl Ts=%Ts Tms=%ms"
                default_backend app
            backend app
                server s1 127.0.0.1:{server:s1}
            """, stage => stage.Session()),
        new("Quoting, escaping and hexadecimal flags of a log-format", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                log-format "%{+Q}f %{+Q}s %{+X}ci %{+X}fi %{+Q}o %b %ts %{-Q}b [%{+E}f] %% 100%%"
                server s1 127.0.0.1:{server:s1}
            """, stage => stage.Session()),
        new("A log-format of unset values", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                log-format "s=%s si=%si sp=%sp bi=%bi bp=%bp ID=%ID %{+Q}ID %{+Q}s Tw=%Tw Tc=%Tc ST=%ST"
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.WaitForFin();
        }),
        new("Error-log-format replaces the line of a refused connection", """
            listen test1
                bind 127.0.0.1:{bind:fe} accept-proxy
                error-log-format "refused %ci on %fp"
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.Send("nonsense\r\n");
            await client.WaitForFin();
        }),
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Are_written_as_by_haproxy(string scenario) => SideBySide.Run(Rows, scenario, output);
}
