using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Hawser.Conformance.Suite;

namespace Hawser.Conformance.Runs;

/// <summary>
/// Runs tests, some at once. A listed pass that fails is tried once more, alone: many of these tests have limits of a
/// few seconds and a busy machine breaks them. The result says that it needed two.
/// </summary>
internal sealed class TestRunner(VtestRun run, int jobs)
{
    public IReadOnlyList<TestResult> Run(IReadOnlyList<UpstreamTest> tests, ExpectationList list, Action<TestResult>? told = null)
    {
        ConcurrentDictionary<string, TestResult> results = new(StringComparer.Ordinal);
        Parallel.ForEach(
            Partitioner.Create(tests, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = jobs },
            test =>
            {
                TestResult result = run.Run(test);
                results[test.Name] = result;
                told?.Invoke(result);
            });

        return [.. tests.Select(test => Again(results[test.Name], list))];
    }

    private TestResult Again(TestResult first, ExpectationList list)
    {
        if (first.Outcome is Outcome.Passed or Outcome.NotApplicable || list.Find(first.Test.Name) is not { Passes: true })
            return first;
        TestResult second = run.Run(first.Test);
        return second.Outcome == Outcome.Passed ? second with { NeededTwo = true } : first;
    }
}
