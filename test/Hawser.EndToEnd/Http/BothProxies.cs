using System.Collections.Generic;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Http;

/// <summary>What haproxy and hawser did with the same cases.</summary>
internal static class BothProxies
{
    public static void AssertSame(
        ITestOutputHelper output, IReadOnlyList<string> names, int requests, string[] haproxy, string[] hawser)
    {
        List<string> differences = [];
        for (int index = 0; index < names.Count; index++)
        {
            if (haproxy[index] != hawser[index])
                differences.Add($"### {names[index]}\nhaproxy:\n{haproxy[index]}\nhawser:\n{hawser[index]}");
        }

        output.WriteLine($"{names.Count} cases, {requests} requests, {differences.Count} differences");
        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }
}
