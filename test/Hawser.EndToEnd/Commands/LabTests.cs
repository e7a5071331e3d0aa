using System.Diagnostics;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Commands;

/// <summary>The lab on the published binary: its own figures say whether the ledger is right.</summary>
public sealed class LabTests
{
    [Theory]
    [InlineData("late", "lost 6000: exact")]
    [InlineData("mirror", "lost 6000: exact")]
    [InlineData("late-drain", "server read 10; lost 0: exact")]
    [InlineData("late-reset", "ECONNRESET")]
    public async Task A_case_of_the_lab_behaves_as_described(string name, string shown)
    {
        if (Skipped.Because(nameof(A_case_of_the_lab_behaves_as_described), ("hawser", Binaries.Hawser)))
            return;
        ProcessStartInfo start = new(Binaries.Hawser!, ["lab", name]) { RedirectStandardOutput = true };
        using Process lab = Process.Start(start)!;
        string output = await lab.StandardOutput.ReadToEndAsync();
        await lab.WaitForExitAsync();

        Assert.Contains(shown, output, System.StringComparison.Ordinal);
        Assert.Equal(0, lab.ExitCode);
    }
}
