using System;
using System.Runtime.CompilerServices;
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
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// Step 6 in mode http: the request goes to the server, the response's head passes its rules, its body follows. Both
/// directions run side by side: a server may answer before it has all of the request.
/// </summary>
internal static unsafe class ExchangeStep
{
    public static SessionPhase Run(Session session)
    {
        HttpExchange http = session.Http!;
        BodyFlow request = SendRequest(session, http);
        if (request == BodyFlow.SinkFailed)
        {
            // It may have answered before it stopped to listen. Nobody waits for a rest that nobody takes.
            session.Request.IsSinkDone = true;
        }
        else if (Ended(session, http, request) is { } next)
        {
            return next;
        }

        if (session.AwaitsResponseRules && !http.IsResponseHeadComplete && Inspect(session, http) is { } refused) return refused;
        if (!http.IsResponseHeadSent)
        {
            SessionPhase? phase = !http.IsResponseHeadComplete ? ReceiveHead(session, http)
                : session.AwaitsResponseRules ? Inspect(session, http)
                : PassRules(session, http);
            if (phase is { } other and not SessionPhase.Exchange) return other;
            if (!http.IsResponseHeadSent)
            {
                if (request == BodyFlow.Yields) session.Loop.Schedule(session);
                return WatchClient(session, http);
            }
        }

        if (http.IsTunnel && http.IsResponseHeadSent) return BeginTunnel(session, http);
        BodyFlow response = BodyPump.Run(
            session, session.Response, ref http.ResponseBody, session.ServerSide, session.ClientSide);
        switch (response)
        {
            case BodyFlow.Done:
                break;
            case BodyFlow.Waits or BodyFlow.Yields:
                if (request == BodyFlow.Yields || response == BodyFlow.Yields) session.Loop.Schedule(session);
                return WatchClient(session, http);
            case BodyFlow.SinkFailed:
                return Abort(session, TerminationCause.ClientAbort, TerminationPhase.Data);
            case BodyFlow.Invalid:
                CountResponseError(session);
                return Abort(session, TerminationCause.Proxy, TerminationPhase.Data);
            default:
                CountResponseError(session);
                return Abort(session, TerminationCause.ServerAbort, TerminationPhase.Data);
        }

        if (session.Request.IsSinkDone)
        {
            http.KeepsClient = false;
            http.KeepsServer = false;
            return SessionPhase.EndExchange;
        }

        if (request == BodyFlow.Done) return SessionPhase.EndExchange;
        if (request == BodyFlow.Yields) session.Loop.Schedule(session);
        return SessionPhase.Exchange;
    }

    /// <summary>The server's time is over.</summary>
    public static void ServerTimedOut(Session session)
    {
        HttpExchange http = session.Http!;
        if (http.IsResponseHeadSent)
        {
            session.Phase = Abort(session, TerminationCause.ServerTimeout, TerminationPhase.Data);
            return;
        }

        if (RequestRetry.TryAgain(session, RetryConditions.ResponseTimeout, out SessionPhase next))
        {
            session.Phase = next;
            return;
        }

        CountResponseError(session);
        session.End(TerminationCause.ServerTimeout, TerminationPhase.Headers);
        session.Phase = AnswerStep.OrFinish(session, 504);
    }

    /// <summary>The client's time is over: it neither sends its request nor takes its response.</summary>
    public static void ClientTimedOut(Session session)
    {
        HttpExchange http = session.Http!;
        if (http.IsResponseHeadSent)
        {
            session.Phase = Abort(session, TerminationCause.ClientTimeout, TerminationPhase.Data);
            return;
        }

        session.End(TerminationCause.ClientTimeout, TerminationPhase.Headers);
        session.Phase = AnswerStep.OrFinish(session, 400);
    }

