using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Syntax;

namespace Hawser.Config.Binding;

/// <summary>Where a line stands, for the decision whether its keyword may.</summary>
/// <param name="Name">"global", "frontend" …: as HAProxy calls the section.</param>
/// <param name="Owner">The proxy's kind and name for messages; empty for global.</param>
/// <param name="IsAnonymousDefaults">True in a defaults section without a name.</param>
internal readonly record struct LinePlace(
    SectionSet Section, string Name, string Owner, VariableScope Variables, bool IsAnonymousDefaults = false);

/// <summary>Finds the row of a line, checks that it may stand there, and lets it act.</summary>
internal static class KeywordRunner
{
    private const string No = "no";
    private const string Default = "default";
    private const string OptionWord = "option";

    /// <summary>Called for a row that means something in http mode only.</summary>
    public delegate void HttpOnlyHandler<TContext>(KeywordRow<TContext> row, LineCursor line);

    public static void Run<TContext>(
        IReadOnlyList<Word> words, KeywordTable<TContext> table, TContext context, LinePlace place,
        DiagnosticBag diagnostics, HttpOnlyHandler<TContext>? httpOnly = null, Func<TContext>? makeScratch = null)
    {
        Negation negation = words[0].Text switch
        {
            No when words.Count > 1 => Negation.No,
            Default when words.Count > 1 => Negation.Default,
            _ => Negation.None,
        };
        int first = negation == Negation.None ? 0 : 1;
        KeywordRow<TContext>? row = table.Find(words, first, out int length);
        if (row is null)
        {
            RejectUnknown(words, first, table, place, diagnostics);
            return;
        }
        LineCursor line = new(words, first, length, negation, diagnostics) { Variables = place.Variables };
        if (negation != Negation.None && !row.IsNegatable)
        {
            line.Reject(DiagnosticCodes.NotNegatable, words[0].Origin, NegationMessage(line.Keyword, words[first].Text));
            return;
        }
        if (IsAllowedHere(row, line, place)) Act(row, line, context, httpOnly);
        else if (makeScratch is not null && !row.IsErrorElsewhere) CheckIgnored(row, line, makeScratch);
    }

    /// <summary>A line that is ignored on this side has to be right all the same.</summary>
    private static void CheckIgnored<TContext>(KeywordRow<TContext> row, LineCursor line, Func<TContext> makeScratch)
    {
        int first = line.Diagnostics.Items.Count;
        Act(row, line, makeScratch(), null);
        line.Diagnostics.Withdraw(first, static item =>
            item.Severity != Severity.Alert || item.Code == DiagnosticCodes.NotImplemented);
    }

    private static string NegationMessage(string keyword, string firstWord) =>
        firstWord == OptionWord
            ? $"negation/default is not supported for option '{keyword[(OptionWord.Length + 1)..]}'."
            : "negation/default currently supported only for options, log, busy-polling, set-dumpable, " +
              "strict-limits, insecure-fork-wanted and numa-cpu-mapping.";

    private static bool IsAllowedHere<TContext>(KeywordRow<TContext> row, LineCursor line, LinePlace place)
    {
        if (row.NeedsNamedDefaults && place.IsAnonymousDefaults)
        {
            line.RejectKeyword(DiagnosticCodes.NotInThisSection, $"is not allowed in anonymous '{place.Name}' sections",
                "give the section a name");
            return false;
        }
        if ((row.Sections & place.Section) != 0 || row.Status == KeywordStatus.Removed) return true;
        if (row.IsIgnoredInDefaults && place.Section == SectionSet.Defaults)
        {
            line.Warn(DiagnosticCodes.IgnoredForThisSide, line.KeywordOrigin,
                $"'{line.Keyword}' ignored in '{place.Name}' section.");
            return false;
        }
        if (place.Section == SectionSet.Defaults)
        {
            line.RejectKeyword(DiagnosticCodes.NotInThisSection, $"not allowed in '{place.Name}' section.");
            return false;
        }
        string missing = (place.Section & SectionSet.Back) != 0 ? "frontend" : "backend";
        string reason = $"because {place.Owner} has no {missing} capability.";
        if (row.IsErrorElsewhere) line.RejectKeyword(DiagnosticCodes.NotInThisSection, $"not allowed {reason}");
        else
        {
            line.Warn(DiagnosticCodes.IgnoredForThisSide, line.KeywordOrigin,
                $"'{line.Keyword}' ignored {reason}");
        }
        return false;
    }

