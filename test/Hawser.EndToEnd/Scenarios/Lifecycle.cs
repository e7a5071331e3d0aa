using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>Signals with sessions open: soft stop, hard stop, pause and resume, and what is logged about them.</summary>
public sealed class Lifecycle(ITestOutputHelper output)
{
    private const string Plain = """
        listen test1
            bind 127.0.0.1:{bind:fe}
            server s1 127.0.0.1:{server:s1}
        """;

    private static readonly Scenario[] Rows =
    [
        new("A soft stop without sessions", Plain, async stage =>
        {
            stage.Proxy.Signal(UnixSignal.User1);
            stage.Notes.Saw($"exit status {await stage.Proxy.ExitStatus()}");
        }),
        new("A soft stop lets an open session finish", Plain, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            stage.Proxy.Signal(UnixSignal.User1);
            await Patience.Until(() => !ListenTable.Listens(stage.Bind("fe")), "the listener to close");
            await server.Send(100);
            await client.WaitForBytes(120);
            server.Close();
            await client.WaitForFin();
            client.Close();
            stage.Notes.Saw($"exit status {await stage.Proxy.ExitStatus()}");
        }) { LogLines = 2 },
        new("A hard stop of a soft-stopping process", Plain, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            stage.Proxy.Signal(UnixSignal.User1);
            await Patience.Until(() => !ListenTable.Listens(stage.Bind("fe")), "the listener to close");
            stage.Proxy.Signal(UnixSignal.Terminate);
            stage.Notes.Saw($"exit status {await stage.Proxy.ExitStatus()}");
            await client.WaitForFin();
            await server.WaitForFin();
        }) { LogLines = 1 },
        new("SIGTERM ends open sessions", Plain, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            stage.Proxy.Signal(UnixSignal.Terminate);
            stage.Notes.Saw($"exit status {await stage.Proxy.ExitStatus()}");
            await client.WaitForFin();
            await server.WaitForFin();
        }) { LogLines = 0 },
        new("SIGINT ends open sessions", Plain, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            stage.Proxy.Signal(UnixSignal.Interrupt);
            stage.Notes.Saw($"exit status {await stage.Proxy.ExitStatus()}");
            await client.WaitForFin();
            await server.WaitForFin();
        }) { LogLines = 0 },
        new("Hard-stop-after ends a soft stop with a session open", Plain, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            stage.Proxy.Signal(UnixSignal.User1);
            stage.Notes.Saw($"exit status {await stage.Proxy.ExitStatus()}");
            await client.WaitForFin();
            await server.WaitForFin();
        }) { LogLines = 4, Prelude = HardStop, Divergence = Divergences.KilledSession },
        new("SIGTTOU pauses and SIGTTIN resumes", Plain, async stage =>
        {
            stage.Server("s1").AnswerWithName();
            stage.Notes.Saw(await stage.AskOne("fe"));
            await stage.Log.WaitFor(1);
            stage.Proxy.Signal(UnixSignal.TerminalOutput);
            await stage.Log.WaitFor(2);
            await stage.Settle();
            stage.Notes.Saw(ListenTable.Listens(stage.Bind("fe")) ? "listens" : "does not listen");
            stage.Proxy.Signal(UnixSignal.TerminalInput);
            await stage.Log.WaitFor(3);
            await stage.Settle();
            stage.Notes.Saw(ListenTable.Listens(stage.Bind("fe")) ? "listens" : "does not listen");
            stage.Notes.Saw(await stage.AskOne("fe"));
        }) { LogLines = 4 },
        new("A UNIX socket serves again after a pause", """
            listen test1
                bind {path:door}
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            // Before it has its handlers, the signal would stop the process.
            await Patience.Until(() => System.IO.File.Exists(System.IO.Path.Combine(stage.Folder, "door")), "the socket's file");
            stage.Proxy.Signal(UnixSignal.TerminalOutput);
            await stage.Log.WaitFor(1);
            stage.Proxy.Signal(UnixSignal.TerminalInput);
            await stage.Log.WaitFor(2);
            Peer client = await stage.ConnectUnix("client", System.IO.Path.Combine(stage.Folder, "door"));
            Peer server = await stage.Accept("s1");
            server.Close();
            await client.WaitForFin();
            client.Close();
        }) { LogLines = 3 },
        new("A soft stop of two proxies", """
            frontend www
                bind 127.0.0.1:{bind:fe}
                default_backend app
            backend app
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            stage.Server("s1").AnswerWithName();
            stage.Notes.Saw(await stage.AskOne("fe"));
            await stage.Log.WaitFor(1);
            stage.Proxy.Signal(UnixSignal.User1);
            stage.Notes.Saw($"exit status {await stage.Proxy.ExitStatus()}");
        }) { LogLines = 3 },
        new("SIGHUP does not end the process", Plain, async stage =>
        {
            stage.Server("s1").AnswerWithName();
            stage.Proxy.Signal(UnixSignal.HangUp);
            await stage.Settle();
            stage.Notes.Saw(await stage.AskOne("fe"));
        }) { Divergence = Divergences.HangUp },
        new("Start messages of a disabled proxy", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                server s1 127.0.0.1:{server:s1}
            listen test2
                disabled
                bind 127.0.0.1:1
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            stage.Server("s1").AnswerWithName();
            stage.Notes.Saw(await stage.AskOne("fe"));
        }),
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Is_handled_as_by_haproxy(string scenario) => SideBySide.Run(Rows, scenario, output);

    private const string HardStop = """
        global
            log 127.0.0.1:{log} local0 debug
            nbthread 1
            hard-stop-after 500ms
        defaults
            mode tcp
            log global
            option tcplog
            timeout connect 1s
            timeout client 4s
            timeout server 4s

        """;
}