    [SkipLocalsInit]
    private static BodyFlow SendRequest(Session session, HttpExchange http)
    {
        if (session.Request.IsSinkDone) return BodyFlow.SinkFailed;
        if (!http.IsRequestHeadSent)
        {
            http.IsRequestHeadSent = true;
            // A process that stops tells servers, too, that it will not come again.
            bool keepsServer = !session.Home.Process.IsStopping && session.BackendHttp!.ConnectionMode == HttpConnectionMode.KeepAlive
                && session.FrontendHttp!.ConnectionMode != HttpConnectionMode.ServerClose;
            http.KeepsServer = keepsServer;
            http.RequestBody.DropsTrailers = session.BackendHttp!.DropsRequestTrailers;
            Span<byte> added = stackalloc byte[HttpBlock.WriterBytes];
            bool isUpgrade = (http.Request.Connection & ConnectionOptions.Upgrade) != 0 || http.Request.Method == HttpMethod.Connect;
            bool isToClose = !keepsServer && !session.BackendHttp!.PretendsKeepAlive;
            ReadOnlySpan<byte> connection = default;
            // HTTP/1.0 closes unless somebody says otherwise.
            bool isOld = http.Request.Version == HttpVersion.Http10;
            if (isToClose && !isUpgrade) connection = isOld ? default : "connection: close\r\n"u8;
            else if (isOld && !isUpgrade)
            {
                // Chunks are not to be trusted there.
                if (ConnectionFields.IsClosedForFraming(http.Request, session.BackendHttp!.KeepsInsecureFraming)) http.KeepsServer = false;
                else connection = "connection: keep-alive\r\n"u8;
            }

            if (!RuledFields.TrySettle(http.Request, out bool closes)) return BodyFlow.SinkFailed;
            if (closes && keepsServer && !isUpgrade)
            {
                http.KeepsServer = false;
                connection = isOld ? default : "connection: close\r\n"u8;
            }

            connection.CopyTo(added);
            int addedLength = ServerNameField.Append(session, added, connection.Length);
            if (session.BackendHttp!.ServerCases is { } cases)
            {
                cases.Apply(http.Request);
                cases.Apply(added[..addedLength]);
            }

            if (!HeadSender.TryCompose(
                session.Loop, session.Request, http.Request, ref http.RequestBody, added[..addedLength], out int length, out int held))
            {
                FaultCapture.WithHead(session, http.Request, http.RequestBody.Fault);
                return BodyFlow.Invalid;
            }

            RequestRetry.Keep(session, length);
            if (!HeadSender.TrySend(session.Loop, session.Request, length, held, session.ServerSide, moreFollows: false)) return BodyFlow.SinkFailed;
        }
        else if (http.IsResendDue)
        {
            // What the server does not take at once needs a block.
            session.Request.IsUrgent = true;
            if (session.Request.BlockLength == 0 && !session.Loop.Buffers.HasRoomFor(isUrgent: true))
            {
                session.Loop.WaitForBuffer(session);
                return BodyFlow.Waits;
            }

            if (!RequestRetry.TryResend(session)) return BodyFlow.SinkFailed;
        }

        return BodyPump.Run(session, session.Request, ref http.RequestBody, session.ClientSide, session.ServerSide);
    }

    /// <summary>What the request's direction means for the exchange; null: it goes on.</summary>
    private static SessionPhase? Ended(Session session, HttpExchange http, BodyFlow request)
    {
        switch (request)
        {
            case BodyFlow.Truncated or BodyFlow.SourceFailed:
                return http.IsResponseHeadSent
                    ? Abort(session, TerminationCause.ClientAbort, TerminationPhase.Data)
                    : HttpRulesStep.Break(session, TerminationCause.ClientAbort, TerminationPhase.Headers);
            case BodyFlow.Invalid:
                if (!http.IsResponseHeadSent) return HttpRulesStep.Break(session, TerminationCause.Proxy, TerminationPhase.Headers);
                session.CountRequestError();
                return Abort(session, TerminationCause.Proxy, TerminationPhase.Data);
            default:
                return null;
        }
    }

    /// <returns>Null: the exchange goes on, with or without a whole head.</returns>
    private static SessionPhase? ReceiveHead(Session session, HttpExchange http)
    {
        EventLoop loop = session.Loop;
        Channel response = session.Response;
        // An informational head before this one may still wait for its client.
        if (response.Pending > 0)
        {
            if (!session.ClientSide.IsWritable) return null;
            if (ForwardStep.Flush(session, response, session.ClientSide, moreFollows: false) < 0)
                return Abort(session, TerminationCause.ClientAbort, TerminationPhase.Data);
            if (response.Pending > 0) return null;
        }

        bool hasNew = response.Held > 0 && !http.IsResponseHeadBegun;
        while (true)
        {
            if (hasNew)
            {
                if (!http.IsResponseHeadBegun) BeginHead(session, http);
                switch (http.ResponseParser.Parse(response.Held))
                {
                    case Http1Result.Complete when IsBodyBroken(session, http.Response):
                        return Junk(session);
                    case Http1Result.Complete when IsInterim(http.Response):
                        if (!PassInterim(session, http)) return Abort(session, TerminationCause.ClientAbort, TerminationPhase.Data);
                        if (response.Pending > 0) return null;
                        hasNew = response.Held > 0;
                        if (!hasNew && session.ServerSide.IsReadable)
                        {
                            // A server may send as many of these as it likes: others are served between them.
                            loop.Schedule(session);
                            return null;
                        }

                        continue;
                    case Http1Result.Complete:
                        return HeadComplete(session, http);
                    case Http1Result.Invalid:
                        FaultCapture.Response(session);
                        return Junk(session);
                }

                if (response.Held >= HeadIntake.Maximum(session))
                {
                    FaultCapture.Response(session);
                    return Junk(session);
                }
            }

            if (response.IsSourceDone) return ServerClosed(session, http);
            HeadRead read = HeadIntake.Receive(session, response, session.ServerSide);
            if (read == HeadRead.Waits) break;
            hasNew = read == HeadRead.Received;
        }

        response.ReturnIfEmpty(loop.Buffers);
        return null;
    }

