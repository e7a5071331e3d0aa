using System.Collections.Generic;
using System.Linq;
using Hawser.Conformance.Runs;
using Hawser.Conformance.Suite;

namespace Hawser.Conformance.Reporting;

/// <summary>What was seen beside what the list says.</summary>
internal sealed class Comparison
{
    /// <param name="chosen">The names that were to run: a listed pass among them that is not in the checkout is missing.</param>
    public Comparison(IReadOnlyList<TestResult> results, ExpectationList list, IEnumerable<string> chosen)
    {
        Broken = [.. results.Where(result => result.Outcome != Outcome.Passed && list.Find(result.Test.Name) is { Passes: true })];
        New = [.. results.Where(result => result.Outcome == Outcome.Passed && list.Find(result.Test.Name) is not { Passes: true })];
        Unlisted = [.. results.Select(result => result.Test.Name).Where(name => list.Find(name) is null)];
        HashSet<string> seen = [.. results.Select(result => result.Test.Name)];
        Missing = [.. chosen.Where(name => !seen.Contains(name) && list.Find(name) is { Passes: true })];
    }

    /// <summary>Listed passes that did not pass.</summary>
    public IReadOnlyList<TestResult> Broken { get; }

    /// <summary>Passes that the list does not know yet.</summary>
    public IReadOnlyList<TestResult> New { get; }

    /// <summary>Tests of the checkout that the list does not have.</summary>
    public IReadOnlyList<string> Unlisted { get; }

    /// <summary>Listed passes that the checkout does not have.</summary>
    public IReadOnlyList<string> Missing { get; }

    public bool IsKept => Broken.Count == 0 && Missing.Count == 0;
}
