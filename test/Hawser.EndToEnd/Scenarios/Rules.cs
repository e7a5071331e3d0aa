using System;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>Rules at layer 4: what is let through, what is refused, and where sessions are sent.</summary>
public sealed class Rules(ITestOutputHelper output)
{
    /// <summary>A TLS client asks for two.example and offers h2.</summary>
    private static readonly byte[] s_hello = Convert.FromHexString(
        "16030100a9010000a503032911df00b22ccf9be014e83bb4c938ab1fc1f4f622fb0ce0fbe985ababa5a23b000004c02f00ff0100007800"
        + "000010000e00000b74776f2e6578616d706c65000b000403000102000a000c000a001d0017001e00190018002300000010000e000c0268"
        + "3208687474702f312e310016000000170000000d002a00280403050306030807080808090"
        + "80a080b080408050806040105010601030303010302040205020602");

    private static readonly Scenario[] Rows =
    [
        new("A server is chosen by the name in a ClientHello", Tls, async stage =>
        {
            stage.Server("s2").AnswerWithName();
            Peer client = await stage.Connect("client", "fe");
            await client.Send(s_hello, "a ClientHello");
            stage.Notes.Saw(await stage.AnswerTo(client));
        }),
        new("A ClientHello may come in pieces", Tls, async stage =>
        {
            stage.Server("s2").AnswerWithName();
            Peer client = await stage.Connect("client", "fe");
            await client.Send(s_hello[..3], "a part");
            await stage.Proxy.Idle();
            await client.Send(s_hello[3..50], "a part");
            await stage.Proxy.Idle();
            await client.Send(s_hello[50..], "the rest");
            stage.Notes.Saw(await stage.AnswerTo(client));
        }),
        new("What is no ClientHello is refused", Tls, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.Send("GET / HTTP/1.0\r\n\r\n");
            await client.WaitForFin();
        }),
        new("A client that closes before its hello is complete is refused", Tls, async stage =>
        {
            Peer client = await stage.Connect("client", "fe");
            await client.Send(s_hello[..50], "a part");
            client.HalfClose();
            await client.WaitForFin();
        }),
        new("Variables of a session are in its log line", """
            frontend test1
                bind 127.0.0.1:{bind:fe}
                log-format "%[var(sess.a)] %[var(txn.b)] %[var(txn.c)] %[var(txn.none)] %[var(txn.d),add(1)] %b"
                tcp-request connection set-var(sess.a) src
                tcp-request session set-var(txn.none) int(1)
                tcp-request session set-var(sess.e) int(7)
                tcp-request content set-var(txn.b) var(sess.e),add(5)
                tcp-request content set-var-fmt(txn.c) "<%[var(sess.a)]/%[var(txn.b)]>"
                tcp-request content set-var(txn.d) int(1)
                tcp-request content set-var(txn.d,ifnotexists) int(2)
                tcp-request content unset-var(txn.b) if { var(txn.b) -m int gt 100 }
                default_backend b1
            backend b1
                server s1 127.0.0.1:{server:s1}
            """, stage => stage.Session()),
        new("The first rule that applies chooses the backend", """
            frontend test1
                bind 127.0.0.1:{bind:fe}
                acl loop src 127.0.0.0/8
                use_backend b1 if !loop
                use_backend b2 if loop { dst_port gt 0 } || FALSE
                default_backend b1
            backend b1
                server s1 127.0.0.1:{server:s1}
            backend b2
                server s2 127.0.0.1:{server:s2}
            """, async stage =>
        {
            stage.Server("s2").AnswerWithName();
            stage.Notes.Saw(await stage.AskOne("fe"));
        }),
        new("A rule chooses the server", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                use-server s2 if { src 127.0.0.1 }
                server s1 127.0.0.1:{server:s1}
                server s2 127.0.0.1:{server:s2}
            """, async stage =>
        {
            stage.Server("s2").AnswerWithName();
            stage.Notes.Saw(await stage.AskOne("fe"));
        }),
        new("A response is looked at before it is passed on", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                tcp-response inspect-delay 30s
                tcp-response content reject if { res.payload(0,3) -m bin 626164 }
                server s1 127.0.0.1:{server:s1}
            """, async stage =>
        {
            (Peer client, Peer server) = await stage.Established();
            await server.Send("ba");
            await stage.Proxy.Idle();
            await server.Send("d news");
            await client.WaitForFin();
            stage.Notes.Saw($"the client got {client.Received} bytes");
        }),
        new("A silent line is not written", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                tcp-request content set-log-level silent
                server s1 127.0.0.1:{server:s1}
            """, stage => stage.Session()) { LogLines = 0 },
        new("The client's address can be replaced", """
            listen test1
                bind 127.0.0.1:{bind:fe}
                tcp-request connection set-src ipv4(192.0.2.7)
                tcp-request connection set-src-port int(1234)
                log-format "%ci:%cp %[src] %[src_port]"
                server s1 127.0.0.1:{server:s1}
            """, stage => stage.Session()),
    ];

    private const string Tls = """
        frontend test1
            bind 127.0.0.1:{bind:fe}
            log-format "%b/%s %ts %[var(sess.sni)] %[var(sess.alpn)] %[var(sess.ver)]"
            tcp-request inspect-delay 30s
            acl hello req.ssl_hello_type 1
            tcp-request content set-var(sess.sni) req.ssl_sni if hello
            tcp-request content set-var(sess.alpn) req.ssl_alpn if hello
            tcp-request content set-var(sess.ver) req.ssl_ver if hello
            tcp-request content accept if hello
            tcp-request content reject
            use_backend to_%[req.ssl_sni,field(1,.)] if { req.ssl_sni -i -m end .EXAMPLE }
            default_backend to_one
        backend to_one
            server s1 127.0.0.1:{server:s1}
        backend to_two
            server s2 127.0.0.1:{server:s2}
        """;

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Decide_as_haproxys_do(string scenario) => SideBySide.Run(Rows, scenario, output);
}