    private static void Act<TContext>(
        KeywordRow<TContext> row, LineCursor line, TContext context, HttpOnlyHandler<TContext>? httpOnly)
    {
        if (row.Deprecation is not null)
            line.Warn(DiagnosticCodes.Deprecated, line.KeywordOrigin, $"'{line.Keyword}' {row.Deprecation}");
        if ((row.ChecksUsage || row.Status is not (KeywordStatus.Implemented or KeywordStatus.Removed))
            && !(HasParentheses(row, line) && UsageMatcher.Check(row.Pattern, line, isWhole: !row.IgnoresRest, takes: !row.ChecksUsage))) return;
        switch (row.Status)
        {
            case KeywordStatus.Implemented:
                int alerts = line.Diagnostics.AlertCount;
                row.Parse!(line, context);
                if (line.Diagnostics.AlertCount != alerts || !(row.IgnoresRest || line.TryEnd())) break;
                if (row.IsHttpOnly) httpOnly?.Invoke(row, line);
                else Awaited.Note(row, line);
                break;
            case KeywordStatus.TuningHint:
                line.Note(DiagnosticCodes.WithoutEffect, line.KeywordOrigin,
                    $"'{line.Keyword}' is accepted and has no effect here.");
                break;
            case KeywordStatus.PartOfSection:
                break;
            case KeywordStatus.HttpOnly:
                httpOnly?.Invoke(row, line);
                break;
            case KeywordStatus.Removed:
                line.RejectKeyword(DiagnosticCodes.Removed, "is not supported any more.",
                    row.Modern is null ? null : $"today: {row.Modern}");
                break;
            default:
                line.RejectKeyword(DiagnosticCodes.NotImplemented, "is not implemented yet.");
                break;
        }
        if (row.IgnoresRest && line.HasMore)
            line.Note(DiagnosticCodes.WithoutEffect, line.Peek.Origin, $"'{line.Keyword}' ignores what follows.");
    }

    private static bool HasParentheses<TContext>(KeywordRow<TContext> row, LineCursor line)
    {
        if (!row.NeedsParentheses || line.Keyword.Contains('(')) return true;
        line.RejectKeyword(DiagnosticCodes.MissingArgument, $"expects '{row.Name.Split(' ')[^1]}{row.Usage}'.");
        return false;
    }

    private static void RejectUnknown<TContext>(
        IReadOnlyList<Word> words, int first, KeywordTable<TContext> table, LinePlace place, DiagnosticBag diagnostics)
    {
        Word word = words[first];
        if (!table.IsFirstWord(word.Text))
        {
            diagnostics.Report(DiagnosticCodes.UnknownKeyword, Severity.Alert, word.Origin,
                $"unknown keyword '{word.Text}' in '{place.Name}' section",
                Suggestion.Hint(word.Text, table.FirstWords(place.Section).Concat(SectionNames.All)));
            return;
        }
        bool hasMore = first + 1 < words.Count;
        string got = hasMore ? words[first + 1].Text : "";
        string[] known = table.Continuations(word.Text, place.Section).ToArray();
        string message = word.Text == OptionWord && hasMore
            ? $"unknown option '{got}'."
            : $"'{word.Text}' supports '{string.Join("', '", known)}' (got '{got}')";
        Origin at = hasMore ? words[first + 1].Origin : word.Origin;
        diagnostics.Report(DiagnosticCodes.UnknownKeyword, Severity.Alert, at, message, Suggestion.Hint(got, known));
    }
}
