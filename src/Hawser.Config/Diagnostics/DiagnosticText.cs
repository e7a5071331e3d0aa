using System;
using System.Text;

namespace Hawser.Config.Diagnostics;

/// <summary>
/// A finding for people. Two shapes: HAProxy's first line (its own label is put before it), or
/// <c>file:line:column: severity code: message</c>, which editors read. Below either: the line with a caret under the
/// word, the code, the consequence and the hint.
/// </summary>
public static class DiagnosticText
{
    private const string Margin = "   | ";

    /// <summary>Without HAProxy's label; lines after the first carry HAProxy's margin.</summary>
    public static string InHaproxysShape(Diagnostic diagnostic)
    {
        StringBuilder text = new();
        Origin at = diagnostic.Origin;
        if (diagnostic.IsParsing && at.IsKnown) text.Append($"config : parsing [{at.File}:{at.Line}] : ");
        text.Append(diagnostic.Message);
        string place = diagnostic.IsParsing || !at.IsKnown ? $"column {at.Column}" : $"{at.File}:{at.Line}:{at.Column}";
        if (at is { IsKnown: true, Column: > 0 } && diagnostic.SourceLine is not null)
            AppendSource(text, diagnostic, diagnostic.SourceLine, $" {place}, {diagnostic.Code}");
        else
            text.Append('\n').Append(Margin).Append(diagnostic.Code);
        AppendAdvice(text, diagnostic, "");
        return text.ToString();
    }

    /// <summary>As compilers write it, with a final line feed.</summary>
    /// <param name="description">For the link to the documentation; null when there is none.</param>
    public static string InCompilersShape(Diagnostic diagnostic, CodeDescription? description)
    {
        StringBuilder text = new();
        Origin at = diagnostic.Origin;
        if (at.IsKnown) text.Append($"{at.File}:{at.Line}:{Math.Max(1, at.Column)}: ");
        text.Append($"{NameOf(diagnostic.Severity)} {diagnostic.Code}: {SentenceOf(diagnostic)}");
        if (at is { IsKnown: true, Column: > 0 } && diagnostic.SourceLine is not null)
            AppendSource(text, diagnostic, diagnostic.SourceLine, "");
        AppendAdvice(text, diagnostic, diagnostic.Consequence is null ? "" : "fix: ");
        if (description is not null) text.Append('\n').Append(Margin).Append("see ").Append(description.Link);
        return text.Append('\n').ToString();
    }

    /// <summary>
    /// The message without what only HAProxy's shape needs: the place before it, and the margin of further lines.
    /// </summary>
    public static string SentenceOf(Diagnostic diagnostic)
    {
        string text = diagnostic.Message;
        string place = $"config : [{diagnostic.Origin}] : ";
        if (text.StartsWith(place, StringComparison.Ordinal)) text = text[place.Length..];
        return text.Replace('\n' + Margin, " ", StringComparison.Ordinal);
    }

    /// <summary>As compilers call it: error, warning, note.</summary>
    public static string NameOf(Severity severity) => severity switch
    {
        Severity.Alert => "error",
        Severity.Warning => "warning",
        _ => "note",
    };

    private static void AppendSource(StringBuilder text, Diagnostic diagnostic, string line, string place)
    {
        text.Append('\n').Append(Margin).Append(line.TrimEnd()).Append('\n').Append(Margin);
        // A tab before the word stays a tab, so that the caret stands under it on every terminal.
        SourceSpan span = SourceSpan.Of(diagnostic);
        for (int index = 0; index < span.Start; index++)
        {
            char before = index < line.Length ? line[index] : ' ';
            if (!char.IsLowSurrogate(before) || index == 0 || !char.IsHighSurrogate(line[index - 1]))
                text.Append(before == '\t' ? '\t' : ' ');
        }
        text.Append('^').Append('~', span.Length - 1).Append(place);
    }

    private static void AppendAdvice(StringBuilder text, Diagnostic diagnostic, string label)
    {
        if (diagnostic.Consequence is not null) text.Append('\n').Append(Margin).Append("consequence: ").Append(diagnostic.Consequence);
        if (diagnostic.Hint is not null) text.Append('\n').Append(Margin).Append(label).Append(diagnostic.Hint);
    }
}
