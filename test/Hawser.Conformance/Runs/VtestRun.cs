using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using Hawser.Conformance.Suite;

namespace Hawser.Conformance.Runs;

/// <summary>One test in a process of the test tool, with a folder of its own that is gone afterwards.</summary>
internal sealed class VtestRun(string vtest, string program, int limitSeconds)
{
    /// <summary>What the tool ends with when the test found that it cannot run here.</summary>
    private const int NotApplicableStatus = 77;

    /// <summary>As HAProxy's own runner has it: some answers are larger than the tool's default.</summary>
    private const string BufferSize = "2M";

    /// <summary>The tool keeps the time itself; it is ended from outside when it does not.</summary>
    private const int GraceSeconds = 5;

    public TestResult Run(UpstreamTest test)
    {
        string folder = Directory.CreateTempSubdirectory("hawser-conformance-").FullName;
        try
        {
            return Run(test, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private TestResult Run(UpstreamTest test, string folder)
    {
        ProcessStartInfo start = new(vtest)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (string word in (string[])["-v", "-k", "-t", $"{limitSeconds}", "-b", BufferSize, ConverterTests.FileOf(test, folder)])
            start.ArgumentList.Add(word);
        start.Environment["HAPROXY_PROGRAM"] = program;
        start.Environment["TMPDIR"] = folder;

        Stopwatch watch = Stopwatch.StartNew();
        StringBuilder log = new();
        using Process process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(log, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(log, line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        bool ended = process.WaitForExit(TimeSpan.FromSeconds(limitSeconds + GraceSeconds));
        if (!ended)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();

        string text;
        lock (log)
            text = log.ToString();
        Outcome outcome = !ended ? Outcome.TimedOut
            : process.ExitCode == 0 ? Outcome.Passed
            : process.ExitCode == NotApplicableStatus ? Outcome.NotApplicable
            : text.Contains("TIMED OUT", StringComparison.OrdinalIgnoreCase) ? Outcome.TimedOut
            : Outcome.Failed;
        return new TestResult(test, outcome, FailureReason.Of(outcome, text, folder), text, watch.Elapsed.TotalSeconds);
    }

    private static void Keep(StringBuilder log, string? line)
    {
        lock (log)
            log.Append(line).Append('\n');
    }
}
