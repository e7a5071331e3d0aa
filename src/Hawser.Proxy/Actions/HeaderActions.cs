using System;
using Hawser.Expressions.LogFormat;
using Hawser.Expressions.Patterns;
using Hawser.Protocols.Http;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Proxy.Actions;

/// <summary>Actions that add, change and remove header fields.</summary>
internal static class HeaderActions
{
    public static ActionRow[] Rows { get; } =
    [
        new("add-header", "add-header <name> <fmt>", RuleSets.HttpRules, reader => ParseSet(reader, removes: false), "one more header field"),
        new("set-header", "set-header <name> <fmt>", RuleSets.HttpRules, reader => ParseSet(reader, removes: true), "a header field, the only one of its name"),
        new("del-header", "del-header <name> [ -m <meth> ]", RuleSets.HttpRules, ParseDelete, "removes header fields"),
        new("replace-header", "replace-header <name> <match-regex> <replace-fmt>", RuleSets.HttpRules, reader => ParseReplace(reader, isList: false), "rewrites header fields that match"),
        new("replace-value", "replace-value <name> <match-regex> <replace-fmt>", RuleSets.HttpRules, reader => ParseReplace(reader, isList: true), "rewrites the values of lists that match"),
    ];

    private static SessionAction? ParseSet(ActionReader reader, bool removes)
    {
        if (reader.WrittenFieldName() is not { } name) return null;
        return reader.Format() is { } format ? new Set(name, format, removes, reader.IsOfResponse) : null;
    }

    private static SessionAction? ParseDelete(ActionReader reader)
    {
        string pattern = reader.Peek.Text;
        if (reader.FieldName() is not { } name) return null;
        if (reader.Peek.Text != "-m") return new Delete(name, reader.IsOfResponse);
        reader.TryTake(out _);
        reader.TryTake(out var method);
        if (method.Text == "reg")
        {
            Regex? regex = reader.Context.Patterns.Regexes.Compile(
                Config.Syntax.ConfigText.Encode(pattern), ignoresCase: false, out string? problem);
            if (regex is not null) return new DeleteMatching((name, _) => regex.IsMatch(name), name, reader.IsOfResponse);
            reader.Fail(method.Origin, $"{reader.Subject} : {problem}");
            return null;
        }

        if (NameTest(method.Text) is { } test) return new DeleteMatching(test, name, reader.IsOfResponse);
        reader.Fail(method.Origin, $"{reader.Subject} : unsupported matching method '{method.Text}'", "known are str, beg, end, sub and reg");
        return null;
    }

    private static SessionAction? ParseReplace(ActionReader reader, bool isList)
    {
        if (reader.FieldName() is not { } name || reader.Regex() is not { } regex) return null;
        if (reader.Format() is not { } format) return null;
        return isList ? new ReplaceValue(name, regex, format, reader.IsOfResponse) : new Replace(name, regex, format, reader.IsOfResponse);
    }

    /// <summary>Whether a field's name is one of those that are meant; names are in lower case.</summary>
    internal delegate bool NameMatch(ReadOnlySpan<byte> name, ReadOnlySpan<byte> pattern);

    /// <summary>By the method's name; null when there is none of that name here.</summary>
    internal static NameMatch? NameTest(string method) => method switch
    {
        "str" => static (name, pattern) => name.SequenceEqual(pattern),
        "beg" => static (name, pattern) => name.StartsWith(pattern),
        "end" => static (name, pattern) => name.EndsWith(pattern),
        "sub" => static (name, pattern) => name.IndexOf(pattern) >= 0,
        _ => null,
    };

    /// <summary>Puts a field behind the others, in the place of those of its name if wanted.</summary>
    internal static bool TryPut(Session session, bool ofResponse, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool removes, Span<byte> room)
    {
        HttpMessage message = session.Http!.Message(ofResponse);
        FieldName known = FieldNames.Find(name);
        Rewriting.Touched(message, known);
        if (removes) message.Remove(name);
        if (!message.TryAdd(name, value)) return false;
        return ofResponse || !removes || known != FieldName.Host || HostAgreement.TryFollowHost(message, value, room);
    }

