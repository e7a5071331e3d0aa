using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Lint;

/// <summary>What lint says about some files.</summary>
/// <param name="Findings">In the order of the files and their lines.</param>
/// <param name="Unreadable">Alerts about lines that could not be cut into words: what stands there was not looked at.</param>
/// <param name="WaivedCount">Findings that comments allow.</param>
/// <param name="AlertCount">Other alerts of the reader: <c>-c</c> shows them.</param>
public sealed record LintResult(
    IReadOnlyList<Diagnostic> Findings, IReadOnlyList<Diagnostic> Unreadable, int WaivedCount, int AlertCount)
{
    /// <summary>Findings that are more than advice.</summary>
    public int HazardCount => Findings.Count(static finding => finding.Severity >= Severity.Warning);
}
