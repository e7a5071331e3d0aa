using System;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Runtime;

/// <summary>What operators have used with HAProxy for years.</summary>
public sealed partial class OperatorTools
{
    private static readonly string s_configuration = $"""
        defaults
            mode tcp
            timeout connect 1s
            timeout client 10s
            timeout server 10s
        frontend public
            bind 127.0.0.1:{FreePort.Next()}
            default_backend application
        backend application
            server first 127.0.0.1:1
            server second 127.0.0.1:1 disabled
        """;

    /// <summary>hatop 0.8 on a terminal of its own: it asks for "show info" and "show stat", and reads all their columns.</summary>
    [Fact]
    public async Task Hatop_shows_frontends_backends_and_servers()
    {
        if (Skipped.Because(nameof(Hatop_shows_frontends_backends_and_servers),
            ("hawser", Binaries.Hawser), ("hatop", Binaries.InPath("hatop")), ("script", Binaries.InPath("script"))))
            return;
        using CliProcess process = new(Binaries.Hawser!, s_configuration);
        _ = await process.Ask("show info");
        ProcessStartInfo start = new("script", ["-qc", $"stty rows 40 cols 132; hatop -s {process.SocketPath}", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["TERM"] = "xterm" },
        };
        using Process hatop = Process.Start(start)!;
        StringBuilder shown = new();
        char[] part = new char[4096];
        while (!Screen().IsMatch(Terminal().Replace(shown.ToString(), " ")))
        {
            int read = await hatop.StandardOutput.ReadAsync(part).AsTask().WaitAsync(TimeSpan.FromMilliseconds(Patience.LimitMs));
            Assert.True(read > 0, $"hatop has ended: {shown}");
            shown.Append(part, 0, read);
        }

        await hatop.StandardInput.WriteAsync('q');
        await hatop.StandardInput.FlushAsync();
        while (await hatop.StandardOutput.ReadAsync(part).AsTask().WaitAsync(TimeSpan.FromMilliseconds(Patience.LimitMs)) > 0)
        {
        }

        await hatop.WaitForExitAsync().WaitAsync(TimeSpan.FromMilliseconds(Patience.LimitMs));
        Assert.Equal(0, hatop.ExitCode);
    }

    [GeneratedRegex(@"public .*FRONTEND +0 OPEN .*first +1 .*second +1 MAINT .*BACKEND +1 UP ")]
    private static partial Regex Screen();

    /// <summary>What moves the cursor and sets colours.</summary>
    [GeneratedRegex(@"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[()][A-Z0-9]|[\x00-\x1f]")]
    private static partial Regex Terminal();
}
