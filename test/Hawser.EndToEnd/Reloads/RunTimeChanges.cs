using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Hawser.EndToEnd.Runtime;
using Xunit;

namespace Hawser.EndToEnd.Reloads;

/// <summary>What operators have changed in a running process, and no file says, when it reads its files again.</summary>
public sealed class RunTimeChanges : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hawser-changes-").FullName;
    private readonly StormOrigin _origin = new(isHttp: true);
    private readonly int _port = FreePort.Next();

    private string File => Path.Combine(_folder, "cfg");

    private string Cli => Path.Combine(_folder, "sock");

    public void Dispose()
    {
        _origin.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Backends_and_servers_that_were_added_stay_and_the_plan_names_them()
    {
        if (Skipped.Because(nameof(Backends_and_servers_that_were_added_stay_and_the_plan_names_them), ("hawser", Binaries.Hawser)))
            return;
        using ProxyUnderTest proxy = await Start(Configuration("one"));
        await Ask("add backend dyn from extra guid dyn-1");
        await Ask($"add server dyn/s1 127.0.0.1:{_origin.Port}; enable server dyn/s1; publish backend dyn");
        await Ask($"add server web/more 127.0.0.1:{_origin.Port} weight 5");
        Assert.Contains(" 200 ", await Get("/", "dyn"), StringComparison.Ordinal);
        await Write(Configuration("two"));
        string plan = await Ask("plan");
        Assert.Contains("\nkept backend dyn: added at run time", plan, StringComparison.Ordinal);
        Assert.Contains("\nkept server dyn/s1: added at run time", plan, StringComparison.Ordinal);
        Assert.Contains("\nkept server web/more: added at run time", plan, StringComparison.Ordinal);
        Assert.StartsWith("Success=1\n", await Ask("reload"), StringComparison.Ordinal);
        string answer = await Get("/", "dyn");
        Assert.Contains(" 200 ", answer, StringComparison.Ordinal);
        Assert.Contains("x-made-by: two", answer, StringComparison.Ordinal);
        Assert.Matches("\nweb,more,.*,MAINT,5,", await Ask("show stat"));
        Assert.Matches("\ndyn,s1,0,0,0,1,,2,", await Ask("show stat"));
        Assert.Contains("    guid dyn-1\n", await Ask("show config"), StringComparison.Ordinal);
        Assert.Contains("duplicate entry with backend dyn", await Ask("add backend other from extra guid dyn-1"), StringComparison.Ordinal);
        Assert.Equal("Server deleted.\n\n", await Ask("del server web/more"));
        await Ask("disable server dyn/s1; unpublish backend dyn; wait 5s srv-removable dyn/s1; del server dyn/s1");
        Assert.Equal("Backend deleted.\n\n", await Ask("del backend dyn"));
    }

    [Fact]
    public async Task A_backend_whose_name_the_files_take_is_theirs_and_one_without_its_defaults_is_lost_aloud()
    {
        if (Skipped.Because(nameof(A_backend_whose_name_the_files_take_is_theirs_and_one_without_its_defaults_is_lost_aloud), ("hawser", Binaries.Hawser)))
            return;
        using ProxyUnderTest proxy = await Start(Configuration("one"));
        foreach (string name in (string[])["dyn", "orphan"])
            await Ask($"add backend {name} from extra; add server {name}/s1 127.0.0.1:{_origin.Port}; enable server {name}/s1; publish backend {name}");
        Assert.Contains(" 200 ", await Get("/", "orphan"), StringComparison.Ordinal);
        string without = Configuration("two").Replace("defaults extra", "defaults other", StringComparison.Ordinal);
        await Write($"{without}\nbackend dyn\n    server s1 127.0.0.1:{_origin.Port}\n");
        string answer = await Ask("reload");
        Assert.StartsWith("Success=1\n", answer, StringComparison.Ordinal);
        Assert.Contains("backend orphan, added at run time, is lost: there is no defaults section 'extra' any more", answer, StringComparison.Ordinal);
        Assert.Contains(" 200 ", await Get("/", "dyn"), StringComparison.Ordinal);
        // The default backend, as for any name that is unknown.
        Assert.Contains("x-via: web", await Get("/", "orphan"), StringComparison.Ordinal);
        Assert.DoesNotContain("orphan,", await Ask("show stat"), StringComparison.Ordinal);
        Assert.DoesNotContain("added at run time", await Ask("plan"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patterns_of_an_acl_line_keep_what_was_made_of_them_until_the_line_changes()
    {
        if (Skipped.Because(nameof(Patterns_of_an_acl_line_keep_what_was_made_of_them_until_the_line_changes), ("hawser", Binaries.Hawser)))
            return;
        using ProxyUnderTest proxy = await Start(Configuration("one"));
        string list = Regex.Match(await Ask("show acl"), @"^(\d+) \(\) acl 'path' file .*?\n", RegexOptions.Multiline).Groups[1].Value;
        await Ask($"add acl #{list} /added; del acl #{list} /old");
        Assert.Contains(" 403 ", await Get("/added"), StringComparison.Ordinal);
        Assert.Contains(" 200 ", await Get("/old"), StringComparison.Ordinal);
        for (int i = 0; i < 2; i++)
        {
            await Write("# the line moves\n" + Configuration($"round{i}"));
            Assert.Matches(@"\nkept patterns acl 'path' file .*: changed at run time\n", await Ask("plan"));
            await Ask("reload");
            Assert.Contains(" 403 ", await Get("/added"), StringComparison.Ordinal);
            Assert.Contains(" 403 ", await Get("/secret"), StringComparison.Ordinal);
            Assert.Contains($"x-made-by: round{i}", await Get("/old"), StringComparison.Ordinal);
        }

        await Write(Configuration("two").Replace("path /secret /old", "path /secret /old /also", StringComparison.Ordinal));
        Assert.Contains("what was changed at run time is lost: its line is gone or reads differently now", await Ask("plan"), StringComparison.Ordinal);
        await Ask("reload");
        Assert.Contains(" 200 ", await Get("/added"), StringComparison.Ordinal);
        Assert.Contains(" 403 ", await Get("/old"), StringComparison.Ordinal);
    }

    private string Configuration(string header) => $"""
        global
            stats socket {Cli} level admin
        defaults
            mode http
            timeout connect 5s
            timeout client 60s
            timeout server 60s
        frontend in
            bind 127.0.0.1:{_port}
            acl closed path /secret /old
            http-request deny if closed
            http-response set-header x-made-by {header}
            use_backend %[req.hdr(x-be)]
            default_backend web
        backend web
            http-response set-header x-via web
            server s1 127.0.0.1:{_origin.Port}
        defaults extra
            mode http
            timeout connect 5s
            timeout server 60s

        """;

    private Task Write(string configuration) => System.IO.File.WriteAllTextAsync(File, configuration);

    private async Task<ProxyUnderTest> Start(string configuration)
    {
        await Write(configuration);
        ProxyUnderTest proxy = ProxyUnderTest.Start(Binaries.Hawser!, "-db", "-f", File);
        await proxy.Listening([_port]);
        return proxy;
    }

    private Task<string> Ask(string command) => CliClient.Ask(Cli, command + "\n");

    private async Task<string> Get(string path, string backend = "")
    {
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _port));
        await client.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nhost: storm\r\nx-be: {backend}\r\nconnection: close\r\n\r\n"));
        byte[] buffer = new byte[4096];
        StringBuilder text = new();
        int count;
        while ((count = await client.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromMilliseconds(Patience.LimitMs))) > 0)
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        return text.ToString();
    }
}
