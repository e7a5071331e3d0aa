using System;
using Hawser.Base.Bytes;
using Hawser.Config.Model;
using Hawser.Protocols.Http;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// Within step 2 in mode http: "option http-restrict-req-hdr-names" (manual, section 4.2), of each proxy behind its
/// "http-request" rules.
/// </summary>
internal static class HeaderNamesStep
{
    /// <returns><paramref name="next"/> when the request goes on.</returns>
    public static SessionPhase Run(Session session, HttpProxy proxy, SessionPhase next)
    {
        if (proxy.RequestHeaderNames == HeaderNamePolicy.Preserve) return next;
        HttpMessage message = session.Http!.Request;
        for (int at = 0; at < message.FieldCount; at++)
        {
            ref FieldLine field = ref message.Field(at);
            if (field.IsRemoved || field.KnownName != FieldName.Other || IsPlain(message.NameOf(at))) continue;
            field.IsRemoved = true;
            if (proxy.RequestHeaderNames == HeaderNamePolicy.Reject) return Reject(session);
        }

        return next;
    }

    private static bool IsPlain(ReadOnlySpan<byte> name)
    {
        foreach (byte letter in name)
        {
            if (!Ascii.IsAlphaNumeric(letter) && letter != '-') return false;
        }

        return true;
    }

    private static SessionPhase Reject(Session session)
    {
        session.Frontend.Counters[session.Loop.Index].Denied++;
        session.End(TerminationCause.Proxy, TerminationPhase.Request);
        return AnswerStep.OrFinish(session, 403);
    }
}
