using System;
using Hawser.Expressions.LogFormat;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Keys;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// Step 2's end in mode http: where cookies lead to, and what the configuration adds to each request, in HAProxy's
/// order.
/// </summary>
internal static class PrepareRequestStep
{
    public static SessionPhase Run(Session session)
    {
        HttpExchange http = session.Http!;
        bool buffers = session.BackendHttp!.BuffersRequest || (session.Backend!.Key is ParameterKey key && key.NeedsBody(http.Request));
        if (buffers && HttpRulesStep.IsBuffering(session, out SessionPhase next)) return next;
        if (http.IsClientGone) return HttpRulesStep.Break(session, TerminationCause.ClientAbort);
        if (session.Backend!.Rules is BackendRules { Servers.Length: > 0 } rules)
        {
            session.Target = RequestRulesStep.ServerByRule(session, rules);
            http.IsDirect = session.Target is not null;
        }

        RequestCookies.Run(session);
        if (AddHeaders(session, http)) return SessionPhase.ChooseServer;
        session.Target = null;
        session.End(TerminationCause.Proxy, TerminationPhase.Request);
        return AnswerStep.OrFinish(session, 500);
    }

    private static bool AddHeaders(Session session, HttpExchange http)
    {
        HttpProxy front = session.FrontendHttp!;
        HttpProxy back = session.BackendHttp!;
        if (UniqueIdFormat(session) is not null)
        {
            // Whoever asks later gets what is made of the request here.
            ReadOnlySpan<byte> id = RuleSource.Of(session, isFinal: true).Record.UniqueId.Span;
            if (front.UniqueIdHeader is { } header && !http.Request.TryAdd(header, id)) return false;
        }

        if (back.Forwarded is { } forwarded && !forwarded.TryAdd(RuleSource.Of(session, isFinal: true), http.Request)) return false;
        AddressHeader? other = front == back ? null : front.ForwardedFor;
        if (!AddressHeader.TryAdd(other, back.ForwardedFor, http.Request, session.ClientSide.Peer)) return false;
        other = front == back ? null : front.OriginalTo;
        if (other is null && back.OriginalTo is null) return true;
        LocalAddress.Learn(session.ClientSide, session.Loop, session.Source.UnixId);
        return AddressHeader.TryAdd(other, back.OriginalTo, http.Request, session.ClientSide.Local);
    }

    private static LogFormat? UniqueIdFormat(Session session) => session.Frontend.UniqueIdFormat ?? session.Backend!.UniqueIdFormat;
}
