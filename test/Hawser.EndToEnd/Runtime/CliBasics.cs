using System;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Runtime;

/// <summary>The language of the runtime API: what was recorded from HAProxy 3.5, and what a hostile client gets.</summary>
public sealed class CliBasics
{
    private const string Version = "V";

    [Theory]
    [InlineData("show version\n", "V\n\n")]
    [InlineData("show version", "")]
    [InlineData("\n", "\n")]
    [InlineData("show version\nshow version\n", "V\n\n")]
    [InlineData("show version;;show version;\n", "V\n\n\nV\n\n\n")]
    [InlineData("prompt\n\nshow version\nprompt\nshow version\n", "\n> \n> V\n\n> \n")]
    [InlineData("prompt i\nshow version\nshow version\nprompt n\n", "\nV\n\nV\n\n\n")]
    [InlineData("prompt;show version;quit;show version\n", "\nV\n\n")]
    [InlineData("prompt\nshow version <<\na\nb\n\nshow version\n", "\n> V\n\n> V\n\n> ")]
    [InlineData("show version <<EOF\na\n\nEOF\n", "V\n\n")]
    [InlineData("show version <<EOF\na\n\n", "")]
    [InlineData("echo a\\ b\\;c\\\\d  \"e f\" \\x\n", "a b;c\\d \"e f\" x\n\n")]
    [InlineData("set severity-output number;show version;echo a\n", "\n[6]: V\n\n[6]: a\n\n")]
    [InlineData("set severity-output string;set timeout foo\n", "\n[err]: 'set timeout' only supports 'cli'.\n\n")]
    [InlineData("set severity-output x\n", "one of 'none', 'number', 'string' is a required argument\n\n")]
    [InlineData("set timeout cli;set timeout cli 3x;set timeout cli 3s\n", "Expects an integer value.\n\nInvalid timeout value.\n\n\n")]
    [InlineData("expert-mode;expert-mode on;expert-mode;experimental-mode\n", "expert-mode is OFF\n\n\nexpert-mode is ON\n\nexperimental-mode is OFF\n\n")]
    [InlineData("operator;show cli level;user;show cli level;operator\n", "\noperator\n\n\nuser\n\nPermission denied\n\n")]
    public async Task A_line_is_answered_as_HAProxy_answers_it(string line, string expected)
    {
        if (Skipped.Because(nameof(A_line_is_answered_as_HAProxy_answers_it), ("hawser", Binaries.Hawser)))
            return;
        using CliProcess process = new(Binaries.Hawser!, "");
        string version = (await process.Ask("show version\n")).Trim();
        Assert.Equal(expected, (await process.Ask(line)).Replace(version, Version, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_command_names_itself_and_what_may_have_been_meant()
    {
        if (Skipped.Because(nameof(An_unknown_command_names_itself_and_what_may_have_been_meant), ("hawser", Binaries.Hawser)))
            return;
        using CliProcess process = new(Binaries.Hawser!, "");
        string answer = await process.Ask("shw info\n");
        Assert.StartsWith("Unknown command: 'shw', but maybe one of the following ones is a better match:\n", answer, StringComparison.Ordinal);
        Assert.Contains("\n  show info ", answer, StringComparison.Ordinal);
        Assert.Contains("\n  quit ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_line_is_refused()
    {
        if (Skipped.Because(nameof(An_endless_line_is_refused), ("hawser", Binaries.Hawser)))
            return;
        using CliProcess process = new(Binaries.Hawser!, "");
        string answer = await process.Ask(new string('a', 100_000));
        Assert.StartsWith("The command line is too big for the buffer size.", answer, StringComparison.Ordinal);
        Assert.Equal("V\n\n", await AskVersion(process));
    }

    [Fact]
    public async Task A_payload_of_64_MiB_is_cut_off_and_costs_no_memory()
    {
        if (Skipped.Because(nameof(A_payload_of_64_MiB_is_cut_off_and_costs_no_memory), ("hawser", Binaries.Hawser)))
            return;
        using CliProcess process = new(Binaries.Hawser!, "");
        using Socket socket = await CliClient.Connect(process.SocketPath);
        long before = ProcessFacts.ResidentBytes(process.Proxy.Pid);
        byte[] lines = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("key value\n", 6554)));
        bool isRefused = false;
        await socket.SendAsync(Encoding.ASCII.GetBytes("add map x <<\n"));
        for (int sent = 0; sent < 64 * 1024 * 1024 && !isRefused; sent += lines.Length)
            isRefused = !await TrySend(socket, lines);
        string answer = await CliClient.ReadToEnd(socket);
        Assert.True(isRefused || answer.Length > 0);
        Assert.Equal("V\n\n", await AskVersion(process));
        Assert.InRange(ProcessFacts.ResidentBytes(process.Proxy.Pid) - before, long.MinValue, 16 * 1024 * 1024);
    }

    [Fact]
    public async Task Binary_garbage_is_answered_or_cut()
    {
        if (Skipped.Because(nameof(Binary_garbage_is_answered_or_cut), ("hawser", Binaries.Hawser)))
            return;
        using CliProcess process = new(Binaries.Hawser!, "");
        Random random = new(7);
        for (int i = 0; i < 20; i++)
        {
            using Socket socket = await CliClient.Connect(process.SocketPath);
            byte[] garbage = new byte[3000];
            random.NextBytes(garbage);
            await TrySend(socket, garbage);
            socket.Shutdown(SocketShutdown.Send);
            await CliClient.ReadToEnd(socket);
        }

        Assert.Equal("V\n\n", await AskVersion(process));
    }

    [Fact]
    public async Task Connections_beyond_the_limit_wait_and_are_served_when_others_time_out()
    {
        if (Skipped.Because(nameof(Connections_beyond_the_limit_wait_and_are_served_when_others_time_out), ("hawser", Binaries.Hawser)))
            return;
        using CliProcess process = new(Binaries.Hawser!, "", "    stats maxconn 3\n    stats timeout 300ms");
        Socket[] idle = [.. await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CliClient.Connect(process.SocketPath)))];
        Assert.Equal("V\n\n", await AskVersion(process));
        foreach (Socket socket in idle)
            socket.Dispose();
    }

    [Fact]
    public async Task A_client_that_never_reads_is_cut_off_after_the_timeout()
    {
        if (Skipped.Because(nameof(A_client_that_never_reads_is_cut_off_after_the_timeout), ("hawser", Binaries.Hawser)))
            return;
        using CliProcess process = new(Binaries.Hawser!, "", "    stats maxconn 1\n    stats timeout 500ms");
        using Socket socket = await CliClient.Connect(process.SocketPath);
        string line = string.Concat(Enumerable.Repeat("show stat typed;show info typed;help;", 20));
        await socket.SendAsync(Encoding.ASCII.GetBytes("prompt i\n"));
        bool isOpen = true;
        for (int i = 0; i < 2000 && isOpen; i++)
            isOpen = await TrySend(socket, Encoding.ASCII.GetBytes(line + "\n"), patienceMs: 5000);
        Assert.Equal("V\n\n", await AskVersion(process));
    }

    private static async Task<string> AskVersion(CliProcess process)
    {
        string answer = await process.Ask("show version\n");
        return answer.TrimEnd().Length > 0 ? "V" + answer[answer.TrimEnd().Length..] : answer;
    }

    private static async Task<bool> TrySend(Socket socket, byte[] bytes, int patienceMs = Patience.LimitMs)
    {
        try
        {
            await socket.SendAsync(bytes).WaitAsync(TimeSpan.FromMilliseconds(patienceMs));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (TimeoutException)
        {
            return true;
        }
    }
}
