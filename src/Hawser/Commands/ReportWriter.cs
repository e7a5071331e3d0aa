using Hawser.Config.Diagnostics;
using Hawser.Control.Processes;

namespace Hawser.Commands;

/// <summary>Findings on standard output, in the format that was asked for.</summary>
internal static class ReportWriter
{
    /// <param name="closing">A last line for people: what was found in all.</param>
    public static void Write(FindingReport report, ReportFormat format, string closing)
    {
        switch (format)
        {
            case ReportFormat.Json:
                ProcessMessages.WriteAll(StandardStreams.Output, FindingJson.Write(report));
                break;
            case ReportFormat.Sarif:
                ProcessMessages.WriteAll(StandardStreams.Output, SarifLog.Write(report));
                break;
            default:
                foreach (Diagnostic finding in report.Findings)
                {
                    ProcessMessages.WriteAll(StandardStreams.Output,
                        DiagnosticText.InCompilersShape(finding, report.Describe(finding.Code)));
                }
                ProcessMessages.WriteAll(StandardStreams.Output, closing + "\n");
                break;
        }
    }
}
