using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Fetches;

/// <summary>
/// Where the fetches of layer 7 find their message: in mode http the one that rules look at, in mode tcp what waits in the
/// buffer, if it is one (manual, section 7.3.6).
/// </summary>
internal static class HttpSources
{
    internal delegate bool MessageReader(HttpMessage message, SampleSource source, Arguments arguments, ref Sample sample);

    /// <summary>Of the request.</summary>
    public static FetchRow OfRequest(
        string name, ArgumentSignature signature, SampleType type, MessageReader read, string since, string description) =>
        Row(name, signature, type, FetchContexts.RequestBuffer, ofResponse: false, read, since, description);

    /// <summary>Of the response.</summary>
    public static FetchRow OfResponse(
        string name, ArgumentSignature signature, SampleType type, MessageReader read, string since, string description) =>
        Row(name, signature, type, FetchContexts.ResponseBuffer, ofResponse: true, read, since, description);

    public static FetchRow Row(
        string name,
        ArgumentSignature signature,
        SampleType type,
        FetchContexts contexts,
        bool? ofResponse,
        MessageReader read,
        string since,
        string description) =>
        new(name, signature, type, contexts,
            (SampleSource source, Arguments arguments, ref Sample sample) =>
                Message(source, ofResponse ?? IsResponse(source), ref sample) is { } message
                && read(message, source, arguments, ref sample),
            since,
            description)
        {
            ReadsHttp = true,
        };

    /// <summary>For fetches that go by where they stand: the response as soon as there is one.</summary>
    public static bool IsResponse(SampleSource source)
    {
        SessionLogSource session = (SessionLogSource)source;
        return session.ResponseMessage is not null || (session.RequestMessage is null && !session.Response.IsEmpty);
    }

    /// <returns>Null when there is none; <see cref="Sample.MayChange"/> says whether there may be one later.</returns>
    public static HttpMessage? Message(SampleSource source, bool ofResponse, ref Sample sample)
    {
        SessionLogSource session = (SessionLogSource)source;
        if ((ofResponse ? session.ResponseMessage : session.RequestMessage) is { } message) return message;
        if (Probe(source) is not { } probe)
        {
            // "tcp-response content" of mode http may wait for the response.
            sample.MayChange = ofResponse && !session.IsFinal;
            return null;
        }

        switch (probe.Look(ofResponse ? session.Response : session.Request, isRequest: !ofResponse))
        {
            case Http1Result.Complete:
                return probe.Message;
            case Http1Result.NeedMore:
                sample.MayChange = true;
                return null;
            default:
                return null;
        }
    }

    /// <returns>Null outside of a session of mode tcp.</returns>
    internal static HeadProbe? Probe(SampleSource source) =>
        SessionRows.SessionOf(source) is { } session && !session.IsHttp ? session.Home.Probe : null;

    /// <summary>What remains of a request and its response when their bytes are gone; null in mode tcp.</summary>
    public static HttpLogRecord? Record(SampleSource source) => ((SessionLogSource)source).Record.Http;

    /// <summary>The request target as it is passed on, for one whose path was missing with the path.</summary>
    public static bool TryPathAndQuery(HttpMessage message, out ReadOnlySpan<byte> path)
    {
        path = "/"u8;
        return message.IsPathMissing || TargetText.TryPathAndQuery(TargetOf(message), out path);
    }

    public static unsafe ReadOnlySpan<byte> TargetOf(HttpMessage message) => message.Target.In(message.Block);
}
