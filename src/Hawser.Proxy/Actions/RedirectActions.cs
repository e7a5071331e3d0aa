using System;
using Hawser.Config.Syntax;
using Hawser.Expressions.LogFormat;
using Hawser.Protocols.Http;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>
/// "redirect", as an action and as a line of its own (manual, section 4.2): there its texts are no formats.
/// </summary>
internal static class RedirectActions
{
    private const int FoundStatus = 302;

    public static ActionRow[] Rows { get; } =
    [
        new("redirect",
            "redirect { location <loc> | prefix <pfx> | scheme <sch> } [code <code>] [drop-query] [keep-query] [append-slash] "
            + "[ignore-empty] [set-cookie <name>[=<value>]] [set-cookie-fmt <fmt>] [clear-cookie <name>[=]]",
            RuleSets.HttpRequest | RuleSets.HttpResponse, static reader => Parse(reader, isFormat: true), "answers with a redirection") { IsFinal = true },
    ];

    private enum Form
    {
        Location,
        Prefix,
        Scheme,
    }

    [Flags]
    private enum Options
    {
        None = 0,
        DropQuery = 1,
        KeepQuery = 2,
        AppendSlash = 4,
        IgnoreEmpty = 8,
    }

    /// <summary>What its texts are: formats, or what is written.</summary>
    private readonly record struct Text(byte[]? Literal, LogFormat? Format);

    /// <param name="isFormat">False for the line "redirect".</param>
    public static SessionAction? Parse(ActionReader reader, bool isFormat)
    {
        Form? form = null;
        Text target = default;
        Text? cookie = null;
        byte[] cookieEnd = [];
        int status = FoundStatus;
        Options options = Options.None;
        while (reader.TryTake(out Word word))
        {
            switch (word.Text)
            {
                case "location" or "prefix" or "scheme":
                    if (!TryText(reader, word, isFormat, out target)) return null;
                    form = word.Text == "location" ? Form.Location : word.Text == "prefix" ? Form.Prefix : Form.Scheme;
                    break;
                case "set-cookie" or "clear-cookie":
                    if (!TryText(reader, word, isFormat: false, out Text plain)) return null;
                    cookie = plain;
                    cookieEnd = word.Text == "set-cookie" ? [.. "; path=/;"u8] : [.. "; path=/; Max-Age=0;"u8];
                    break;
                case "set-cookie-fmt":
                    if (!TryText(reader, word, isFormat: true, out Text made)) return null;
                    cookie = made;
                    cookieEnd = [.. "; path=/;"u8];
                    break;
                case "code":
                    Word code = reader.Peek;
                    if (!reader.TryNumber(out long value) || value is not (301 or 302 or 303 or 307 or 308))
                    {
                        reader.Fail(code.Origin, $"{reader.Subject} : 'code': unsupported HTTP code '{code.Text}' (must be one of 301, 302, 303, 307 or 308)");
                        return null;
                    }

                    status = (int)value;
                    break;
                case "drop-query":
                    options |= Options.DropQuery;
                    break;
                case "keep-query":
                    options |= Options.KeepQuery;
                    break;
                case "append-slash":
                    options |= Options.AppendSlash;
                    break;
                case "ignore-empty":
                    options |= Options.IgnoreEmpty;
                    break;
                default:
                    reader.Fail(word.Origin,
                        $"{reader.Subject} : expects 'code', 'prefix', 'location', 'scheme', 'set-cookie', 'set-cookie-fmt', 'clear-cookie', "
                        + $"'drop-query', 'keep-query', 'ignore-empty' or 'append-slash' (was '{word.Text}')");
                    return null;
            }
        }

        if (form is null)
        {
            reader.Fail(reader.Peek.Origin, $"{reader.Subject} : redirection type expected ('prefix', 'location', or 'scheme')");
            return null;
        }

        if (reader.IsOfResponse && form != Form.Location)
        {
            reader.Fail(reader.Peek.Origin, $"{reader.Subject} : response only supports redirect type 'location'");
            return null;
        }

        return new Redirect(form.Value, target, status, options, cookie, cookieEnd);
    }

