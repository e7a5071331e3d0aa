using System;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Shapes that many rows of the global section share.</summary>
internal static class GlobalRows
{
    public static KeywordRow<GlobalContext> Row(
        string name, string usage, KeywordParser<GlobalContext> parse, string doc, bool isNegatable = false) =>
        new(name, usage, SectionSet.Global, KeywordStatus.Implemented, doc)
        {
            Parse = parse,
            IsNegatable = isNegatable,
        };

    /// <summary>A word on its own.</summary>
    public static KeywordRow<GlobalContext> Flag(
        string name, Func<GlobalConfig, GlobalConfig> set, string doc) =>
        Row(name, "", (line, context) => context.Config = set(context.Config), doc);

    /// <summary>A whole number.</summary>
    public static KeywordRow<GlobalContext> Number(
        string name, int min, int max, Func<GlobalConfig, Located<int>, GlobalConfig> set, string doc,
        bool isOnceOnly = false) =>
        Row(name, "<number>", (line, context) =>
        {
            if (!line.TryInteger(min, max, out int value)) return;
            if (isOnceOnly && IsRepeated(line, context, Severity.Notice)) return;
            context.Config = set(context.Config, new Located<int>(value, line.KeywordOrigin));
        }, doc);

    /// <summary>A time whose plain numbers are milliseconds.</summary>
    public static KeywordRow<GlobalContext> Time(
        string name, int min, int max, Func<GlobalConfig, int, GlobalConfig> set, string doc, string usage = "<time>") =>
        Row(name, usage, (line, context) =>
        {
            Origin at = line.HasMore ? line.Peek.Origin : line.KeywordOrigin;
            if (!line.TryTime(out int value)) return;
            if (value >= min && value <= max) context.Config = set(context.Config, value);
            else if (max == int.MaxValue)
                line.Reject(DiagnosticCodes.OutOfRange, at, $"'{line.Keyword}' expects a positive value");
            else
            {
                line.Reject(DiagnosticCodes.OutOfRange, at,
                    $"'{line.Keyword}' expects a timer value between {min} and {max} ms.");
            }
        }, doc);

    public static KeywordRow<GlobalContext> Size(
        string name, long min, Func<GlobalConfig, int, GlobalConfig> set, string doc) =>
        Row(name, "<size>", (line, context) =>
        {
            Origin at = line.HasMore ? line.Peek.Origin : line.KeywordOrigin;
            if (!line.TrySize(int.MaxValue, out long value)) return;
            if (value < min)
                line.Reject(DiagnosticCodes.OutOfRange, at, $"'{line.Keyword}' expects a positive integer argument.");
            else if (!IsRepeated(line, context, Severity.Warning)) context.Config = set(context.Config, (int)value);
        }, doc);

    /// <summary>One word of text.</summary>
    public static KeywordRow<GlobalContext> Text(
        string name, string usage, string expectation, Func<GlobalConfig, Located<string>, GlobalConfig> set,
        string doc, bool isOnceOnly = false) =>
        Row(name, usage, (line, context) =>
        {
            if (!line.TryExpect(expectation, out Word word)) return;
            if (isOnceOnly && IsRepeated(line, context, Severity.Warning)) return;
            context.Config = set(context.Config, new Located<string>(word.Text, word.Origin));
        }, doc);

    /// <summary>True for the second time: the first value stays.</summary>
    /// <param name="severity">Notice where HAProxy complains without counting it as a warning.</param>
    public static bool IsRepeated(LineCursor line, GlobalContext context, Severity severity)
    {
        if (context.Seen.TryAdd(line.Keyword, line.KeywordOrigin)) return false;
        line.Diagnostics.Report(DiagnosticCodes.Overwritten, severity, line.KeywordOrigin,
            $"'{line.Keyword}' already specified. Continuing.",
            $"the value of {context.Seen[line.Keyword]} stays");
        return true;
    }
}
