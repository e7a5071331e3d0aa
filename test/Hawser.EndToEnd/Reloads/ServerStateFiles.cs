using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Hawser.EndToEnd.Runtime;
using Xunit;

namespace Hawser.EndToEnd.Reloads;

/// <summary>
/// "load-server-state-from-file": what servers begin with after a restart. Outcomes and words are those seen with HAProxy 3.5.
/// </summary>
public sealed class ServerStateFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hawser-states-").FullName;
    private readonly int _port = FreePort.Next();

    private string Configuration => Path.Combine(_folder, "cfg");

    private string Cli => Path.Combine(_folder, "sock");

    private string States => Path.Combine(_folder, "states");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false, "global")]
    [InlineData(true, "global")]
    [InlineData(false, "local")]
    public async Task States_weights_and_addresses_come_back_after_a_restart(bool isWrittenByHaproxy, string source)
    {
        if (Skipped.Because(
                nameof(States_weights_and_addresses_come_back_after_a_restart), ("hawser", Binaries.Hawser), ("haproxy", Binaries.Haproxy)))
            return;
        string file = source == "local" ? Path.Combine(_folder, "web") : States;
        Write($"    load-server-state-from-file {source}");
        using (ProxyUnderTest before = ProxyUnderTest.Start(isWrittenByHaproxy ? Binaries.Haproxy! : Binaries.Hawser!, "-db", "-f", Configuration))
        {
            await before.Listening([_port]);
            await Ask("set server web/heavy weight 77");
            await Ask("set server web/resting state maint");
            await Ask("set server web/leaving state drain");
            await Ask("set server web/started state ready");
            await Ask("set server web/named addr 127.0.0.9 port 9044");
            await Ask("set server web/moved addr 127.0.0.1 port 9055");
            await File.WriteAllTextAsync(file, await Ask("show servers state web"));
            await before.Stop();
        }

        using ProxyUnderTest after = ProxyUnderTest.Start(Binaries.Hawser!, "-db", "-f", Configuration);
        await after.Listening([_port]);
        Dictionary<string, string[]> states = await Read();
        Assert.Equal(["127.0.0.1", "2", "0", "77", "10"], states["heavy"][4..9]);
        Assert.Equal(["0", "1"], states["resting"][5..7]);
        Assert.Equal(["2", "8"], states["leaving"][5..7]);
        Assert.Equal(("127.0.0.9", "9044"), (states["named"][4], states["named"][18]));
        Assert.Equal(("127.0.0.1", "9055"), (states["moved"][4], states["moved"][18]));
        Assert.Equal(["0", "5"], states["off"][5..7]);
        Assert.Equal(["2", "4"], states["started"][5..7]);
        await Patience.Until(
            () => after.Output.Contains("Server web/resting is DOWN, changed from server-state after a reload.", StringComparison.Ordinal), "the message");
        await Ask("set server web/resting state ready");
        Assert.Equal(["2", "0"], (await Read())["resting"][5..7]);
    }

    [Fact]
    public async Task A_wrong_line_gives_a_warning_and_the_others_count()
    {
        if (IsSkipped(nameof(A_wrong_line_gives_a_warning_and_the_others_count)))
            return;
        const string Rest = " 127.0.0.1 2 0 77 10 5 1 0 0 0 0 0 0 - 9001 - 0 0 - - 0";
        ProxyUnderTest proxy = await StartWith("1\n# be_id\n3 web 1 heavy" + Rest + "\n3 web 2 resting 127.0.0.1 9 999 300 1 xx 99 9 x 99 99 5 5 - 99999 -\n9 other 1 s" + Rest);
        using (proxy)
        {
            Assert.Equal("77", (await Read())["heavy"][7]);
            await Patience.Until(() => proxy.Output.Contains("99999'", StringComparison.Ordinal), "the warning");
            Assert.Contains(
                "server-state application failed for server 'web/resting', invalid srv_op_state value '9', invalid srv_admin_state value '999', "
                    + "invalid srv_uweight value '300', invalid srv_last_time_change value 'xx', invalid srv_check_status value '99', "
                    + "invalid srv_check_result value '9', invalid srv_check_health value 'x', invalid srv_check_state value '99', "
                    + "invalid srv_agent_state value '99', invalid bk_f_forced_id value '5', invalid srv_f_forced_id value '5', invalid srv_port value '99999'",
                proxy.Output,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("2\n", "[WARNING]", "config: Can't get version of the global server state file '{0}'.")]
    [InlineData("", "[NOTICE]", "config: Empty global server state file '{0}'.")]
    [InlineData(null, "[NOTICE]", "config: Can't open global server state file '{0}': No such file or directory")]
    [InlineData("1\n# be_id\n3 web 1 heavy 127.0.0.1 2 0 77 10 5 1 0 0 0 0 0 0 - 9001 -\n3 web 1\n", "[WARNING]", "config: corrupted global server state file '{0}' at line 3.")]
    public async Task A_file_that_cannot_be_used_is_no_obstacle(string? text, string severity, string words)
    {
        if (IsSkipped(nameof(A_file_that_cannot_be_used_is_no_obstacle)))
            return;
        using ProxyUnderTest proxy = await StartWith(text);
        string wanted = string.Format(words, States);
        await Patience.Until(() => proxy.Output.Contains(wanted + "\n", StringComparison.Ordinal), "the message");
        string line = Assert.Single(proxy.Output.Split('\n'), line => line.Contains(wanted, StringComparison.Ordinal));
        Assert.StartsWith(severity, line, StringComparison.Ordinal);
        Assert.Equal("10", (await Read())["heavy"][7]);
    }

    [Fact]
    public async Task The_check_of_a_configuration_says_what_is_wrong_with_them()
    {
        if (IsSkipped(nameof(The_check_of_a_configuration_says_what_is_wrong_with_them)))
            return;
        await File.WriteAllTextAsync(States, "2\n");
        Write("    load-server-state-from-file global");
        using ProxyUnderTest check = ProxyUnderTest.Start(Binaries.Hawser!, "-c", "-f", Configuration);
        Assert.Equal(0, await check.ExitStatus());
        Assert.Contains($"[WARNING]  ({check.Pid}) : config: Can't get version of the global server state file '{States}'.\n", check.Output, StringComparison.Ordinal);
        Assert.Contains("Warnings were found.\n", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_reads_them_for_servers_that_it_brings()
    {
        if (IsSkipped(nameof(A_reload_reads_them_for_servers_that_it_brings)))
            return;
        using ProxyUnderTest proxy = await StartWith("1\n");
        await File.WriteAllTextAsync(States, """
            1
            3 web 1 heavy 127.0.0.1 2 0 77 10 5 1 0 0 0 0 0 0 - 9001 - 0 0 - - 0
            3 web 7 newcomer 127.0.0.1 2 1 55 3 100 1 0 0 0 0 0 0 - 9001 - 0 0 - - 0

            """);
        await File.AppendAllTextAsync(Configuration, "    server newcomer 127.0.0.1:9001 weight 3\n");
        Assert.StartsWith("Success=1\n", await Ask("reload"), StringComparison.Ordinal);
        Dictionary<string, string[]> states = await Read();
        Assert.Equal("10", states["heavy"][7]);
        Assert.Equal(["0", "1", "55", "3"], states["newcomer"][5..9]);
        Assert.True(int.Parse(states["newcomer"][9]) >= 100);
    }

    [Fact]
    public async Task A_weight_that_the_configuration_has_changed_is_the_configurations()
    {
        if (IsSkipped(nameof(A_weight_that_the_configuration_has_changed_is_the_configurations)))
            return;
        using ProxyUnderTest proxy = await StartWith("1\n3 web 1 heavy 127.0.0.1 2 0 77 15 100 1 0 0 0 0 0 0 - 9001 - 0 0 - - 0\n");
        Assert.Equal("10", (await Read())["heavy"][7]);
        Assert.True(int.Parse((await Read())["heavy"][9]) >= 100);
    }

    [Theory]
    [InlineData(UnixSignal.Interrupt, 130)]
    [InlineData(UnixSignal.Terminate, 0)]
    public async Task Master_worker_in_the_configuration_is_the_switch(UnixSignal signal, int status)
    {
        if (IsSkipped(nameof(Master_worker_in_the_configuration_is_the_switch)))
            return;
        Write("    load-server-state-from-file none", "    master-worker no-exit-on-failure");
        string pidFile = Path.Combine(_folder, "pid");
        using ProxyUnderTest proxy = ProxyUnderTest.Start(Binaries.Hawser!, "-db", "-p", pidFile, "-f", Configuration);
        await proxy.Listening([_port]);
        Assert.Equal($"{proxy.Pid}\n", await File.ReadAllTextAsync(pidFile));
        proxy.Signal(signal);
        Assert.Equal(status, await proxy.ExitStatus());
    }

    private static bool IsSkipped(string test) => Skipped.Because(test, ("hawser", Binaries.Hawser));

    private void Write(string source, string global = "") => File.WriteAllText(Configuration, $"""
        global
            stats socket {Cli} level admin
            server-state-base {_folder}
            server-state-file states
        {global}
        defaults
            mode http
            timeout connect 5s
            timeout client 60s
            timeout server 60s
        {source}
        frontend in
            bind 127.0.0.1:{_port}
            default_backend web
        backend web
            server heavy 127.0.0.1:9001 weight 10
            server resting 127.0.0.1:9001
            server leaving 127.0.0.1:9001
            server named localhost:9001
            server moved 127.0.0.1:9001
            server off 127.0.0.1:9001 disabled
            server started 127.0.0.1:9001 disabled

        """);

    private async Task<ProxyUnderTest> StartWith(string? states)
    {
        if (states is not null)
            await File.WriteAllTextAsync(States, states);
        Write("    load-server-state-from-file global");
        ProxyUnderTest proxy = ProxyUnderTest.Start(Binaries.Hawser!, "-db", "-f", Configuration);
        await proxy.Listening([_port]);
        return proxy;
    }

    private Task<string> Ask(string command) => CliClient.Ask(Cli, command + "\n");

    private async Task<Dictionary<string, string[]>> Read() =>
        (await Ask("show servers state web")).Split('\n').Select(line => line.Split(' ')).Where(line => line.Length > 20 && line[0] != "#")
            .ToDictionary(line => line[3]);
}
