using System;
using System.Collections.Generic;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Protocols.Http;

namespace Hawser.Proxy.Fetches;

/// <summary>
/// Cookies of requests and responses (manual, section 7.3.6). An ACL sees every one of the name; elsewhere the last one
/// counts, and without a name the first one there is.
/// </summary>
internal static class HttpCookieFetches
{
    private static readonly ArgumentSignature s_text = ArgumentSignature.Optional(ArgumentType.Text);

    public static FetchRow[] Rows { get; } =
    [
        Value("cookie", FetchContexts.AnyBuffer, null, isNumber: false, "1.4", "a cookie of the message at hand"),
        .. Side("req.", "1.5", false),
        .. Side("", "1.3", false),
        .. Side("res.", "1.5", true),
        .. Side("s", "1.3", true),
        Value("set-cookie", FetchContexts.ResponseBuffer, true, isNumber: false, "1.4", "a cookie that the server sets"),
        Names("req.cook_names", FetchContexts.RequestBuffer, false),
        Names("res.cook_names", FetchContexts.ResponseBuffer, true),
    ];

    private static IEnumerable<FetchRow> Side(string prefix, string since, bool ofResponse)
    {
        FetchContexts contexts = ofResponse ? FetchContexts.ResponseBuffer : FetchContexts.RequestBuffer;
        string cookie = ofResponse ? "a cookie that the server sets" : "a cookie that the client sends";
        yield return Value($"{prefix}cook", contexts, ofResponse, isNumber: false, since, cookie);
        yield return Value($"{prefix}cook_val", contexts, ofResponse, isNumber: true, since, $"{cookie}, as a number");
        yield return HttpSources.Row($"{prefix}cook_cnt", s_text, SampleType.Integer, contexts, ofResponse,
            (HttpMessage message, SampleSource _, Arguments arguments, ref Sample sample) =>
            {
                Place place = default;
                int count = 0;
                while (place.TryNext(message, arguments.Text(0), out ReadOnlySpan<byte> _)) count++;
                sample.SetInteger(count);
                return true;
            },
            since,
            $"how often there is {cookie}");
    }

    private static FetchRow Value(
        string name, FetchContexts contexts, bool? ofResponse, bool isNumber, string since, string description) =>
        HttpSources.Row(name, s_text, isNumber ? SampleType.Integer : SampleType.String, contexts, ofResponse,
            (HttpMessage message, SampleSource _, Arguments arguments, ref Sample sample) =>
            {
                if (!TryValue(message, arguments.Text(0), ref sample, out ReadOnlySpan<byte> value)) return false;
                if (isNumber) sample.SetInteger(WrappedNumber.Parse(value));
                else sample.SetString(value);
                return true;
            },
            since,
            description);

    private static bool TryValue(
        HttpMessage message, scoped ReadOnlySpan<byte> name, scoped ref Sample sample, out ReadOnlySpan<byte> value)
    {
        Place place = Place.Of(sample.Place);
        bool isFound = place.TryNext(message, name, out value);
        if (sample.WantsAll)
        {
            sample.Place = place.Number;
            sample.HasMore = isFound;
        }
        else if (!name.IsEmpty)
        {
            while (place.TryNext(message, name, out ReadOnlySpan<byte> later)) value = later;
        }

        return isFound;
    }

    private static FetchRow Names(string name, FetchContexts contexts, bool ofResponse) =>
        HttpSources.Row(name, s_text, SampleType.String, contexts, ofResponse,
            (HttpMessage message, SampleSource source, Arguments arguments, ref Sample sample) =>
            {
                byte separator = arguments.Has(0) ? arguments.Text(0)[0] : (byte)',';
                Span<byte> room = source.Scratch.Take(default);
                int length = 0;
                FieldName field = ofResponse ? FieldName.SetCookie : FieldName.Cookie;
                for (int at = message.Find(field); at >= 0; at = message.Find(field, at + 1))
                {
                    int from = 0;
                    while (CookieText.TryNextName(message.ValueOf(at), ofResponse, ref from, out ReadOnlySpan<byte> cookie))
                    {
                        if (room.Length - length <= cookie.Length) return false;
                        if (length > 0) room[length++] = separator;
                        cookie.CopyTo(room[length..]);
                        length += cookie.Length;
                    }
                }

                sample.SetString(room[..length]);
                return true;
            },
            "3.0",
            ofResponse ? "the names of the cookies that the server sets" : "the names of the client's cookies");

    /// <summary>How far an iteration is: a field, and a place in its value.</summary>
    private struct Place
    {
        private int _field;
        private int _from;

        public readonly long Number => ((long)_field << 32) | (uint)_from;

        public static Place Of(long number) => new() { _field = (int)(number >> 32), _from = (int)number };

        public bool TryNext(HttpMessage message, scoped ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
        {
            FieldName field = message.IsRequest ? FieldName.Cookie : FieldName.SetCookie;
            while (true)
            {
                int at = message.Find(field, _field);
                if (at < 0)
                {
                    _field = message.FieldCount;
                    value = default;
                    return false;
                }

                if (at != _field) _from = 0;
                _field = at;
                if (CookieText.TryNext(message.ValueOf(at), name, !message.IsRequest, ref _from, out value)) return true;
                _field++;
                _from = 0;
            }
        }
    }
}
