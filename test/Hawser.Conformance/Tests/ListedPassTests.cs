using System;
using System.IO;
using System.Linq;
using Hawser.Conformance.Commands;
using Hawser.EndToEnd.Comparison;
using Xunit;

namespace Hawser.Conformance.Tests;

/// <summary>What CI runs where HAWSER_UPSTREAM and HAWSER_VTEST name a checkout and the test tool.</summary>
public sealed class ListedPassTests
{
    [Fact]
    public void Every_listed_test_of_HAProxy_passes()
    {
        CommandOptions options = CommandOptions.Read([], Environment.GetEnvironmentVariable, out _)! with { OnlyListed = true };
        if (Skipped.Because(nameof(Every_listed_test_of_HAProxy_passes), ("a checkout of HAProxy", options.Suite), ("vtest", options.Vtest)))
            return;

        StringWriter output = new();
        int status = new ConformanceCommand(options, output).Run();

        Assert.True(status == ExitStatus.Kept, string.Join('\n', output.ToString().Split('\n').Where(line => !line.StartsWith("passed", StringComparison.Ordinal))));
    }
}
