using System;
using System.IO;
using System.Net;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>What a listener and a server may be bound to, and from where a server is reached.</summary>
[SupportedOSPlatform("linux")]
public sealed class Addresses(ITestOutputHelper output)
{
    private static readonly Scenario[] Rows =
    [
        new("An IPv6 listener", """
            listen test1
                bind [::1]:{bind:fe}
                server s1 127.0.0.1:{server:s1}
            """, stage => Reach(stage, IPAddress.IPv6Loopback)),
        new("A listener on every IPv4 address", """
            listen test1
                bind *:{bind:fe}
                server s1 127.0.0.1:{server:s1}
            """, stage => Reach(stage, IPAddress.Parse("127.0.0.9"))),
        new("An IPv6 listener that takes IPv4 too", """
            listen test1
                bind :::{bind:fe} v4v6
                server s1 127.0.0.1:{server:s1}
            """, stage => Reach(stage, IPAddress.Loopback)),
        new("Two listeners on one line", """
            listen test1
                bind 127.0.0.1:{bind:fe},127.0.0.1:{bind:other}
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            stage.Server("s1").AnswerWithName();
            stage.Notes.Saw(await stage.AskOne("fe") + " " + await stage.AskOne("other"));
        }) { LogLines = 2 },
        new("A range of ports", """
            listen test1
                bind 127.0.0.1:{range:fe}
                log-format "on %fp"
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            stage.Server("s1").AnswerWithName();
            for (int i = 0; i < 3; i++)
                stage.Notes.Saw(await stage.AskOne($"fe+{i}"));
        }) { LogLines = 3 },
        new("A unix socket listener", """
            listen test1
                bind unix@{path:door}
                log-format "ci=%ci cp=%cp fi=%fi fp=%fp %ts"
                server s1 127.0.0.1:{server:s1}
            """, stage => ReachUnix(stage, "door")),
        new("A unix socket listener with tcplog", """
            listen test1
                bind unix@{path:door} mode 600
                server s1 127.0.0.1:{server:s1}
            """, stage => ReachUnix(stage, "door")),
        new("An abstract socket listener", """
            listen test1
                bind abns@{id:abstract}
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            string name = Path.GetFileName(stage.Folder);
            await Patience.Until(
                () => File.ReadAllText("/proc/net/unix").Contains("@" + name, StringComparison.Ordinal), "the abstract socket");
            await ReachUnix(stage, "\0" + name + new string('\0', 107 - name.Length));
        }),
        new("A unix socket server", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                log-format "%s si=%si sp=%sp bi=%bi %ts"
                server s1 unix@{unix:s1}
            """, stage => Reach(stage, IPAddress.Loopback)),
        new("A server reached from another address", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                log-format "%s bi=%bi %ts"
                server s1 127.0.0.1:{server:s1} source 127.0.0.7
            """, stage => Reach(stage, IPAddress.Loopback)),
        new("The one free port of a range is found", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                retries 0
                server s1 127.0.0.1:{server:s1} source 127.0.0.3:{sources:out}
            """, async stage =>
        {
            Peer[] clients = new Peer[3];
            Peer[] servers = new Peer[3];
            for (int i = 0; i < 3; i++)
            {
                clients[i] = await stage.Connect($"client {i}", "fe");
                await clients[i].Send(10);
                servers[i] = await stage.Accept("s1");
                await servers[i].WaitForBytes(10);
            }

            // The server closes first: the port does not have to rest.
            servers[1].Close();
            await clients[1].WaitForFin();
            clients[1].Close();
            await stage.Log.WaitFor(1);
            await stage.Settle();
            Peer next = await stage.Connect("next", "fe");
            await next.Send(10);
            Peer last = await stage.Accept("s1");
            await last.WaitForBytes(10);
        }) { LogLines = 1 },
        new("The source of a whole backend", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                source 127.0.0.8
                log-format "%s bi=%bi %ts"
                server s1 127.0.0.1:{server:s1}
            """, stage => Reach(stage, IPAddress.Loopback)),
        new("A server on the port the client chose", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                server s1 127.0.0.2
                retries 0
            """, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.WaitForFin();
        }),
        new("Keep-alives on both sides", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                option tcpka
                server s1 127.0.0.1:{server:s1}
            """, stage => Reach(stage, IPAddress.Loopback)),
        new("Unix-bind sets prefix, mode and owner", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                bind /tail.sock
                bind /own.sock mode 600
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            foreach (string name in (string[])["prefixed/tail.sock", "prefixed/own.sock"])
                stage.Notes.Saw($"{name} {File.GetUnixFileMode(Path.Combine(stage.Folder, name))}");
            await Reach(stage, IPAddress.Loopback);
        })
        {
            Prelude = """
                global
                    log 127.0.0.1:{log} local0 debug
                    nbthread 1
                    unix-bind prefix {folder:prefixed} mode 640 user root group root
                defaults
                    mode tcp
                    log global
                    option tcplog
                    timeout connect 1s
                    timeout client 4s
                    timeout server 4s

                """,
        },
        new("A name as the server's address", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                server s1 localhost:{server:s1} init-addr libc resolve-prefer ipv4
            """, stage => Reach(stage, IPAddress.Loopback)),
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Are_used_as_haproxy_does(string scenario) => SideBySide.Run(Rows, scenario, output);

    private static async Task Reach(Stage stage, IPAddress to) =>
        await Exchange(stage, await stage.Connect("client", "fe", to: to));

    private static async Task ReachUnix(Stage stage, string path) =>
        await Exchange(stage, await stage.ConnectUnix("client", path));

    private static async Task Exchange(Stage stage, Peer client)
    {
        await client.Send(10);
        Peer server = await stage.Accept("s1");
        await server.WaitForBytes(10);
        if (server.Socket.RemoteEndPoint is IPEndPoint from)
            stage.Notes.Saw($"from {from.Address}");
        await server.Send(20);
        await client.WaitForBytes(20);
        server.Close();
        await client.WaitForFin();
        client.Close();
    }
}
