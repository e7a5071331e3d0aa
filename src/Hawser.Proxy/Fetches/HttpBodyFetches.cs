using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Fetches;

/// <summary>
/// What has come of a body ("option http-buffer-request" and "wait-for-body" wait for more of it), and parameters of
/// bodies and query strings (manual, section 7.3.6).
/// </summary>
internal static class HttpBodyFetches
{
    private static readonly ArgumentSignature s_parameter =
        ArgumentSignature.Optional(ArgumentType.Text, ArgumentType.Text, ArgumentType.Text);

    public static FetchRow[] Rows { get; } =
    [
        Body("req.body", SampleType.Binary, false, Bytes, "1.5", "what has come of the request's body"),
        Body("req.body_len", SampleType.Integer, false, Length, "1.5", "how much has come of the request's body"),
        Body("req.body_size", SampleType.Integer, false, Size, "1.5", "how long the request's body will be"),
        Body("res.body", SampleType.Binary, true, Bytes, "2.1", "what has come of the response's body"),
        Body("res.body_len", SampleType.Integer, true, Length, "2.1", "how much has come of the response's body"),
        Body("res.body_size", SampleType.Integer, true, Size, "2.1", "how long the response's body will be"),
        HttpSources.OfRequest("req.body_param", ArgumentSignature.Optional(ArgumentType.Text, ArgumentType.Text), SampleType.Binary, BodyParameter, "1.6", "a parameter of a form in the request's body"),
        Parameter("urlp", isNumber: false, "1.4", "a parameter of the query string"),
        Parameter("url_param", isNumber: false, "1.4", "a parameter of the query string"),
        Parameter("urlp_val", isNumber: true, "1.4", "a parameter of the query string, as a number"),
    ];

    private delegate void BodyReader(ReadOnlySpan<byte> body, ulong advertisedBytes, ref Sample sample);

    private static FetchRow Body(string name, SampleType type, bool ofResponse, BodyReader read, string since, string description) =>
        HttpSources.Row(name, ArgumentSignature.None, type, ofResponse ? FetchContexts.ResponseBuffer : FetchContexts.RequestBuffer, ofResponse,
            (HttpMessage message, SampleSource source, Arguments _, ref Sample sample) =>
            {
                ReadOnlySpan<byte> body = BodyOf(message, source, out ulong advertisedBytes);
                read(body, advertisedBytes, ref sample);
                return true;
            },
            since,
            description);

    private static FetchRow Parameter(string name, bool isNumber, string since, string description) =>
        HttpSources.OfRequest(name, s_parameter, isNumber ? SampleType.Integer : SampleType.String,
            (HttpMessage message, SampleSource _, Arguments arguments, ref Sample sample) =>
            {
                byte separator = arguments.Has(1) ? arguments.Text(1)[0] : (byte)'?';
                ReadOnlySpan<byte> target = HttpSources.TargetOf(message);
                int begin = target.IndexOf(separator);
                if (begin < 0 || !TryNext(target[(begin + 1)..], arguments, separator, arguments.Text(2), ref sample, out ReadOnlySpan<byte> value))
                    return false;
                if (isNumber) sample.SetInteger(WrappedNumber.Parse(value));
                else sample.SetString(value);
                return true;
            },
            since,
            description);

    private static void Bytes(ReadOnlySpan<byte> body, ulong advertisedBytes, ref Sample sample) => sample.SetBinary(body);

    private static void Length(ReadOnlySpan<byte> body, ulong advertisedBytes, ref Sample sample) => sample.SetInteger(body.Length);

    private static void Size(ReadOnlySpan<byte> body, ulong advertisedBytes, ref Sample sample) =>
        sample.SetInteger((long)Math.Min(advertisedBytes, long.MaxValue));

    private static bool BodyParameter(HttpMessage message, SampleSource source, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> body = BodyOf(message, source, out _);
        if (!TryNext(body, arguments, separator: 0, arguments.Text(1), ref sample, out ReadOnlySpan<byte> value)) return false;
        sample.SetBinary(value);
        return true;
    }

    private static bool TryNext(
        ReadOnlySpan<byte> text, Arguments arguments, byte separator, scoped ReadOnlySpan<byte> flag, scoped ref Sample sample, out ReadOnlySpan<byte> value)
    {
        int from = (int)sample.Place;
        bool ignoresCase = flag.SequenceEqual("i"u8);
        if (!ParameterText.TryNext(text, arguments.Text(0), ignoresCase, separator, ref from, out value)) return false;
        if (sample.WantsAll)
        {
            sample.Place = from;
            sample.HasMore = true;
        }

        return true;
    }

    private static ReadOnlySpan<byte> BodyOf(HttpMessage message, SampleSource source, out ulong advertisedBytes)
    {
        SessionLogSource session = (SessionLogSource)source;
        advertisedBytes = 0;
        // In mode tcp HAProxy reads the head only.
        if (message != session.RequestMessage && message != session.ResponseMessage) return default;
        ReadOnlySpan<byte> received = message.IsRequest ? session.Request : session.Response;
        return BodyText.Available(message, received, source.Scratch.Take(received), out advertisedBytes);
    }
}
