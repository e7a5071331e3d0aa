using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Control.Processes;

namespace Hawser.Commands;

/// <summary>
/// Findings about a configuration on standard error, with HAProxy's labels.
/// </summary>
internal static class DiagnosticPrinter
{
    /// <summary>The last alert about a configuration that cannot be used.</summary>
    public const string Fatal = "config : Fatal errors found in configuration.";

    /// <summary>All that reading has found; when there is an alert, then what HAProxy ends with.</summary>
    public static void Print(IReadOnlyList<Diagnostic> diagnostics, bool showsDiagnostics, ProcessMessages messages)
    {
        PrintEach(diagnostics, showsDiagnostics, messages);
        HashSet<string> filesAtFault = [];
        bool isFatal = false;
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (diagnostic.Severity != Severity.Alert) continue;
            isFatal = true;
            bool isNew = diagnostic is { IsParsing: true, Origin.IsKnown: true } && filesAtFault.Add(diagnostic.Origin.File);
            if (isNew) messages.Alert($"config : Error(s) found in configuration file : {diagnostic.Origin.File}");
        }
        if (isFatal) messages.Alert(Fatal);
    }

    /// <summary>The findings alone.</summary>
    public static void PrintEach(IReadOnlyList<Diagnostic> diagnostics, bool showsDiagnostics, ProcessMessages messages)
    {
        foreach (Diagnostic diagnostic in diagnostics)
        {
            string text = DiagnosticText.InHaproxysShape(diagnostic);
            switch (diagnostic.Severity)
            {
                case Severity.Alert:
                    messages.Alert(text);
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
    }
}
