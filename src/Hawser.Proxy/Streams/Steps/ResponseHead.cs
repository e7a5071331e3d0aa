using System;
using System.Runtime.CompilerServices;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Within step 6: a response's head goes to the client, with what is true for the client's connection.</summary>
internal static class ResponseHead
{
    /// <returns>False when the client's connection is broken.</returns>
    public static bool TrySend(Session session, HttpExchange http, ref BodyFilter body)
    {
        if (session.Home.Process.IsStopping || EndExchangeStep.IsListenerGone(session)) http.KeepsClient = false;
        http.Log.Status = http.LoggedStatus != 0 ? http.LoggedStatus : http.Response.Status;
        Count(session, http.Response.Status);
        ReadOnlySpan<byte> added = default;
        // What a client is told before its request was whole has no connection header but its own.
        if (!http.IsTunnel && http.IsRequestHeadComplete)
        {
            // What the version does not say by itself (RFC 9112 section 9.3).
            bool isOld = http.Response.Version == HttpVersion.Http10;
            if (!http.KeepsClient) added = isOld ? default : "connection: close\r\n"u8;
            else if (isOld || http.Request.Version == HttpVersion.Http10) added = "connection: keep-alive\r\n"u8;
        }

        // A head that came with as much of its body as there was room for: the rest is there, and goes in this turn.
        bool moreFollows = session.ServerSide.IsReadable && body.IsPlain && !BodyPump.IsNoDelay(session);
        if (session.FrontendHttp!.ClientCases is { } cases)
            return TrySendAdjusted(session, http, ref body, added, cases, moreFollows);
        return HeadSender.TrySend(session.Loop, session.Response, http.Response, ref body, session.ClientSide, added, moreFollows);
    }

    /// <summary>"h1-case-adjust".</summary>
    [SkipLocalsInit]
    private static bool TrySendAdjusted(
        Session session, HttpExchange http, ref BodyFilter body, ReadOnlySpan<byte> added, HeaderCases cases, bool moreFollows)
    {
        Span<byte> lines = stackalloc byte[HttpBlock.WriterBytes];
        added.CopyTo(lines);
        cases.Apply(lines[..added.Length]);
        cases.Apply(http.Response);
        return HeadSender.TrySend(session.Loop, session.Response, http.Response, ref body, session.ClientSide, lines[..added.Length], moreFollows);
    }

    private static void Count(Session session, int status)
    {
        int digit = ClassOf(status);
        int loop = session.Loop.Index;
        session.Frontend.Counters[loop].Responses[digit]++;
        if (session.Backend is { } backend) backend.Counters[loop].Responses[digit]++;
    }

    /// <summary>The place of a status in <see cref="Accounting.TrafficCounters.Responses"/>.</summary>
    public static int ClassOf(int status) => status is >= 100 and < 600 ? status / 100 : 0;
}
