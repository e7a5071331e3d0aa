using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Control.Processes;

namespace Hawser.Commands;

/// <summary>
/// Findings about a configuration on standard error, with HAProxy's labels.
/// </summary>
internal static class DiagnosticPrinter
{
    public static void Print(IReadOnlyList<Diagnostic> diagnostics, bool showsDiagnostics, ProcessMessages messages)
    {
        HashSet<string> filesAtFault = [];
        foreach (Diagnostic diagnostic in diagnostics)
        {
            string text = DiagnosticText.InHaproxysShape(diagnostic);
            switch (diagnostic.Severity)
            {
                case Severity.Alert:
                    messages.Alert(text);
                    if (diagnostic.IsParsing && diagnostic.Origin.IsKnown) filesAtFault.Add(diagnostic.Origin.File);
                    break;
                case Severity.Warning:
                    messages.Warning(text);
                    break;
                case Severity.Notice:
                    messages.Notice(text);
                    break;
                default:
                    if (showsDiagnostics) messages.Diagnostic(text);
                    break;
            }
        }
        foreach (string file in filesAtFault) messages.Alert($"config : Error(s) found in configuration file : {file}");
    }
}
