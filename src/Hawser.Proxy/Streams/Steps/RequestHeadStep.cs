using System;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// Step 2 in mode http: waits for a request, and reads its head. A connection that waits between two requests holds
/// neither an exchange nor a block.
/// </summary>
internal static unsafe class RequestHeadStep
{
    public static SessionPhase Run(Session session)
    {
        EventLoop loop = session.Loop;
        Channel request = session.Request;
        bool hasNew = session.Http is null && request.Held > 0;
        if (session.ServerSide.IsReadable && session.ServerSide.IsOpen) ServerReuse.DropAttached(session);
        while (true)
        {
            if (hasNew)
            {
                HttpExchange http = session.Http ?? Begin(session);
                switch (http.RequestParser.Parse(request.Held))
                {
                    case Http1Result.Complete when IsPayloadUnexpected(session, http.Request):
                        return Refuse(session, Http1Error.Payload);
                    case Http1Result.Complete when IsBodyBroken(session, http.Request):
                        return Refused(session, 400);
                    case Http1Result.Complete:
                        return Complete(session, http);
                    case Http1Result.Invalid:
                        return Refuse(session, http.RequestParser.Error);
                }

                if (request.Held >= HeadIntake.Maximum(session)) return Refuse(session, Http1Error.HeadTooLarge);
            }

            if (request.IsSourceDone) return ClientClosed(session);
            HeadRead read = HeadIntake.Receive(session, request, session.ClientSide);
            if (read == HeadRead.Waits) break;
            hasNew = read == HeadRead.Received;
            session.IsAborted |= read == HeadRead.Failed;
        }

        request.ReturnIfEmpty(loop.Buffers);
        return SessionPhase.RequestHead;
    }

    /// <summary>When a request that has not come is given up.</summary>
    public static Instant Deadline(Session session)
    {
        HttpProxy settings = session.FrontendHttp!;
        Milliseconds clientTimeout = session.Frontend.ClientTimeout;
        if (session.Http is null)
        {
            Milliseconds idle = session.Requests > 0
                ? settings.KeepAliveTimeout.Or(settings.RequestTimeout).Or(clientTimeout)
                : settings.RequestTimeout.Or(clientTimeout);
            return session.IdleSince.After(idle);
        }

        Instant whole = (session.Requests == 1 ? session.IdleSince : session.RequestAt).After(settings.RequestTimeout);
        return settings.RequestTimeout.IsSet ? whole : session.ClientSide.LastActivity.After(clientTimeout);
    }

    public static void TimedOut(Session session)
    {
        // Between two requests nobody waits for a word of ours.
        if (session.Http is null && session.Requests > 0)
        {
            CloseIdle(session);
            return;
        }

        if (session.Http is null)
        {
            if (session.FrontendHttp!.IgnoresProbes)
            {
                CloseIdle(session);
                return;
            }

            Begin(session);
            session.Http!.Log.IdleMs = 0;
        }

        CountBroken(session);
        session.End(TerminationCause.ClientTimeout, TerminationPhase.Request);
        session.Phase = AnswerStep.OrFinish(session, 408);
    }

    /// <summary>Ends a connection that waits for its next request; it has no log line.</summary>
    public static void CloseIdle(Session session)
    {
        session.IsLogged = true;
        session.Phase = SessionPhase.Finish;
    }

    private static HttpExchange Begin(Session session)
    {
        HttpExchange http = session.Home.Exchanges.Rent();
        session.Http = http;
        Channel request = session.Request;
        // A timeout may come before the first byte.
        request.Room(session.Loop.Buffers);
        request.Compact();
        http.Request.Begin(request.BlockData, HttpBlock.ArenaEnd(session.Loop.Buffers), isRequest: true);
        http.RequestParser = new Http1HeadParser(http.Request, session.FrontendHttp!.RequestLeniency) { LeavesNames = true };
        http.Log.IsFirst = session.Requests++ == 0;
        http.Log.IdleMs = (session.Loop.Now - session.IdleSince).Value;
        http.Log.RequestDate = session.Loop.WallClock;
        session.RequestAt = session.Loop.Now;
        return http;
    }

    /// <summary>
    /// Some receivers of HTTP/1.0 never look for a body with these methods, and would take it for the next request (manual,
    /// "h1-accept-payload-with-any-method").
    /// </summary>
    private static bool IsPayloadUnexpected(Session session, HttpMessage message) =>
        message.Version == HttpVersion.Http10
        && message.Method is HttpMethod.Get or HttpMethod.Head or HttpMethod.Delete
        && (message.Framing == BodyFraming.Chunked || message.ContentLength > 0)
        && !session.FrontendHttp!.TakesAnyPayload;

