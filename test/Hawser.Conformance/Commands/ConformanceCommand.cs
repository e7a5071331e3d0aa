using System.Collections.Generic;
using System.IO;
using System.Linq;
using Hawser.Conformance.Reporting;
using Hawser.Conformance.Runs;
using Hawser.Conformance.Suite;
using Hawser.EndToEnd.Proxies;

namespace Hawser.Conformance.Commands;

/// <summary>Runs HAProxy's tests against this program and holds what came of it against the list.</summary>
internal sealed class ConformanceCommand(CommandOptions options, TextWriter output)
{
    public int Run()
    {
        if (options.Suite is null || options.Vtest is null)
        {
            output.WriteLine($"skipped: HAProxy's tests: {(options.Suite is null ? "--suite DIR" : "--vtest FILE")} is not given");
            return ExitStatus.Kept;
        }

        string? program = options.Program ?? Binaries.Hawser;
        if (UpstreamSuite.Open(options.Suite) is not { } suite)
            return Unusable($"{options.Suite}: no folder with .vtc files");
        if (!File.Exists(options.Vtest))
            return Unusable($"{options.Vtest}: no such file");
        if (program is null || !File.Exists(program))
            return Unusable($"{program ?? "artifacts/publish"}: the program to test is not there: ./tools/publish makes it, or --program names it");

        string path = ExpectationList.DefaultPath();
        ExpectationList list = ExpectationList.Parse(File.Exists(path) ? File.ReadAllText(path) : "");
        UpstreamTest[] tests = [.. suite.Tests.Where(test => IsChosen(test.Name, list))];
        IReadOnlyList<TestResult> results = new TestRunner(
            new VtestRun(Path.GetFullPath(options.Vtest), Path.GetFullPath(program), options.LimitSeconds), options.Jobs).Run(tests, list, Tell);
        Comparison comparison = new(results, list, list.All.Select(line => line.Name).Where(name => IsChosen(name, list)));
        Report(results, list, comparison);
        if (options.Updates)
        {
            Update(list, results, suite);
            File.WriteAllText(path, list.Print());
            output.WriteLine($"written: {Path.GetRelativePath(Directory.GetCurrentDirectory(), path)}");
            return ExitStatus.Kept;
        }

        return comparison.IsKept ? ExitStatus.Kept : ExitStatus.Broken;
    }

    /// <summary>What ran is listed as it was seen; a line whose test left the checkout goes.</summary>
    public static void Update(ExpectationList list, IReadOnlyList<TestResult> results, UpstreamSuite suite)
    {
        foreach (TestResult result in results)
        {
            list.Set(new Expectation(
                result.Test.Name,
                list.Find(result.Test.Name)?.Wave ?? ExpectationList.UnknownWave,
                result.Outcome == Outcome.Passed ? null : result.Reason));
        }

        HashSet<string> names = [.. suite.Tests.Select(test => test.Name)];
        foreach (Expectation line in list.All.Where(line => !names.Contains(line.Name)).ToArray())
            list.Remove(line.Name);
    }

    private bool IsChosen(string name, ExpectationList list) =>
        UpstreamSuite.IsChosen(name, options.Only) && (!options.OnlyListed || list.Find(name) is { Passes: true });

    private void Tell(TestResult result)
    {
        lock (output)
        {
            string word = result.Outcome switch
            {
                Outcome.Passed => "passed  ",
                Outcome.NotApplicable => "skipped ",
                Outcome.TimedOut => "time out",
                _ => "failed  ",
            };
            output.WriteLine($"{word} {result.Seconds,5:0.0} s  {result.Test.Name}{(result.Reason.Length > 0 ? "  " + result.Reason : "")}");
        }

        if (options.Logs is { } folder && result.Outcome != Outcome.Passed)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, result.Test.Name.Replace('/', '-') + ".log"), result.Log);
        }
    }

    private void Report(IReadOnlyList<TestResult> results, ExpectationList list, Comparison comparison)
    {
        output.WriteLine();
        output.Write(ResultTable.Print(results, list));
        foreach (TestResult result in results.Where(result => result.NeededTwo))
            output.WriteLine($"passed at the second attempt: {result.Test.Name}");
        foreach (TestResult result in comparison.New)
            output.WriteLine($"new pass, to be listed: {result.Test.Name}");
        foreach (string name in comparison.Unlisted)
            output.WriteLine($"not listed: {name}");
        foreach (string name in comparison.Missing)
            output.WriteLine($"MISSING: {name} is a listed pass, and this checkout does not have it");
        foreach (TestResult result in comparison.Broken)
            output.WriteLine($"BROKEN: {result.Test.Name} is a listed pass: {result.Reason}");
        int passed = results.Count(result => result.Outcome == Outcome.Passed);
        output.WriteLine(
            $"{results.Count} tests, {passed} passed, {comparison.Broken.Count} listed passes broken, {comparison.New.Count} new passes");
    }

    private int Unusable(string text)
    {
        output.WriteLine(text);
        return ExitStatus.Unusable;
    }
}
