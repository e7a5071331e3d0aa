using System;
using Hawser.Expressions.LogFormat;
using Hawser.Expressions.Patterns;
using Hawser.Protocols.Http;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>Actions that change the request line: its method and its target, or a part of that.</summary>
internal static class TargetActions
{
    public static ActionRow[] Rows { get; } =
    [
        new("set-method", "set-method <fmt>", RuleSets.HttpRequest, ParseMethod, "another method"),
        Setter("set-path", TargetPart.Path, "another path; the query stays"),
        Setter("set-pathq", TargetPart.PathAndQuery, "another path and query"),
        Setter("set-query", TargetPart.Query, "another query"),
        Setter("set-uri", TargetPart.Whole, "another target"),
        Replacer("replace-path", TargetPart.Path, "rewrites the path when it matches"),
        Replacer("replace-pathq", TargetPart.PathAndQuery, "rewrites path and query when they match"),
        Replacer("replace-uri", TargetPart.Whole, "rewrites the target when it matches"),
    ];

    private static ActionRow Setter(string name, TargetPart part, string description) =>
        new(name, $"{name} <fmt>", RuleSets.HttpRequest, reader => reader.Format() is { } format ? new Set(part, format) : null, description);

    private static ActionRow Replacer(string name, TargetPart part, string description) =>
        new(name, $"{name} <match-regex> <replace-fmt>", RuleSets.HttpRequest, reader => ParseReplace(reader, part), description);

    private static SessionAction? ParseMethod(ActionReader reader) =>
        reader.Format() is { } format ? new SetMethod(format) : null;

    private static SessionAction? ParseReplace(ActionReader reader, TargetPart part)
    {
        if (reader.Regex() is not { } regex) return null;
        return reader.Format() is { } format ? new Replace(part, regex, format) : null;
    }

    private sealed class SetMethod(LogFormat format) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            if (!FormattedText.TryMake(format, source, out FormattedText text)) return Rewriting.Failed(session);
            using FormattedText method = text;
            bool isDone = !method.Text.IsEmpty && session.Http!.Request.TrySetMethod(method.Text);
            return isDone ? RuleVerdict.None : Rewriting.Failed(session);
        }
    }

    private sealed class Set(TargetPart part, LogFormat format) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            if (!FormattedText.TryMake(format, source, out FormattedText text)) return Rewriting.Failed(session);
            using FormattedText value = text;
            bool isDone = TargetRewriting.TryPut(session.Http!.Request, part, value.Text, value.Room);
            return isDone ? RuleVerdict.None : Rewriting.Failed(session);
        }
    }

    private sealed class Replace(TargetPart part, Regex regex, LogFormat format) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            HttpMessage request = session.Http!.Request;
            if (!FormattedText.TryMake(format, source, out FormattedText text)) return Rewriting.Failed(session);
            using FormattedText template = text;
            if (!TargetRewriting.TryGet(request, part, out ReadOnlySpan<byte> current)) return RuleVerdict.None;
            Span<int> parts = stackalloc int[2 * Regex.MaximumParts];
            if (regex.Match(current, 0, parts) == 0) return RuleVerdict.None;
            Span<byte> room = template.Room;
            int length = RegexReplacement.Write(template.Text, current, parts, room);
            bool isDone = length >= 0 && TargetRewriting.TryPut(request, part, room[..length], room[length..]);
            return isDone ? RuleVerdict.None : Rewriting.Failed(session);
        }
    }
}
