using System;
using System.Linq;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>Log targets that are descriptors of the process itself.</summary>
public sealed class OutputLogs(ITestOutputHelper output)
{
    private static readonly Scenario[] Rows =
    [
        To("Standard output in raw format", "stdout format raw local0"),
        To("Standard error in raw format", "stderr format raw local0"),
        To("Descriptor 1 in short format", "fd@1 format short local0"),
        To("Standard output in priority format", "stdout format priority daemon"),
        To("Standard output in the default format", "stdout local0"),
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Get_lines_as_from_haproxy(string scenario) => SideBySide.Run(Rows, scenario, output);

    private static Scenario To(string name, string target) => new(name, $$"""
        global
            log {{target}}
            nbthread 1
        defaults
            mode tcp
            log global
            option tcplog
            timeout connect 1s
            timeout client 4s
            timeout server 4s
        listen test1
            bind 127.0.0.1:{bind:fe}
            server s1 127.0.0.1:{server:s1}
        """, async stage =>
    {
        await stage.Session();
        await Patience.Until(() => SessionLine(stage) is not null, "the session's line");
        stage.Notes.Saw(Normaliser.Line(SessionLine(stage)!, stage.Ports, countBytes: true));
    }) { Prelude = "", LogLines = 0 };

    private static string? SessionLine(Stage stage) => stage.Proxy.Output.Split('\n')
        .FirstOrDefault(line => line.Contains("test1/s1", StringComparison.Ordinal));
}
