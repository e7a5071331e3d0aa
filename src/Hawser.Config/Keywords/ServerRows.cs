using System;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Shapes that rows of server lines share.</summary>
internal static class ServerRows
{
    public static KeywordRow<ServerContext> Row(
        string name, string usage, KeywordParser<ServerContext> parse, string doc) =>
        new(name, usage, SectionSet.None, KeywordStatus.Implemented, doc) { Parse = parse };

    public static KeywordRow<ServerContext> Flag(string name, Action<ServerConfig> set, string doc) =>
        Row(name, "", (_, context) => set(context.Server), doc);

    public static KeywordRow<ServerContext> Number(
        string name, int min, int max, Action<ServerConfig, int> set, string doc) =>
        Row(name, "<number>", (line, context) =>
        {
            if (line.TryInteger(min, max, out int value)) set(context.Server, value);
        }, doc);

    /// <summary>A time above <paramref name="min"/>; plain numbers are milliseconds.</summary>
    public static KeywordRow<ServerContext> Time(
        string name, int min, Action<ServerConfig, int> set, string doc, bool isWarnedOfSmall = false) =>
        Row(name, "<delay>", (line, context) =>
        {
            Word text = line.HasMore ? line.Peek : default;
            Origin at = line.HasMore ? text.Origin : line.KeywordOrigin;
            if (!line.TryTime(out int value)) return;
            if (value >= min)
            {
                set(context.Server, value);
                if (isWarnedOfSmall) line.WarnOfSmallTime(text, value, $"server '{context.Server.Name}'");
            }
            else
            {
                line.Reject(DiagnosticCodes.OutOfRange, at,
                    $"invalid value {value} for argument '{line.Keyword}' of server {context.Server.Name}.");
            }
        }, doc);

    public static KeywordRow<ServerContext> Text(
        string name, string what, Action<ServerConfig, Located<string>> set, string doc) =>
        Row(name, $"<{what}>", (line, context) =>
        {
            if (line.TryExpect($"expects <{what}> as argument.", out Word word))
                set(context.Server, new Located<string>(word.Text, word.Origin));
        }, doc);

    /// <summary>One of a few words, by position.</summary>
    public static KeywordRow<ServerContext> Choice(
        string name, string[] choices, Action<ServerConfig, int> set, string doc) =>
        Row(name, $"{{ {string.Join(" | ", choices)} }}", (line, context) =>
        {
            if (line.TryChoice(choices, out int choice)) set(context.Server, choice);
        }, doc);
}