    private sealed class Set(byte[] name, LogFormat format, bool removes, bool ofResponse) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            if (!FormattedText.TryMake(format, source, out FormattedText text)) return Rewriting.Failed(session);
            using FormattedText value = text;
            bool isDone = TryPut(session, ofResponse, name, value.Text, removes, value.Room);
            return isDone ? RuleVerdict.None : Rewriting.Failed(session);
        }
    }

    private sealed class Delete(byte[] name, bool ofResponse) : SessionAction
    {
        private readonly FieldName _known = FieldNames.Find(name);

        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            HttpMessage message = session.Http!.Message(ofResponse);
            Rewriting.Touched(message, _known);
            message.Remove(name);
            return RuleVerdict.None;
        }
    }

    private sealed class DeleteMatching(NameMatch match, byte[] pattern, bool ofResponse) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            HttpMessage message = session.Http!.Message(ofResponse);
            for (int index = 0; index < message.FieldCount; index++)
            {
                ref FieldLine field = ref message.Field(index);
                if (field.IsRemoved || !match(message.NameOf(index), pattern)) continue;
                Rewriting.Touched(message, field.KnownName);
                field.IsRemoved = true;
            }

            return RuleVerdict.None;
        }
    }

    private sealed class Replace(byte[] name, Regex regex, LogFormat format, bool ofResponse) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            HttpMessage message = session.Http!.Message(ofResponse);
            int at = message.Find(name);
            if (at < 0) return RuleVerdict.None;
            if (!FormattedText.TryMake(format, source, out FormattedText text)) return Rewriting.Failed(session);
            using FormattedText template = text;
            Span<int> parts = stackalloc int[2 * Regex.MaximumParts];
            for (; at >= 0; at = message.Find(name, at + 1))
            {
                ReadOnlySpan<byte> value = message.ValueOf(at);
                if (regex.Match(value, 0, parts) == 0) continue;
                Span<byte> room = template.Room;
                int length = RegexReplacement.Write(template.Text, value, parts, room);
                if (length < 0 || !TryChange(message, at, room[..length], room[length..])) return Rewriting.Failed(session);
            }

            return RuleVerdict.None;
        }

        private bool TryChange(HttpMessage message, int at, ReadOnlySpan<byte> value, Span<byte> room)
        {
            FieldName known = message.Field(at).KnownName;
            Rewriting.Touched(message, known);
            if (!message.TrySetValue(at, value)) return false;
            return ofResponse || known != FieldName.Host || HostAgreement.TryFollowHost(message, value, room);
        }
    }

    private sealed class ReplaceValue(byte[] name, Regex regex, LogFormat format, bool ofResponse) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            HttpMessage message = session.Http!.Message(ofResponse);
            int at = message.Find(name);
            if (at < 0) return RuleVerdict.None;
            if (!FormattedText.TryMake(format, source, out FormattedText text)) return Rewriting.Failed(session);
            using FormattedText template = text;
            for (; at >= 0; at = message.Find(name, at + 1))
            {
                Span<byte> room = template.Room;
                int length = Write(message.ValueOf(at), template.Text, room, out bool isChanged);
                if (!isChanged) continue;
                Rewriting.Touched(message, message.Field(at).KnownName);
                if (length < 0 || !message.TrySetValue(at, room[..length])) return Rewriting.Failed(session);
            }

            return RuleVerdict.None;
        }

        /// <summary>The list with its new values: a value that is replaced loses the blanks around it, as in HAProxy.</summary>
        /// <returns>-1 when there is no room.</returns>
        private int Write(ReadOnlySpan<byte> list, ReadOnlySpan<byte> template, Span<byte> output, out bool isChanged)
        {
            Span<int> parts = stackalloc int[2 * Regex.MaximumParts];
            isChanged = false;
            int length = 0;
            int from = 0;
            while (true)
            {
                int end = HeaderValues.EndOfValue(list, from);
                ReadOnlySpan<byte> whole = list[from..end];
                ReadOnlySpan<byte> value = Ascii.TrimBlanks(whole);
                if (!value.IsEmpty && regex.Match(value, 0, parts) > 0)
                {
                    isChanged = true;
                    int written = RegexReplacement.Write(template, value, parts, output[length..]);
                    if (written < 0) return -1;
                    length += written;
                }
                else if (whole.TryCopyTo(output[length..]))
                {
                    length += whole.Length;
                }
                else
                {
                    isChanged = true;
                    return -1;
                }

                if (end == list.Length) return length;
                if (length == output.Length) return -1;
                output[length++] = (byte)',';
                from = end + 1;
            }
        }
    }
}
