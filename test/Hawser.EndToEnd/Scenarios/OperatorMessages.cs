using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>What the operator who sends a signal reads on standard error, beside the log.</summary>
public sealed partial class OperatorMessages(ITestOutputHelper output)
{
    private const string TwoProxies = """
        listen test1
            bind 127.0.0.1:{bind:fe}
            server s1 127.0.0.1:{server:s1}
        frontend test2
            bind 127.0.0.1:{bind:fe2}
            default_backend app
        backend app
            server s1 127.0.0.1:{server:s1}
        """;

    private static readonly Scenario[] Rows =
    [
        new("Pause, resume and stop are told on stderr", TwoProxies, async stage =>
        {
            // The second of two equal signals changes nothing.
            stage.Proxy.Signal(UnixSignal.TerminalOutput);
            await Told(stage, "Paused", 2);
            stage.Proxy.Signal(UnixSignal.TerminalOutput);
            stage.Proxy.Signal(UnixSignal.TerminalInput);
            await Told(stage, "Resumed", 2);
            stage.Proxy.Signal(UnixSignal.TerminalInput);
            stage.Proxy.Signal(UnixSignal.User1);
            stage.Notes.Saw($"exit status {await stage.Proxy.ExitStatus()}");
            NoteMessages(stage);
        }) { LogLines = 7 },
        new("A grace is told on stderr", TwoProxies, async stage =>
        {
            stage.Proxy.Signal(UnixSignal.User1);
            stage.Notes.Saw($"exit status {await stage.Proxy.ExitStatus()}");
            NoteMessages(stage);
        }) { LogLines = 5, Prelude = Prelude("grace 300ms") },
        new("A hard stop is told on stderr", TwoProxies, async stage =>
        {
            await stage.Established();
            stage.Proxy.Signal(UnixSignal.User1);
            stage.Notes.Saw($"exit status {await stage.Proxy.ExitStatus()}");
            NoteMessages(stage);
        }) { LogLines = 6, CompareLog = false, Prelude = Prelude("hard-stop-after 500ms"), Divergence = Divergences.KilledSession },
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Are_those_of_haproxy(string scenario) => SideBySide.Run(Rows, scenario, output);

    [Fact]
    public async Task A_grace_of_one_proxy_keeps_its_listener_after_a_soft_stop()
    {
        if (Skipped.Because(nameof(A_grace_of_one_proxy_keeps_its_listener_after_a_soft_stop), ("hawser", Binaries.Hawser)))
            return;
        using Stage stage = new();
        await stage.Start(Binaries.Hawser!, Prelude("") + """
            listen test1
                bind 127.0.0.1:{bind:fe}
                server s1 127.0.0.1:{server:s1}
            listen test2
                grace 1h
                bind 127.0.0.1:{bind:fe2}
                server s1 127.0.0.1:{server:s1}

            """);
        stage.Server("s1").AnswerWithName();
        stage.Proxy.Signal(UnixSignal.User1);
        await Told(stage, "Proxy test1 stopped", 1);
        await Patience.Until(() => !ListenTable.Listens(stage.Bind("fe")), "the first listener to close");
        Assert.Equal("s1", await stage.AskOne("fe2"));
        Assert.DoesNotContain("Proxy test2 stopped", stage.Proxy.Output, StringComparison.Ordinal);
        await stage.Proxy.Stop();
    }

    private static string Prelude(string global) => $$"""
        global
            log 127.0.0.1:{log} local0 debug
            nbthread 1
            {{global}}
        defaults
            mode tcp
            log global
            option tcplog
            timeout connect 1s
            timeout client 4s
            timeout server 4s

        """;

    private static Task Told(Stage stage, string text, int times) =>
        Patience.Until(() => Lines(stage).Count(line => line.Contains(text, StringComparison.Ordinal)) >= times,
            $"'{text}' on stderr");

    private static void NoteMessages(Stage stage)
    {
        foreach (string line in Lines(stage))
            stage.Notes.Saw(line);
    }

    /// <summary>What was said after the start, without process numbers.</summary>
    private static string[] Lines(Stage stage) =>
    [
        .. stage.Proxy.Output.Split('\n')
            .Where(static line => Subjects().IsMatch(line) && !Normaliser.IsInternal(line))
            .Select(static line => Pid().Replace(line, "(PID)")),
    ];

    [GeneratedRegex(@"Paused|Resumed|stopped|soft-stop")]
    private static partial Regex Subjects();

    [GeneratedRegex(@"\(\d+\)(?= :)")]
    private static partial Regex Pid();
}