    private static bool TryText(ActionReader reader, Word keyword, bool isFormat, out Text text)
    {
        text = default;
        if (!reader.HasMore)
        {
            reader.Fail(keyword.Origin, $"{reader.Subject} : missing argument for '{keyword.Text}'");
            return false;
        }

        if (isFormat)
        {
            if (reader.Format() is not { } format) return false;
            text = new Text(null, format);
            return true;
        }

        reader.TryTake(out Word word);
        text = new Text(ConfigText.Encode(word.Text), null);
        return true;
    }

    private sealed class Redirect(Form form, Text target, int status, Options options, Text? cookie, byte[] cookieEnd)
        : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            HttpExchange http = session.Http!;
            // The location is put together in the answer's buffer, and the cookie behind it: both may speak of messages
            // that are gone when the answer begins.
            Output output = new(http.AnswerBuffer);
            output.Write(target, source);
            if (output.Length == 0 && (options & Options.IgnoreEmpty) != 0 && target.Format is not null) return RuleVerdict.None;
            if (form != Form.Location) WriteTarget(http.Request, ref output);
            else if ((options & Options.KeepQuery) != 0) KeepQuery(http.Request, ref output);
            int location = output.Length;
            if (cookie is { } made)
            {
                output.Write(made, source);
                output.Write(cookieEnd);
            }

            http.IsAnswered = output.IsComplete && TryBegin(session, http, output.Written, location);
            return RuleVerdict.Answer;
        }

        private bool TryBegin(Session session, HttpExchange http, ReadOnlySpan<byte> texts, int location)
        {
            if (!HttpAnswers.TryBegin(session, status)) return false;
            HttpMessage response = http.Response;
            if (!HttpAnswers.TryAddLength(response, 0) || !response.TryAdd("location"u8, texts[..location])) return false;
            // Permanent ones may be kept.
            if (status is not (301 or 308) && !response.TryAdd("cache-control"u8, "no-cache"u8)) return false;
            return cookie is null || response.TryAdd("set-cookie"u8, texts[location..]);
        }

        /// <summary>"prefix" and "scheme": what of the request's target stands behind it.</summary>
        private void WriteTarget(HttpMessage request, ref Output output)
        {
            if (form == Form.Scheme)
            {
                output.Write("://"u8);
                int host = request.Find(FieldName.Host);
                if (host >= 0) output.Write(request.ValueOf(host));
            }
            else if (output.Written.SequenceEqual("/"u8))
            {
                output.Clear();
            }

            if (!TargetRewriting.TryGet(request, (options & Options.DropQuery) != 0 ? TargetPart.Path : TargetPart.PathAndQuery, out ReadOnlySpan<byte> path)
                || path.IsEmpty)
            {
                path = "/"u8;
            }

            output.Write(path);
            if ((options & Options.AppendSlash) != 0 && !output.Written.EndsWith("/"u8)) output.Write("/"u8);
        }

        private static void KeepQuery(HttpMessage request, ref Output output)
        {
            if (!TargetRewriting.TryGet(request, TargetPart.Query, out ReadOnlySpan<byte> query) || query.IsEmpty) return;
            output.Write(output.Written.Contains((byte)'?') ? "&"u8 : "?"u8);
            output.Write(query);
        }
    }

    private ref struct Output(Span<byte> room)
    {
        private readonly Span<byte> _room = room;

        public int Length { get; private set; }

        public bool IsComplete { get; private set; } = true;

        public readonly ReadOnlySpan<byte> Written => _room[..Length];

        public void Clear() => Length = 0;

        public void Write(ReadOnlySpan<byte> text)
        {
            IsComplete &= text.TryCopyTo(_room[Length..]);
            if (IsComplete) Length += text.Length;
        }

        public void Write(Text text, SessionLogSource source)
        {
            if (text.Format is null) Write(text.Literal);
            else Length += text.Format.Write(source, _room[Length..]);
        }
    }
}
