using System.Collections.Generic;
using System.Text;
using Hawser.Config.Diagnostics;
using Hawser.Control.Processes;

namespace Hawser.Commands;

/// <summary>
/// Findings about a configuration in HAProxy's words, with what HAProxy does not say: the column, the line itself
/// with a caret below the word, and a hint.
/// </summary>
internal static class DiagnosticPrinter
{
    private const string Margin = "   | ";

    public static void Print(IReadOnlyList<Diagnostic> diagnostics, bool showsDiagnostics, ProcessMessages messages)
    {
        HashSet<string> filesAtFault = [];
        foreach (Diagnostic diagnostic in diagnostics)
        {
            string text = Render(diagnostic);
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

    public static string Render(Diagnostic diagnostic)
    {
        StringBuilder text = new();
        Origin at = diagnostic.Origin;
        if (diagnostic.IsParsing && at.IsKnown) text.Append($"config : parsing [{at.File}:{at.Line}] : ");
        text.Append(diagnostic.Message);
        if (at is { IsKnown: true, Column: > 0 } && diagnostic.SourceLine is not null)
            AppendPlace(text, at, diagnostic.SourceLine);
        if (diagnostic.Hint is not null) text.Append('\n').Append(Margin).Append(diagnostic.Hint);
        return text.ToString();
    }

    private static void AppendPlace(StringBuilder text, Origin at, string line)
    {
        text.Append('\n').Append(Margin).Append(line.TrimEnd()).Append('\n').Append(Margin);
        // A tab before the word stays a tab, so that the caret stands under it on every terminal.
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        for (int index = 0; index < at.Column - 1 && index < bytes.Length; index++)
        {
            bool isContinuation = (bytes[index] & 0xC0) == 0x80;
            if (!isContinuation) text.Append(bytes[index] == '\t' ? '\t' : ' ');
        }
        text.Append('^').Append('~', System.Math.Max(0, at.Length - 1)).Append($" column {at.Column}");
    }
}
