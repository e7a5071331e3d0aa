using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Hawser.Compare.Proxies;

namespace Hawser.Compare.Reporting;

/// <summary>A run as it is kept: <c>DATE-compare.md</c>, one per day, the last one stays.</summary>
internal static class ResultFile
{
    private const string ScenarioSet = "compare";

    public static string Write(
        string directory, CompareOptions options, IReadOnlyList<ProxyProgram> programs, string loadBefore, string table)
    {
        string date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string command = $"bench/compare{(options.IsQuick ? " --quick" : "")} --pairs {options.Pairs}"
            + string.Concat(options.Haproxies.Skip(1).Select(static path => $" --haproxy {Path.GetFileName(path)}"))
            + (options.Only is { } only ? $" --only '{only}'" : "");
        string text = $"""
            # {ScenarioSet}, {date}

            Command: `{command}`

            Machine: {Machine.Describe()}; load average before the run {loadBefore}

            {string.Join('\n', programs.Select(static program => $"- {program.Name}: {program.Version}"))}

            CPU of the proxy process per exchange or request: total (user + system), from the scheduler's own accounting; the split is
            sampled by clock ticks. Proxies on core 0 with one thread and defaults otherwise, load and origin on core 1.
            Samples of {options.Sample.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s, the proxies in turn; the ratio is the median of {options.Pairs} pairs, with the lowest
            and the highest. Absolute times belong to this run only.

            {table}
            """;
        Directory.CreateDirectory(directory);
        string name = Path.Combine(directory, $"{date}-{ScenarioSet}.md");
        File.WriteAllText(name, text.TrimEnd() + "\n");
        return name;
    }
}
