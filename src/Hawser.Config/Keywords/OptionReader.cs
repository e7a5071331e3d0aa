using System;
using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Reads the options that follow an address on bind and server lines, each by its row.</summary>
internal static class OptionReader
{
    /// <summary>False when one was wrong; the others have been read all the same.</summary>
    /// <param name="notAtRunTime">Options that a server which is added at run time cannot have; null: it is none.</param>
    public static bool Read<TContext>(
        LineCursor line, TContext context, KeywordTable<TContext> table, string subject, IReadOnlySet<string>? notAtRunTime = null)
    {
        string outerSubject = line.Subject;
        line.Subject = outerSubject + subject;
        int before = line.Diagnostics.AlertCount;
        while (line.HasMore)
        {
            KeywordRow<TContext>? row = Find(line, table);
            if (row is null)
            {
                Word word = line.Peek;
                line.Reject(DiagnosticCodes.UnknownOption, word.Origin, $"unknown keyword '{word.Text}'.",
                    Suggestion.Hint(word.Text, table.FirstWords(SectionSet.None)));
                // What follows may be the value of the unknown option: reading on would only guess.
                line.SkipRest();
                break;
            }
            if (notAtRunTime?.Contains(row.Name) == true)
            {
                line.Reject(DiagnosticCodes.UnknownOption, line.Peek.Origin, $"'{row.Name}' option is not accepted for dynamic server");
                line.SkipRest();
                break;
            }
            line.EnterKeyword(1);
            if (!Run(row, line, context)) break;
        }
        line.Subject = outerSubject;
        return line.Diagnostics.AlertCount == before;
    }

    /// <summary>An option may carry its first argument in parentheses: <c>set-proxy-v2-tlv-fmt(0x20)</c>.</summary>
    private static KeywordRow<TContext>? Find<TContext>(LineCursor line, KeywordTable<TContext> table)
    {
        string name = line.Peek.Text;
        if (table.Find(name) is { } row) return row;
        int open = name.IndexOf('(', StringComparison.Ordinal);
        return open > 0 ? table.Find(name[..open]) : null;
    }

    /// <summary>False when the rest of the line cannot be understood.</summary>
    private static bool Run<TContext>(KeywordRow<TContext> row, LineCursor line, TContext context)
    {
        switch (row.Status)
        {
            case KeywordStatus.Implemented:
                int alerts = line.Diagnostics.AlertCount;
                row.Parse!(line, context);
                if (line.Diagnostics.AlertCount != alerts) break;
                Awaited.Note(row, line);
                return true;
            case KeywordStatus.TuningHint:
                if (!UsageMatcher.Check(row.Pattern, line, isWhole: false)) break;
                line.Note(DiagnosticCodes.WithoutEffect, line.KeywordOrigin, $"'{line.Keyword}' has no effect here.");
                return true;
            case KeywordStatus.Removed:
                line.RejectKeyword(DiagnosticCodes.Removed,
                    $"is not supported anymore, please use '{row.Modern}' instead.");
                break;
            default:
                return CheckNotImplemented(row, line);
        }
        line.SkipRest();
        return false;
    }

    /// <summary>The first one of a line is reported; the others are consequences of the same gap.</summary>
    private static bool CheckNotImplemented<TContext>(KeywordRow<TContext> row, LineCursor line)
    {
        if (!UsageMatcher.Check(row.Pattern, line, isWhole: false)) return false;
        if (!line.HasGap) line.RejectKeyword(DiagnosticCodes.NotImplemented, "is not implemented yet.");
        line.HasGap = true;
        return true;
    }
}