    /// <summary>What has come with the head of its chunks is not in order: nothing of it reaches the client.</summary>
    private static bool IsBodyBroken(Session session, HttpMessage response)
    {
        if (response.ToleratedAt >= 0) FaultCapture.Tolerated(session, response);
        // To HEAD and CONNECT no body follows, whatever the head says.
        bool hasBody = response.Framing == BodyFraming.Chunked && session.Http!.Request.Method is not (HttpMethod.Head or HttpMethod.Connect);
        if (hasBody)
        {
            ReadOnlySpan<byte> body = new(response.Block + response.HeadBytes, session.Response.Held - response.HeadBytes);
            if (BodyEnd.Look(response, body, out _, out BodyFault fault) == BodyPresence.Invalid)
            {
                FaultCapture.WithHead(session, response, fault);
                return true;
            }
        }

        response.LowerNames();
        return false;
    }

    private static bool IsInterim(HttpMessage response) => response.Status is >= 100 and < 200 and not 101;

    private static void BeginHead(Session session, HttpExchange http)
    {
        Channel response = session.Response;
        response.Compact();
        http.Response.Begin(response.BlockData, HttpBlock.ArenaEnd(session.Loop.Buffers), isRequest: false);
        http.ResponseParser = new Http1HeadParser(http.Response, session.BackendHttp!.ResponseLeniency) { LeavesNames = true };
        http.IsResponseHeadBegun = true;
    }

    /// <summary>"100 Continue" and its kin go on as they are; the real response follows.</summary>
    private static bool PassInterim(Session session, HttpExchange http)
    {
        BodyFilter none = default;
        none.Ended();
        http.IsResponseHeadBegun = false;
        http.ResponseHeadBytes += http.Response.AccountedBytes;
        ConnectionFields.Strip(http.Response);
        session.FrontendHttp!.ClientCases?.Apply(http.Response);
        return HeadSender.TrySend(session.Loop, session.Response, http.Response, ref none, session.ClientSide, default, moreFollows: false);
    }

    private static SessionPhase? HeadComplete(Session session, HttpExchange http)
    {
        http.IsResponseHeadComplete = true;
        return session.AwaitsResponseRules ? Inspect(session, http) : TakeHead(session, http);
    }

    /// <summary>"tcp-response content" sees the response first, and may wait for more of it.</summary>
    private static SessionPhase? Inspect(Session session, HttpExchange http)
    {
        switch (ResponseRulesStep.RunHttp(session))
        {
            case RuleVerdict.Undecided:
                return http.IsResponseHeadComplete ? SessionPhase.Exchange : null;
            case RuleVerdict.None:
                return http.IsResponseHeadComplete ? TakeHead(session, http) : null;
            case RuleVerdict.Close:
                return BadResponse(session, TerminationCause.ServerAbort);
            default:
                Refused(session, http);
                return SessionPhase.Finish;
        }
    }

    /// <summary>The log tells what the server has sent, if the rules could see it.</summary>
    private static void Refused(Session session, HttpExchange http)
    {
        http.Log.Status = -1;
        if (!http.IsResponseHeadComplete) return;
        HttpMessage response = http.Response;
        ReadOnlySpan<byte> body = new(response.Block + response.HeadBytes, session.Response.Held - response.HeadBytes);
        _ = BodyEnd.Look(response, body, out ulong data);
        http.Log.Status = response.Status;
        http.ResponseHeadBytes += response.AccountedBytes + (long)data;
    }

