using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Hawser.EndToEnd.Runtime;
using Xunit;

namespace Hawser.EndToEnd.Reloads;

/// <summary>What stays and what changes when a running process reads its configuration again.</summary>
public sealed class ReloadCases : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hawser-reload-").FullName;
    private readonly StormOrigin _http = new(isHttp: true);
    private readonly StormOrigin _echo = new(isHttp: false);
    private readonly int _port = FreePort.Next();

    private string File => Path.Combine(_folder, "cfg");

    private string Cli => Path.Combine(_folder, "sock");

    public void Dispose()
    {
        _http.Dispose();
        _echo.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_file_with_an_error_is_refused_and_what_runs_goes_on()
    {
        if (IsSkipped(nameof(A_file_with_an_error_is_refused_and_what_runs_goes_on)))
            return;
        using ProxyUnderTest proxy = await Start(Web());
        Write(Web() + "    nonsense\n");
        proxy.Signal(UnixSignal.HangUp);
        await Patience.Until(() => proxy.Output.Contains("refused", StringComparison.Ordinal), "the refusal");
        Assert.Contains("nonsense", proxy.Output, StringComparison.Ordinal);
        Assert.Contains("nonsense", await Ask("show startup-logs"), StringComparison.Ordinal);
        Assert.Contains("0 done, 1 refused", await Ask("show reload"), StringComparison.Ordinal);
        Assert.Contains("200", await Get(), StringComparison.Ordinal);
        Write(Web());
        Assert.StartsWith("Success=1\n", await Ask("reload"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_that_cannot_be_bound_refuses_the_whole_reload()
    {
        if (IsSkipped(nameof(A_listener_that_cannot_be_bound_refuses_the_whole_reload)))
            return;
        using ProxyUnderTest proxy = await Start(Web());
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int free = FreePort.Next();
        Write(Web(binds: $"    bind 127.0.0.1:{free}\n    bind 127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}\n", header: "new"));
        string answer = await Ask("reload");
        Assert.StartsWith("Success=0\n", answer, StringComparison.Ordinal);
        Assert.Contains("cannot bind socket", answer, StringComparison.Ordinal);
        Assert.False(ListenTable.Listens(free));
        Assert.DoesNotContain("x-made-by: new", await Get(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_stays_keeps_what_is_known_of_it_and_a_moved_one_begins_anew()
    {
        if (IsSkipped(nameof(A_server_that_stays_keeps_what_is_known_of_it_and_a_moved_one_begins_anew)))
            return;
        string Servers(int moved, string first = "weight 10") => $"""
                server kept 127.0.0.1:{_http.Port} {first}
                server drained 127.0.0.1:{_http.Port}
                server moved 127.0.0.1:{moved}

            """;
        using ProxyUnderTest proxy = await Start(Web(servers: Servers(_http.Port)));
        for (int i = 0; i < 9; i++)
            _ = await Get();
        await Ask("set server web/kept weight 7; set server web/drained state drain; set server web/moved state maint");
        Dictionary<string, string[]> before = await Stat();
        Write(Web(servers: "    balance leastconn\n" + Servers(_echo.Port), header: "new"));
        Assert.StartsWith("Success=1\n", await Ask("reload"), StringComparison.Ordinal);
        Dictionary<string, string[]> after = await Stat();
        Assert.Equal("7", after["kept"][18]);
        Assert.StartsWith("DRAIN", after["drained"][17], StringComparison.Ordinal);
        Assert.DoesNotContain("MAINT", after["moved"][17], StringComparison.Ordinal);
        Assert.Equal(before["kept"][7], after["kept"][7]);
        Assert.NotEqual("0", after["kept"][7]);
        Assert.Equal("0", after["moved"][7]);
        Assert.Equal(before["FRONTEND"][7], after["FRONTEND"][7]);
        // The file now says something else about its weight, and that counts.
        Write(Web(servers: Servers(_echo.Port, "weight 20")));
        await Ask("reload");
        Assert.Equal("20", (await Stat())["kept"][18]);
    }

    [Fact]
    public async Task Maps_and_variables_keep_what_was_made_of_them_until_their_file_changes()
    {
        if (IsSkipped(nameof(Maps_and_variables_keep_what_was_made_of_them_until_their_file_changes)))
            return;
        string map = Path.Combine(_folder, "hosts.map");
        System.IO.File.WriteAllText(map, "storm from-file\n");
        string rule = $"    http-response set-header x-map %[str(storm),map({map},none)]\n    http-response set-header x-var %[var(proc.mood)]\n";
        string Make(string header) => Web(rules: rule, header: header).Replace("global\n", "global\n    set-var proc.mood str(calm)\n", StringComparison.Ordinal);
        using ProxyUnderTest proxy = await Start(Make("one"));
        Assert.Contains("x-map: from-file", await Get(), StringComparison.Ordinal);
        await Ask($"set map {map} storm at-run-time; experimental-mode on; set var proc.mood str(wild)");
        Write(Make("two"));
        Assert.StartsWith("Success=1\n", await Ask("reload"), StringComparison.Ordinal);
        string answer = await Get();
        Assert.Contains("x-made-by: two", answer, StringComparison.Ordinal);
        Assert.Contains("x-map: at-run-time", answer, StringComparison.Ordinal);
        Assert.Contains("x-var: wild", answer, StringComparison.Ordinal);
        System.IO.File.WriteAllText(map, "storm from-new-file\n");
        await Ask("reload");
        Assert.Contains("x-map: from-new-file", await Get(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_in_mode_http_speaks_with_the_new_configuration_from_its_next_request_on()
    {
        if (IsSkipped(nameof(A_connection_in_mode_http_speaks_with_the_new_configuration_from_its_next_request_on)))
            return;
        using ProxyUnderTest proxy = await Start(Web(header: "one"));
        using Socket client = await Connect(_port);
        Assert.Contains("x-made-by: one", await Exchange(client), StringComparison.Ordinal);
        Write(Web(header: "two"));
        Assert.Contains("1 live, 0 drain, 1 move", await Ask("plan"), StringComparison.Ordinal);
        await Ask("reload");
        Assert.Contains("x-made-by: two", await Exchange(client), StringComparison.Ordinal);
        await Patience.Until(() => Ask("show reload").Result.Contains("drained", StringComparison.Ordinal), "the old configuration to be let go");
    }

    [Fact]
    public async Task A_session_goes_on_under_its_configuration_until_that_ones_hard_stop_after()
    {
        if (IsSkipped(nameof(A_session_goes_on_under_its_configuration_until_that_ones_hard_stop_after)))
            return;
        string Make(string limit, string extra) => $"""
            global
                stats socket {Cli} level admin
            {limit}
            defaults
                timeout connect 5s
                timeout client 60s
                timeout server 60s
            listen tcp
                mode tcp
                bind 127.0.0.1:{_port}
                server s1 127.0.0.1:{_echo.Port}
            {extra}

            """;
        using ProxyUnderTest proxy = await Start(Make("", ""));
        using Socket client = await Connect(_port);
        Assert.Equal("hello", await Echo(client, "hello"));
        Write(Make("    hard-stop-after 1s", "    server s2 127.0.0.1:1 disabled"));
        await Ask("reload");
        Assert.Equal("again", await Echo(client, "again"));
        Assert.Contains("draining: 1 sessions", await Ask("show reload"), StringComparison.Ordinal);
        using Socket second = await Connect(_port);
        Assert.Equal("other", await Echo(second, "other"));
        Write(Make("", ""));
        await Ask("reload");
        byte[] rest = new byte[8];
        Assert.Equal(0, await second.ReceiveAsync(rest).WaitAsync(TimeSpan.FromMilliseconds(Patience.LimitMs)));
        Assert.Equal("still", await Echo(client, "still"));
    }

    [Fact]
    public async Task A_plan_says_what_a_reload_then_does_and_changes_nothing()
    {
        if (IsSkipped(nameof(A_plan_says_what_a_reload_then_does_and_changes_nothing)))
            return;
        using ProxyUnderTest proxy = await Start(Web(servers: $"    server s1 127.0.0.1:{_http.Port}\n    server s2 127.0.0.1:{_http.Port}\n"));
        string other = Path.Combine(_folder, "other");
        System.IO.File.WriteAllText(other, Web(servers: $"    server s1 127.0.0.1:{_http.Port} weight 3\n    server s3 127.0.0.1:{_http.Port}\n"));
        string plan = await Ask($"plan {other}");
        Assert.Contains("changed server web/s1", plan, StringComparison.Ordinal);
        Assert.Contains("added server web/s3", plan, StringComparison.Ordinal);
        Assert.Contains("removed server web/s2", plan, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"web/s3\",\"change\":\"added\"", await Ask($"plan {other} json"), StringComparison.Ordinal);
        Assert.Contains("s2", await Ask("show config"), StringComparison.Ordinal);
        Assert.DoesNotContain("s3", await Ask("show stat"), StringComparison.Ordinal);
        ProcessStartInfo info = new(Binaries.Hawser!, ["plan", other]) { RedirectStandardOutput = true };
        using Process tool = Process.Start(info)!;
        Assert.Contains("removed server web/s2", await tool.StandardOutput.ReadToEndAsync(), StringComparison.Ordinal);
        System.IO.File.Copy(other, File, overwrite: true);
        await Ask("reload");
        Dictionary<string, string[]> after = await Stat();
        Assert.Contains("s3", after.Keys);
        Assert.DoesNotContain("s2", after.Keys);
    }

    [Fact]
    public async Task As_a_master_it_tells_systemd_writes_its_pid_and_ends_with_the_masters_status()
    {
        if (IsSkipped(nameof(As_a_master_it_tells_systemd_writes_its_pid_and_ends_with_the_masters_status)))
            return;
        string notify = Path.Combine(_folder, "notify");
        using Socket systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(notify));
        Write(Web());
        string pidFile = Path.Combine(_folder, "pid");
        string master = Path.Combine(_folder, "master");
        using ProxyUnderTest proxy = ProxyUnderTest.Start(
            "env", [$"NOTIFY_SOCKET={notify}", Binaries.Hawser!, "-Ws", "-S", master, "-p", pidFile, "-f", File]);
        Assert.Contains($"READY=1\nMAINPID={proxy.Pid}", await Told(systemd), StringComparison.Ordinal);
        Assert.Equal($"{proxy.Pid}\n", System.IO.File.ReadAllText(pidFile));
        Assert.Contains("worker", await CliClient.Ask(master, "show proc\n"), StringComparison.Ordinal);
        Assert.Contains("Process_num: 1", await CliClient.Ask(master, "@1 show info\n"), StringComparison.Ordinal);
        proxy.Signal(UnixSignal.User2);
        Assert.Contains("RELOADING=1\nMONOTONIC_USEC=", await Told(systemd), StringComparison.Ordinal);
        Assert.Contains("READY=1", await Told(systemd), StringComparison.Ordinal);
        proxy.Signal(UnixSignal.Interrupt);
        Assert.Contains("STOPPING=1", await Told(systemd), StringComparison.Ordinal);
        Assert.Equal(130, await proxy.ExitStatus());
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Listening_sockets_go_from_an_old_process_to_a_new_one(bool isOldOurs, bool isNewOurs)
    {
        if (Skipped.Because(nameof(Listening_sockets_go_from_an_old_process_to_a_new_one), ("hawser", Binaries.Hawser), ("haproxy", Binaries.Haproxy)))
            return;
        string configuration = Web().Replace("level admin", "level admin expose-fd listeners", StringComparison.Ordinal);
        Write(configuration);
        using ProxyUnderTest old = ProxyUnderTest.Start(isOldOurs ? Binaries.Hawser! : Binaries.Haproxy!, "-db", "-f", File);
        await old.Listening([_port]);
        string inode = Inode();
        using ProxyUnderTest next = ProxyUnderTest.Start(
            isNewOurs ? Binaries.Hawser! : Binaries.Haproxy!, "-db", "-f", File, "-x", Cli, "-sf", old.Pid.ToString());
        Assert.Equal(0, await old.ExitStatus());
        Assert.Equal(inode, Inode());
        Assert.Contains("200", await Get(), StringComparison.Ordinal);
        await next.Stop();
    }

    private static bool IsSkipped(string test) => Skipped.Because(test, ("hawser", Binaries.Hawser));

    /// <summary>A frontend in mode http, and behind it a backend "web".</summary>
    private string Web(string? servers = null, string header = "first", string rules = "", string binds = "") => $"""
        global
            stats socket {Cli} level admin
        defaults
            mode http
            timeout connect 5s
            timeout client 60s
            timeout server 60s
        frontend in
            bind 127.0.0.1:{_port}
        {binds}{rules}    http-response set-header x-made-by {header}
            default_backend web
        backend web
        {servers ?? $"    server s1 127.0.0.1:{_http.Port}\n"}
        """;

    private void Write(string configuration) => System.IO.File.WriteAllText(File, configuration);

    private async Task<ProxyUnderTest> Start(string configuration)
    {
        Write(configuration);
        ProxyUnderTest proxy = ProxyUnderTest.Start(Binaries.Hawser!, "-db", "-f", File);
        await proxy.Listening([_port]);
        return proxy;
    }

    private Task<string> Ask(string command) => CliClient.Ask(Cli, command + "\n");

    private async Task<Dictionary<string, string[]>> Stat()
    {
        Dictionary<string, string[]> lines = [];
        foreach (string line in (await Ask("show stat")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            lines[line.Split(',')[1]] = line.Split(',');
        return lines;
    }

    private async Task<string> Get()
    {
        using Socket client = await Connect(_port);
        return await Exchange(client);
    }

    private static async Task<Socket> Connect(int port)
    {
        Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        return client;
    }

    private static async Task<string> Exchange(Socket client)
    {
        await client.SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nhost: storm\r\n\r\n"));
        return await Receive(client, static text => text.EndsWith("\r\n\r\nok", StringComparison.Ordinal) || text.Contains("</html>", StringComparison.Ordinal));
    }

    private static async Task<string> Echo(Socket client, string text)
    {
        await client.SendAsync(Encoding.ASCII.GetBytes(text));
        return await Receive(client, received => received.Length >= text.Length);
    }

    private static async Task<string> Receive(Socket client, Func<string, bool> isWhole)
    {
        byte[] buffer = new byte[4096];
        StringBuilder text = new();
        while (!isWhole(text.ToString()))
        {
            int count = await client.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromMilliseconds(Patience.LimitMs));
            if (count == 0)
                break;
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return text.ToString();
    }

    private static async Task<string> Told(Socket systemd)
    {
        byte[] buffer = new byte[1024];
        int count = await systemd.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromMilliseconds(Patience.LimitMs));
        return Encoding.ASCII.GetString(buffer, 0, count);
    }

    /// <summary>Of the socket that listens at the port.</summary>
    private string Inode()
    {
        foreach (string line in System.IO.File.ReadLines("/proc/net/tcp"))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 9 && fields[1].EndsWith($":{_port:X4}", StringComparison.Ordinal) && fields[3] == "0A")
                return fields[9];
        }

        return "";
    }
}
