using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Hawser.EndToEnd.Runtime;
using Xunit;

namespace Hawser.EndToEnd.Expressions;

/// <summary>
/// What rules do that only a peer, the kernel or a queue can tell. Each was seen to be the same with HAProxy 3.5-dev5 and the
/// same configuration.
/// </summary>
public sealed partial class RuleActions
{
    private const string Tcp = """
        defaults
            mode tcp
            timeout client 10s
            timeout server 10s
            timeout connect 2s
            timeout queue 20s
        """;

    private const string Http = """
        defaults
            mode http
            timeout client 10s
        """;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>A packet whose time to live is 1 reaches the next machine, which a client on this one is.</summary>
    [Theory]
    [InlineData("tcp-request connection silent-drop rst-ttl 1", true)]
    [InlineData("tcp-request content silent-drop rst-ttl 1 if { req.len gt 0 }", true)]
    [InlineData("tcp-request content silent-drop if { req.len gt 0 }", false)]
    public async Task A_connection_is_dropped_silently_or_with_a_reset_that_goes_so_far(string rule, bool isReset)
    {
        if (Skipped.Because(nameof(A_connection_is_dropped_silently_or_with_a_reset_that_goes_so_far), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next();
        using CliProcess process = Start(port, $"""
            {Tcp}
            frontend f
                bind 127.0.0.1:{port}
                tcp-request inspect-delay 10s
                {rule}
                tcp-request content accept if WAIT_END
            """);
        Socket? connected = null;
        try
        {
            connected = await Connect(port);
            connected.Send("x"u8);
        }
        catch (SocketException) when (isReset)
        {
            // The reset came first; a rule for connections may be that early. Who sends is told, and nobody after that.
            connected?.Dispose();
            return;
        }

        using Socket client = connected;

        await Until(async () => (await process.Ask("show sess\n")).Trim().Length == 0 || (await process.Ask("show info\n")).Contains("\nCurrConns: 0\n", StringComparison.Ordinal));
        Assert.Equal(isReset ? "reset" : "nothing", await End(client));
    }

    /// <summary>A limit includes the scopes inside of its own; the first variable of each fits.</summary>
    [Theory]
    [InlineData("global", "proc")]
    [InlineData("proc", "sess")]
    [InlineData("sess", "txn")]
    [InlineData("txn", "req")]
    [InlineData("reqres", "req")]
    public async Task A_variable_that_does_not_fit_is_counted_where_an_operator_sees_it(string limit, string scope)
    {
        if (Skipped.Because(nameof(A_variable_that_does_not_fit_is_counted_where_an_operator_sees_it), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next();
        using CliProcess process = Start(port, $"""
            {Tcp}
            frontend f
                bind 127.0.0.1:{port}
                tcp-request content set-var({scope}.a) int(1)
                tcp-request content set-var({scope}.b) int(1)
                tcp-request content reject
            """, $"tune.vars.{limit}-max-size 100");
        using Socket client = await Connect(port);
        _ = await End(client);
        string shown = await process.Ask("show vars\n");
        Assert.Contains($"\n{limit} 100 1\n", shown, StringComparison.Ordinal);
        Assert.Equal(4, shown.Split('\n').Count(static line => line.EndsWith(" 0 0", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("set-priority-class int(-10) if { req.payload(0,1) -m str A }", "ABC")]
    [InlineData("set-priority-class int(10) if { req.payload(0,1) -m str B }", "CAB")]
    [InlineData("set-priority-offset int(-50000) if { req.payload(0,1) -m str A }", "ABC")]
    [InlineData("set-priority-class int(0)", "BCA")]
    public async Task A_queue_is_served_by_class_and_offset(string action, string expected)
    {
        if (Skipped.Because(nameof(A_queue_is_served_by_class_and_offset), ("hawser", Binaries.Hawser)))
            return;
        using Socket origin = Listen(out int originPort);
        int port = FreePort.Next();
        using CliProcess process = Start(port, $"""
            {Tcp}
            frontend f
                bind 127.0.0.1:{port}
                tcp-request inspect-delay 10s
                tcp-request content {action}
                tcp-request content accept if DATA
                default_backend b
            backend b
                server s 127.0.0.1:{originPort} maxconn 1
            """.Replace("DATA", "{ req.len gt 0 }", StringComparison.Ordinal));
        using Socket first = await Connect(port);
        first.Send("O"u8);
        using Socket occupied = await origin.AcceptAsync().WaitAsync(s_patience);
        List<Socket> waiting = [];
        for (int index = 0; index < 3; index++)
        {
            Socket client = await Connect(port);
            client.Send([(byte)"BCA"[index]]);
            waiting.Add(client);
            string wanted = (index + 1).ToString(CultureInfo.InvariantCulture);
            await Until(async () => (await process.Ask("show stat\n")).Split('\n').Any(line => line.StartsWith("b,", StringComparison.Ordinal) && line.Split(',')[2] == wanted));
        }

        StringBuilder order = new();
        occupied.Close();
        foreach (Socket _ in waiting)
        {
            using Socket next = await origin.AcceptAsync().WaitAsync(s_patience);
            byte[] letter = new byte[1];
            await next.ReceiveAsync(letter).WaitAsync(s_patience);
            order.Append((char)letter[0]);
        }

        waiting.ForEach(static client => client.Dispose());
        Assert.Equal(expected, order.ToString());
    }

    [Theory]
    [InlineData("accept-proxy", "")]
    [InlineData("", "tcp-request connection expect-proxy layer4 if { src 127.0.0.1 }")]
    public async Task A_PROXY_header_is_read_with_what_else_it_says(string option, string rule)
    {
        if (Skipped.Because(nameof(A_PROXY_header_is_read_with_what_else_it_says), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next();
        using CliProcess process = Start(port, $$"""
            {{Http}}
            frontend f
                bind 127.0.0.1:{{port}} {{option}}
                {{rule}}
                http-request return status 200 hdr R "%[fc_pp_authority]/%[fc_pp_unique_id]/%[fc_pp_tlv(0xE0)]/%[fc_pp_tlv(ALPN)]/%[fc_pp_tlv(0xEE)]/%[fc_pp_tlv(AUTHORITY)]/%[src]:%[src_port]/%[fc_rcvd_proxy]"
            """);
        byte[] tlvs = [.. Tlv(2, "some.host"), .. Tlv(5, "uid-1"), .. Tlv(0xE0, "own"), .. Tlv(0xE0, "second"), .. Tlv(1, "h2")];
        byte[] header = [.. "\r\n\r\n\0\r\nQUIT\n"u8, 0x21, 0x11, 0, (byte)(12 + tlvs.Length), 10, 1, 2, 3, 10, 4, 5, 6, 0x04, 0x57, 0x08, 0xAE, .. tlvs];
        using Socket client = await Connect(port);
        client.Send([.. header, .. "GET / HTTP/1.0\r\n\r\n"u8]);
        Assert.Contains("\r\nr: some.host/uid-1/own/h2//some.host/10.1.2.3:1111/1\r\n", await Read(client), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_first_packet_of_a_connection_is_saved()
    {
        if (Skipped.Because(nameof(The_first_packet_of_a_connection_is_saved), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next();
        using CliProcess process = Start(port, $$"""
            {{Http}}
            frontend f
                bind 127.0.0.1:{{port}} tcp-ss 1
                tcp-request connection set-var(sess.syn) fc_saved_syn
                http-request return status 200 hdr R "%[var(sess.syn),ip.ver] %[var(sess.syn),ip.src] %[var(sess.syn),ip.data,tcp.dst] %[var(sess.syn),ip.data,tcp.flags] %[var(sess.syn),ip.data,tcp.options.mss]"
            """);
        Assert.Contains($"\r\nr: 4 127.0.0.1 {port} 2 65495\r\n", await Get(port), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("bwlim-out", "tcp-response content", true)]
    [InlineData("bwlim-in", "tcp-request content", false)]
    public async Task A_limit_of_bandwidth_makes_bytes_take_their_time(string kind, string stage, bool isAnswer)
    {
        if (Skipped.Because(nameof(A_limit_of_bandwidth_makes_bytes_take_their_time), ("hawser", Binaries.Hawser)))
            return;
        using Socket origin = Listen(out int originPort);
        int port = FreePort.Next();
        using CliProcess process = Start(port, $$"""
            {{Tcp}}
            listen f
                bind 127.0.0.1:{{port}}
                filter {{kind}} lim default-limit 200k default-period 1s
                {{stage}} set-bandwidth-limit lim
                server s 127.0.0.1:{{originPort}}
            """);
        using Socket client = await Connect(port);
        client.Send("x"u8);
        using Socket server = await origin.AcceptAsync().WaitAsync(s_patience);
        await server.ReceiveAsync(new byte[1]).WaitAsync(s_patience);
        long start = Stopwatch.GetTimestamp();
        const int bytes = 450_000;
        Task sending = (isAnswer ? server : client).SendAsync(new byte[bytes]);
        byte[] buffer = new byte[65536];
        for (int received = 0; received < bytes;)
            received += await (isAnswer ? client : server).ReceiveAsync(buffer).WaitAsync(s_patience);
        await sending;

        // 200 KiB at the most in each of three periods: two of them are whole.
        Assert.True(Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task Packets_have_the_mark_and_the_field_that_rules_say()
    {
        if (Skipped.Because(nameof(Packets_have_the_mark_and_the_field_that_rules_say), ("hawser", Binaries.Hawser)) || Environment.UserName != "root")
            return;
        using Socket origin = Listen(out int originPort);
        int port = FreePort.Next();
        using CliProcess process = Start(port, $"""
            {Tcp}
            listen f
                bind 127.0.0.1:{port}
                tcp-request connection set-fc-mark 0x11
                tcp-request connection set-tos 0x10
                tcp-request content set-fc-tos int(288)
                tcp-request content set-bc-mark 0x22
                tcp-request content set-bc-tos int(300)
                server s 127.0.0.1:{originPort}
            """);
        using Socket client = await Connect(port);
        client.Send("x"u8);
        using Socket server = await origin.AcceptAsync().WaitAsync(s_patience);
        await server.ReceiveAsync(new byte[1]).WaitAsync(s_patience);
        int toClient = ((IPEndPoint)client.LocalEndPoint!).Port;
        Assert.Equal((0x11, 0x20), Options(process.Proxy.Pid, toClient));
        Assert.Equal((0x22, 44), Options(process.Proxy.Pid, originPort));
    }

    [Fact]
    public async Task A_response_rule_closes_the_connection()
    {
        if (Skipped.Because(nameof(A_response_rule_closes_the_connection), ("hawser", Binaries.Hawser)))
            return;
        using Socket origin = Listen(out int originPort);
        int port = FreePort.Next();
        using CliProcess process = Start(port, $$"""
            {{Tcp}}
            listen f
                bind 127.0.0.1:{{port}}
                tcp-response inspect-delay 10s
                tcp-response content close if { res.len gt 3 }
                server s 127.0.0.1:{{originPort}}
            """);
        using Socket client = await Connect(port);
        using Socket server = await origin.AcceptAsync().WaitAsync(s_patience);
        server.Send("hello"u8);
        Assert.Equal("", await Read(client));
    }

    [Fact]
    public async Task A_rule_logs_what_variables_are_then()
    {
        if (Skipped.Because(nameof(A_rule_logs_what_variables_are_then), ("hawser", Binaries.Hawser)))
            return;
        using SyslogReceiver log = new();
        int port = FreePort.Next();
        using CliProcess process = Start(port, $$"""
            {{Tcp}}
            frontend f
                bind 127.0.0.1:{{port}}
                log 127.0.0.1:{{log.Port}} format raw local0
                log-format "line %[var(txn.a)] %[var(sess.b)] %[var(txn.c)]"
                tcp-request inspect-delay 10s
                tcp-request connection set-var(sess.b) int(3)
                tcp-request content set-var(txn.a) int(1)
                tcp-request content set-var(txn.c) str(x)
                tcp-request content do-log if { req.len gt 0 }
                tcp-request content unset-var(txn.c)
                tcp-request content reject if { req.len gt 0 }
            """);
        using Socket client = await Connect(port);
        client.Send("x"u8);
        _ = await End(client);
        await Until(() => Task.FromResult(log.Lines.Count(static line => line.Contains("line 1 3", StringComparison.Ordinal)) == 2));
        Assert.Equal(["line 1 3 x", "line 1 3 -"], log.Lines.Where(static line => line.Contains("line 1 3", StringComparison.Ordinal)).Select(static line => line.TrimEnd()));
    }

    /// <summary>64 bytes and those of the text for each; limits count in the scopes around (manual, "tune.vars").</summary>
    [Theory]
    [InlineData("tune.vars.txn-max-size 140", "a=10,b=-,s=40,g=2")]
    [InlineData("tune.vars.sess-max-size 140", "a=10,b=-,s=-,g=2")]
    [InlineData("tune.vars.proc-max-size 140", "a=10,b=-,s=-,g=2")]
    [InlineData("tune.vars.global-max-size 140", "a=10,b=-,s=-,g=2")]
    [InlineData("tune.vars.reqres-max-size 1", "a=10,b=40,s=40,g=2")]
    public async Task A_variable_beyond_its_limit_is_not_set_and_counted(string limit, string expected)
    {
        if (Skipped.Because(nameof(A_variable_beyond_its_limit_is_not_set_and_counted), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next();
        using CliProcess process = Start(
            port,
            $$"""
            {{Http}}
            frontend f
                bind 127.0.0.1:{{port}}
                http-request set-var(txn.a) str(0123456789)
                http-request set-var(txn.b) str(0123456789012345678901234567890123456789)
                http-request set-var(sess.s) str(0123456789012345678901234567890123456789)
                http-request set-var(txn.g) int(2) if { var(txn.b) -m found } or { var(sess.s) -m found }
                http-request set-var(txn.al) var(txn.a),length
                http-request unset-var(txn.a)
                http-request set-var(txn.g) int(2)
                http-request return status 200 hdr R "a=10,b=%[var(txn.b),length,iif(40,-)],s=%[var(sess.s),length,iif(40,-)],g=%[var(txn.g)]"
            """,
            limit);
        string answer = await Get(port);
        string shown = answer.Split("\r\n").First(static line => line.StartsWith("r:", StringComparison.OrdinalIgnoreCase))[3..];
        Assert.Equal(expected, shown.Replace("b=,", "b=-,", StringComparison.Ordinal).Replace("s=,", "s=-,", StringComparison.Ordinal));
    }

    /// <summary>A real client and real servers of OpenSSL: nothing is decrypted on the way.</summary>
    [Fact]
    public async Task A_TLS_client_is_led_to_its_server_by_the_name_it_asks_for()
    {
        string? openssl = Binaries.InPath("openssl");
        if (Skipped.Because(nameof(A_TLS_client_is_led_to_its_server_by_the_name_it_asks_for), ("hawser", Binaries.Hawser), ("openssl", openssl)))
            return;
        string folder = Directory.CreateTempSubdirectory("hawser-sni-").FullName;
        int[] ports = [FreePort.Next(), FreePort.Next()];
        int port = FreePort.Next();
        List<Process> servers = [];
        try
        {
            foreach ((string name, int serverPort) in ((string, int)[])[("alpha", ports[0]), ("beta", ports[1])])
            {
                string file = Path.Combine(folder, name);
                await Run(openssl!, $"req -x509 -newkey rsa:2048 -nodes -keyout {file}.key -out {file}.crt -days 30 -subj /CN={name}.example");
                servers.Add(Begin(openssl!, $"s_server -accept 127.0.0.1:{serverPort} -cert {file}.crt -key {file}.key -quiet -www"));
            }

            using CliProcess process = Start(port, $$"""
                {{Tcp}}
                frontend f
                    bind 127.0.0.1:{{port}}
                    tcp-request inspect-delay 10s
                    tcp-request content accept if { req.ssl_hello_type 1 }
                    use_backend %[req.ssl_sni,field(1,.)] if { req.ssl_sni -m end .example }
                backend alpha
                    server s 127.0.0.1:{{ports[0]}}
                backend beta
                    server s 127.0.0.1:{{ports[1]}}
                """);
            foreach (string name in (string[])["alpha", "beta", "alpha"])
            {
                string seen = "";
                await Until(async () =>
                {
                    seen = await Run(openssl!, $"s_client -connect 127.0.0.1:{port} -servername {name}.example -verify_quiet");
                    return seen.Contains("subject=", StringComparison.Ordinal);
                });
                Assert.Contains($"subject=CN = {name}.example", seen, StringComparison.Ordinal);
            }
        }
        finally
        {
            foreach (Process server in servers)
            {
                server.Kill();
                server.Dispose();
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    private static CliProcess Start(int port, string configuration, string global = "")
    {
        CliProcess process = new(Binaries.Hawser!, configuration, $"    {global}");
        for (int attempt = 0; attempt < 200; attempt++)
        {
            if (ListenTable.Listens(port)) break;
            System.Threading.Thread.Sleep(20);
        }

        return process;
    }

    private static byte[] Tlv(byte type, string value) => [type, 0, (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];

    private static Socket Listen(out int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(16);
        port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        return socket;
    }

    private static async Task<Socket> Connect(int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port).WaitAsync(s_patience);
        return socket;
    }

    private static async Task<string> Get(int port)
    {
        using Socket client = await Connect(port);
        client.Send("GET / HTTP/1.0\r\n\r\n"u8);
        return await Read(client);
    }

    private static async Task<string> Read(Socket socket)
    {
        StringBuilder text = new();
        byte[] buffer = new byte[4096];
        while (true)
        {
            int received = await socket.ReceiveAsync(buffer).WaitAsync(s_patience);
            if (received == 0) return text.ToString();
            text.Append(Encoding.Latin1.GetString(buffer, 0, received));
        }
    }

    /// <summary>What has come on a connection whose other side is gone.</summary>
    private static async Task<string> End(Socket socket)
    {
        if (!socket.Poll(TimeSpan.FromMilliseconds(300), SelectMode.SelectRead)) return "nothing";
        try
        {
            return await socket.ReceiveAsync(new byte[16]).WaitAsync(s_patience) == 0 ? "end" : "bytes";
        }
        catch (SocketException)
        {
            return "reset";
        }
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start) > s_patience) throw new TimeoutException();
            await Task.Delay(20);
        }
    }

    private static Process Begin(string program, string arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task<string> Run(string program, string arguments)
    {
        using Process process = Begin(program, arguments);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = await process.StandardOutput.ReadToEndAsync().WaitAsync(s_patience);
        await process.WaitForExitAsync().WaitAsync(s_patience);
        return text + await errors;
    }

    /// <summary>SO_MARK and IP_TOS of the other process's socket that is connected to a port of this machine.</summary>
    private static (int Mark, int Field) Options(int pid, int peerPort)
    {
        const int pidfdOpen = 434;
        const int pidfdGetFd = 438;
        const int socketLevel = 1;
        const int markOption = 36;
        int process = (int)SystemCall(pidfdOpen, pid, 0, 0);
        foreach (string name in Directory.EnumerateFiles($"/proc/{pid}/fd").Select(Path.GetFileName)!)
        {
            int copy = (int)SystemCall(pidfdGetFd, process, int.Parse(name, CultureInfo.InvariantCulture), 0);
            if (copy < 0) continue;
            byte[] address = new byte[16];
            int length = address.Length;
            bool isIt = PeerName(copy, address, ref length) == 0 && address[0] == 2 && BinaryPrimitives.ReadUInt16BigEndian(address.AsSpan(2)) == peerPort;
            int size = sizeof(int);
            int mark = 0;
            int field = 0;
            if (isIt) _ = GetOption(copy, socketLevel, markOption, ref mark, ref size) + GetOption(copy, 0, 1, ref field, ref size);
            Close(copy);
            if (!isIt) continue;
            Close(process);
            return (mark, field);
        }

        Close(process);
        return (-1, -1);
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial long SystemCall(long number, long first, long second, long third);

    [LibraryImport("libc", EntryPoint = "getpeername")]
    private static partial int PeerName(int descriptor, byte[] address, ref int length);

    [LibraryImport("libc", EntryPoint = "getsockopt")]
    private static partial int GetOption(int descriptor, int level, int option, ref int value, ref int length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