    /// <summary>What has come with the head of its chunks is not in order.</summary>
    private static bool IsBodyBroken(Session session, HttpMessage message)
    {
        if (message.ToleratedAt >= 0) FaultCapture.Tolerated(session, message);
        if (message.Framing == BodyFraming.Chunked)
        {
            ReadOnlySpan<byte> body = new(message.Block + message.HeadBytes, session.Request.Held - message.HeadBytes);
            if (BodyEnd.Look(message, body, out _, out BodyFault fault) == BodyPresence.Invalid)
            {
                FaultCapture.WithHead(session, message, fault);
                return true;
            }
        }

        message.LowerNames();
        return false;
    }

    private static SessionPhase Complete(Session session, HttpExchange http)
    {
        HttpMessage message = http.Request;
        SessionLog.AtStep(session, LogStep.Accept);
        // There is no response yet.
        http.Log.Status = -1;
        session.RequestHeadAt = session.Loop.Now;
        http.Log.SetRequestLine(
            message.MethodText.In(message.Block),
            message.Target.In(message.Block),
            message.IsPathMissing,
            message.VersionText.In(message.Block));
        http.IsRequestHeadComplete = true;
        SessionLog.AtStep(session, LogStep.Request);
        http.Log.RequestMs = (session.Loop.Now - session.RequestAt).Value;
        http.IsHeadWanted = message.Method == HttpMethod.Head;
        http.RequestBody = new BodyFilter(message);
        http.KeepsClient = ConnectionFields.IsPersistent(message, session.FrontendHttp!.KeepsInsecureFraming)
            && session.FrontendHttp!.ConnectionMode != HttpConnectionMode.Close;
        ConnectionFields.Strip(message);
        ConnectionFields.KeepTrailersOnly(message);
        http.RequestHeadBytes = message.AccountedBytes;
        HttpCapture.Headers(
            message, session.Frontend.Captures.RequestHeaders, session.Facts.RequestCaptures);
        session.PhaseDeadline = Instant.Never;
        CountRequest(session);
        return RequestRulesStep.BeforeBackend(session);
    }

    private static void CountRequest(Session session)
    {
        session.Frontend.Peaks.CountRequest(session.Frontend.Counters, session.Loop.Index, session.Loop.Now);
        session.Frontend.Counters[session.Loop.Index].Http1Requests++;
    }

    /// <summary>It is over before its head was whole: as in HAProxy it is one of the requests all the same.</summary>
    private static void CountBroken(Session session)
    {
        CountRequest(session);
        session.CountRequestError();
        session.Frontend.Counters[session.Loop.Index].RequestsEnded++;
    }

    private static SessionPhase Refuse(Session session, Http1Error error)
    {
        HttpExchange http = session.Http!;
        int at = error switch
        {
            Http1Error.HeadTooLarge => http.Request.Used,
            Http1Error.Payload => http.Request.HeadBytes,
            _ => http.RequestParser.ErrorAt,
        };
        FaultCapture.Request(session, error, at);
        return Refused(session, error switch
        {
            Http1Error.Payload => 413,
            Http1Error.TransferCodingUnknown => 422,
            Http1Error.HeadTooLarge when session.Http!.RequestParser.HasStartLine => 431,
            Http1Error.HeadTooLarge => 414,
            _ => 400,
        });
    }

    private static SessionPhase Refused(Session session, int status)
    {
        CountBroken(session);
        session.End(TerminationCause.Proxy, TerminationPhase.Request);
        return AnswerStep.OrFinish(session, status);
    }

    /// <summary>Before a whole head was there.</summary>
    private static SessionPhase ClientClosed(Session session)
    {
        // Of a session that became one of mode http and sent nothing HAProxy says nothing either.
        bool isSwitched = session.Frontend.Config.Mode != ProxyMode.Http && session.Request.Held == 0;
        if (session.Http is null && (session.Requests > 0 || isSwitched))
        {
            CloseIdle(session);
            return session.Phase;
        }

        if (session.Http is null) Begin(session);
        session.Http!.Log.Status = 400;
        CountBroken(session);
        session.End(TerminationCause.ClientAbort, TerminationPhase.Request);
        bool isProbe = session.Request.Held == 0 && session.FrontendHttp!.IgnoresProbes;
        if (isProbe) session.IsLogged = true;
        return session.IsAborted || isProbe ? SessionPhase.Finish : AnswerStep.OrFinish(session, 400);
    }
}