    private static SessionPhase? TakeHead(Session session, HttpExchange http)
    {
        HttpMessage response = http.Response;
        http.Log.Status = response.Status;
        if (RequestRetry.TryAgain(session, RequestRetry.OfStatus(response.Status), out SessionPhase again)) return again;
        http.Log.SetResponse(response.Status, response.VersionText.In(response.Block));
        http.Log.ResponseMs = (session.Loop.Now - session.ConnectedAt).Value;
        bool isAgreed = response.Status == 101 && (http.Request.Connection & ConnectionOptions.Upgrade) != 0;
        if (response.Status == 101 && !isAgreed)
        {
            // It counts as a response that never came.
            http.Log.ResponseMs = SessionLogRecord.NotReached;
            http.ResponseHeadBytes += response.AccountedBytes;
            return BadResponse(session, TerminationCause.Proxy);
        }

        http.IsTunnel = isAgreed || (http.Request.Method == HttpMethod.Connect && response.Status is >= 200 and < 300);
        if (http.IsTunnel && !isAgreed)
        {
            // A tunnel begins, and no body (RFC 9110 section 9.3.6).
            response.Remove(FieldName.ContentLength);
            response.Remove(FieldName.TransferEncoding);
        }

        if (http.IsTunnel || http.Request.Method == HttpMethod.Head) response.Framing = BodyFraming.None;
        http.KeepsServer &= !http.IsTunnel && response.Framing != BodyFraming.UntilClose && ConnectionFields.IsPersistent(response, session.BackendHttp!.KeepsInsecureFraming);
        // A client of HTTP/1.0 need not know chunks, and takes the closing for the end.
        bool isDoubtfulForClient = response.Version == HttpVersion.Http10 && response.Framing == BodyFraming.Chunked;
        if (response.Framing == BodyFraming.UntilClose || isDoubtfulForClient) http.KeepsClient = false;
        if (response.Status is 401 or 407 && ConnectionFields.NamesConnection(response)) session.ServerSide.IsPrivate = true;
        http.ResponseBody = new BodyFilter(response) { DropsTrailers = session.FrontendHttp!.DropsResponseTrailers };
        ConnectionFields.Strip(response);
        http.ResponseHeadBytes += response.AccountedBytes;
        HttpCapture.Headers(
            response, session.Frontend.Captures.ResponseHeaders, session.Facts.ResponseCaptures);
        return PassRules(session, http);
    }

    /// <summary>The response's rules, and then its head goes to the client.</summary>
    /// <returns>Null: the exchange goes on. Its own phase: rules wait.</returns>
    private static SessionPhase? PassRules(Session session, HttpExchange http)
    {
        while (true)
        {
            if (ResponseWait.Run(session) is { } waits) return waits;
            SessionPhase? next = HttpRulesStep.RunResponse(session);
            if (next is null) break;
            if (next != SessionPhase.Exchange) return next;
        }

        HttpMessage response = http.Response;
        if (session.BackendHttp!.ChecksCache && Cacheability.MayCookieBeStored(http.Request, response)) return BlockCookie(session);
        if (!ResponseCookies.Run(session))
        {
            session.End(TerminationCause.Proxy, TerminationPhase.Headers);
            return AnswerStep.OrFinish(session, 500);
        }

        if (!HttpRulesStep.RunAfterResponse(session) || !RuledFields.TrySettle(response, out bool closes))
        {
            session.End(TerminationCause.Proxy, TerminationPhase.Headers);
            http.SkipsAfterRules = true;
            return AnswerStep.OrFinish(session, 500);
        }

        if (closes) http.KeepsClient = false;
        bool isBodyless = http.IsHeadWanted || response.Status is 204 or 304 or (>= 100 and < 200 and not 101);
        if (isBodyless && response.Framing != BodyFraming.None) return WithoutBody(session, http);
        // A rule has asked the server for a head only: its client would wait for the body that is announced.
        if (!http.IsHeadWanted && http.Request.Method == HttpMethod.Head && response.Status is not (204 or 304)) http.KeepsClient = false;
        http.IsResponseHeadSent = true;
        if (ResponseHead.TrySend(session, http, ref http.ResponseBody))
        {
            SessionLog.At(session, Logging.LogStep.Response);
            SessionLog.AtStep(session, Logging.LogStep.Response);
            return null;
        }

        if (http.ResponseBody.Error == Http1Error.None) return Abort(session, TerminationCause.ClientAbort, TerminationPhase.Data);
        // The beginning of its body is not in order: nothing of it has gone to the client.
        FaultCapture.WithHead(session, response, http.ResponseBody.Fault);
        http.IsResponseHeadSent = false;
        return BadResponse(session, TerminationCause.Proxy);
    }

