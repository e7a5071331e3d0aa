using System;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Proxies;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Reloads;

/// <summary>
/// Reloads under load. A part of it runs with the other tests; all of it, and beside the installed HAProxy, with
/// <c>HAWSER_RELOADS=200 HAWSER_RELOAD_SESSIONS=2000 dotnet test test/Hawser.EndToEnd --filter ReloadStorm</c>;
/// <c>HAWSER_RELOAD_REPORT</c> names a file for the figures.
/// </summary>
[Collection(nameof(Alone))]
public sealed class ReloadStorm(ITestOutputHelper output)
{
    private static int Reloads => Number("HAWSER_RELOADS", 30);

    private static int Sessions => Number("HAWSER_RELOAD_SESSIONS", 400);

    private static bool IsFull => Environment.GetEnvironmentVariable("HAWSER_RELOADS") is { Length: > 0 };

    [Fact]
    public async Task No_request_fails_and_nothing_is_reset_whatever_is_reloaded_under_load()
    {
        if (Skipped.Because(nameof(No_request_fails_and_nothing_is_reset_whatever_is_reloaded_under_load), ("hawser", Binaries.Hawser)))
            return;
        StormReport report = await Storm.Run("hawser", Binaries.Hawser!, [], Reloads, Sessions);
        Tell(report);
        Assert.Equal((0, 0, 0), (report.Failed, report.Resets, report.TcpLost));
        Assert.Equal(0, report.IdleCloses);
        Assert.Equal(1, report.Processes);
        Assert.Empty(report.WentBack);
        // A short run has not met the collector's own rhythm.
        double limit = IsFull ? 1.05 : 1.25;
        Assert.True(report.ResidentAfter <= report.ResidentBefore * limit, report.ToString());
    }

    [Fact]
    public async Task The_installed_HAProxy_reloads_by_processes()
    {
        if (!IsFull || Skipped.Because(nameof(The_installed_HAProxy_reloads_by_processes), ("haproxy", Binaries.Haproxy)))
            return;
        Tell(await Storm.Run("haproxy", Binaries.Haproxy!, ["-W"], Reloads, Sessions));
    }

    private void Tell(StormReport report)
    {
        output.WriteLine(report.ToString());
        if (Environment.GetEnvironmentVariable("HAWSER_RELOAD_REPORT") is { Length: > 0 } file)
            File.AppendAllText(file, $"- {report}\n");
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : otherwise;
}
