using System;
using Hawser.Config.Syntax;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Protocols.Http;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Proxy.Actions;

/// <summary>Actions whose header fields come from one binary value, as "req.hdrs_bin" makes it.</summary>
internal static class BinaryHeaderActions
{
    private const int NameBytesMaximum = 256;

    public static ActionRow[] Rows { get; } =
    [
        new("add-headers-bin", "add-headers-bin <expr> [ prefix <str> ]", RuleSets.HttpRules, reader => ParseSet(reader, removes: false),
            "more header fields, from a binary value"),
        new("set-headers-bin", "set-headers-bin <expr> [ prefix <str> ]", RuleSets.HttpRules, reader => ParseSet(reader, removes: true),
            "header fields, each the only one of its name, from a binary value"),
        new("del-headers-bin", "del-headers-bin <expr> [ -m <meth> ]", RuleSets.HttpRules, ParseDelete,
            "removes header fields whose names are in a binary value"),
    ];

    private static SessionAction? ParseSet(ActionReader reader, bool removes)
    {
        if (reader.Expression(SampleType.Binary) is not { } expression) return null;
        byte[] prefix = [];
        if (reader.TryTakeIf("prefix"))
        {
            if (!reader.TryTake(out Word word))
            {
                reader.Fail(word.Origin, $"{reader.Subject} : missing argument for 'prefix'");
                return null;
            }

            prefix = ConfigText.Encode(word.Text.ToLowerInvariant());
        }

        return new Set(expression, prefix, removes, reader.IsOfResponse);
    }

    private static SessionAction? ParseDelete(ActionReader reader)
    {
        if (reader.Expression(SampleType.Binary) is not { } expression) return null;
        string method = "str";
        Word word = reader.Peek;
        if (reader.TryTakeIf("-m"))
        {
            reader.TryTake(out word);
            method = word.Text;
        }

        if (HeaderActions.NameTest(method) is { } test) return new Delete(expression, test, reader.IsOfResponse);
        reader.Fail(word.Origin, $"{reader.Subject} : unsupported matching method '{method}'", "known are str, beg, end and sub");
        return null;
    }

    /// <summary>A name in lower case; false for one that is too long for any use.</summary>
    private static bool TryLower(ReadOnlySpan<byte> name, Span<byte> room, out ReadOnlySpan<byte> lower)
    {
        lower = default;
        if (name.IsEmpty || name.Length > room.Length) return false;
        for (int index = 0; index < name.Length; index++) room[index] = Ascii.ToLower(name[index]);
        lower = room[..name.Length];
        return true;
    }

    private sealed class Set(SampleExpression expression, byte[] prefix, bool removes, bool ofResponse) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            Sample sample = default;
            if (!expression.TryEvaluate(source, SampleType.Binary, ref sample)) return RuleVerdict.None;
            Span<byte> room = stackalloc byte[NameBytesMaximum];
            BinaryFields fields = new(sample.Bytes);
            while (fields.TryTake(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value))
            {
                if (!TryLower(name, room, out ReadOnlySpan<byte> lower) || !BinaryFields.IsSafe(name, value)) return Rewriting.Failed(session);
                if (!lower.StartsWith(prefix)) continue;
                bool isDone = HeaderActions.TryPut(session, ofResponse, lower, value, removes, source.Scratch.Take(sample.Bytes));
                if (!isDone) return Rewriting.Failed(session);
            }

            return fields.IsInvalid ? Rewriting.Failed(session) : RuleVerdict.None;
        }
    }

    private sealed class Delete(SampleExpression expression, HeaderActions.NameMatch match, bool ofResponse) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            Sample sample = default;
            if (!expression.TryEvaluate(source, SampleType.Binary, ref sample)) return RuleVerdict.None;
            HttpMessage message = session.Http!.Message(ofResponse);
            Span<byte> room = stackalloc byte[NameBytesMaximum];
            BinaryFields fields = new(sample.Bytes);
            while (fields.TryTakeName(out ReadOnlySpan<byte> name))
            {
                if (!TryLower(name, room, out ReadOnlySpan<byte> lower)) continue;
                for (int index = 0; index < message.FieldCount; index++)
                {
                    ref FieldLine field = ref message.Field(index);
                    if (field.IsRemoved || !match(message.NameOf(index), lower)) continue;
                    Rewriting.Touched(message, field.KnownName);
                    field.IsRemoved = true;
                }
            }

            return fields.IsInvalid ? Rewriting.Failed(session) : RuleVerdict.None;
        }
    }
}
