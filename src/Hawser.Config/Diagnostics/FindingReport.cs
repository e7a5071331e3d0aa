using System;
using System.Collections.Generic;
using System.Linq;

namespace Hawser.Config.Diagnostics;

/// <summary>The findings of one run with what a writer needs beside them.</summary>
/// <param name="ToolVersion">Of the program.</param>
/// <param name="Describe">What is written about a code; null for an unknown one.</param>
public sealed record FindingReport(
    string ToolVersion, IReadOnlyList<Diagnostic> Findings, Func<string, CodeDescription?> Describe)
{
    public const string ToolName = "hawser";

    /// <summary>Findings that a comment allows and that are not listed.</summary>
    public int WaivedCount { get; init; }

    public int CountOf(Severity severity) => Findings.Count(finding => finding.Severity == severity);
}