    /// <summary>
    /// A rule has given the response a status that has no body, or has made another request of HEAD: the client would
    /// take the body for the next response.
    /// </summary>
    private static SessionPhase WithoutBody(Session session, HttpExchange http)
    {
        HttpMessage response = http.Response;
        response.Framing = BodyFraming.None;
        response.Remove(FieldName.TransferEncoding);
        if (response.Status is < 200 or 204) response.Remove(FieldName.ContentLength);
        session.Response.DropHeldTail(response.HeadBytes);
        http.AnswerBody = default;
        http.SkipsAfterRules = true;
        return AnswerStep.Begin(session);
    }

    /// <summary>"option checkcache": as if a rule had denied it.</summary>
    private static SessionPhase BlockCookie(Session session)
    {
        HttpRulesStep.CountDeniedResponse(session);
        session.Home.Limits.BlockedCookie(session.Loop, session.Backend!, session.Target!);
        session.End(TerminationCause.Proxy, TerminationPhase.Headers);
        return AnswerStep.OrFinish(session, 502);
    }

    private static SessionPhase Junk(Session session) =>
        RequestRetry.TryAgain(session, RetryConditions.JunkResponse, out SessionPhase next)
            ? next
            : BadResponse(session, TerminationCause.Proxy);

    internal static void CountResponseError(Session session)
    {
        session.Target!.Counters[session.Loop.Index].ResponseErrors++;
        session.Backend!.Counters[session.Loop.Index].ResponseErrors++;
    }

    private static SessionPhase BadResponse(Session session, TerminationCause cause)
    {
        CountResponseError(session);
        session.End(cause, TerminationPhase.Headers);
        // No reset, as in HAProxy 3.5; the kernel makes one of it where bytes of the server are unread.
        return AnswerStep.OrFinish(session, 502, resetsServer: false);
    }

    /// <summary>Without a whole head. A client's later request, on a connection that was used before, is left to its client to repeat.</summary>
    private static SessionPhase ServerClosed(Session session, HttpExchange http)
    {
        if (session.Request.IsSourceDone && !session.Request.IsFinReceived)
            return Abort(session, TerminationCause.ClientAbort, TerminationPhase.Headers);
        if (session.Response.Held == 0 && RequestRetry.TryAgain(session, RetryConditions.EmptyResponse, out SessionPhase next)) return next;
        if (http.IsServerReused && !http.Log.IsFirst && session.Response.Held == 0)
        {
            session.End(TerminationCause.ServerAbort, TerminationPhase.Headers);
            http.Log.Status = -1;
            http.KeepsClient = false;
            return SessionPhase.Finish;
        }

        return BadResponse(session, session.Response.Held > 0 ? TerminationCause.Proxy : TerminationCause.ServerAbort);
    }

    /// <summary>
    /// The client has sent its request and waits: it may still give up. What it has sent of a next one stays where it is.
    /// </summary>
    private static SessionPhase WatchClient(Session session, HttpExchange http)
    {
        Connection client = session.ClientSide;
        Channel request = session.Request;
        if (!http.RequestBody.IsDone || request.Pending > 0) return SessionPhase.Exchange;
        if (client.IsPeerClosed && !request.IsSourceDone)
        {
            byte unused;
            int received = session.Loop.Kernel.Peek(client.Descriptor, &unused, 1);
            if (received == 0) request.FinReceived();
            else if (received < 0 && received != -(int)KernelError.WouldBlock && received != -(int)KernelError.Interrupted)
            {
                return Abort(session, TerminationCause.ClientAbort,
                    http.IsResponseHeadComplete ? TerminationPhase.Data : TerminationPhase.Headers);
            }
        }

        if (!request.IsSourceDone) return SessionPhase.Exchange;
        http.KeepsClient = false;
        if (!session.Backend!.AbortsOnClose || http.IsResponseHeadSent) return SessionPhase.Exchange;
        session.End(TerminationCause.ClientAbort, TerminationPhase.Headers);
        return AnswerStep.OrFinish(session, 400);
    }

    private static SessionPhase Abort(Session session, TerminationCause cause, TerminationPhase phase)
    {
        session.End(cause, phase);
        session.IsAborted = true;
        return SessionPhase.Finish;
    }

    /// <summary>From here on bytes go both ways as in mode tcp.</summary>
    private static SessionPhase BeginTunnel(Session session, HttpExchange http)
    {
        http.TunnelRequestAt = session.Request.BytesIn - session.Request.Held;
        http.TunnelResponseAt = session.Response.BytesIn - session.Response.Held;
        session.Request.LetGo(session.Request.Held, session.Request.Held);
        session.Response.LetGo(session.Response.Held, session.Response.Held);
        http.KeepsClient = false;
        http.KeepsServer = false;
        return SessionPhase.Forward;
    }
}
