using System;
using Hawser.Base.Time;
using Hawser.Expressions.Acls;
using Hawser.Protocols.Http;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Within steps 2 and 6 in mode http: "http-request", "redirect", "http-response" and "http-after-response".</summary>
internal static class HttpRulesStep
{
    public static SessionPhase RunFrontend(Session session)
    {
        HttpProxy frontend = session.FrontendHttp!;
        if (frontend.BuffersRequest && IsBuffering(session, out SessionPhase buffering)) return buffering;
        if (frontend.MonitorUri is { } uri && IsForMonitor(session.Http!.Request, uri)) return AnswerMonitor(session, frontend);
        return RunRequest(session, frontend, SessionPhase.ChooseBackend);
    }

    /// <summary>A listen section's rules are its front side's.</summary>
    public static SessionPhase RunBackend(Session session) =>
        session.BackendHttp is { } backend && backend != session.FrontendHttp
            ? RunRequest(session, backend, SessionPhase.PrepareRequest)
            : SessionPhase.PrepareRequest;

    /// <summary>"http-response": the backend's, then the frontend's.</summary>
    /// <returns>Null: the response goes on. The session's own phase: its rules wait.</returns>
    public static SessionPhase? RunResponse(Session session)
    {
        HttpExchange http = session.Http!;
        if (!http.AreBackendRulesDone)
        {
            RuleVerdict verdict = RunSet(session, session.BackendHttp?.ResponseRules);
            if (verdict is not (RuleVerdict.None or RuleVerdict.Accept)) return Conclude(session, verdict);
            http.AreBackendRulesDone = true;
        }

        HttpProxy? frontend = session.FrontendHttp;
        RuleVerdict last = frontend == session.BackendHttp ? RuleVerdict.None : RunSet(session, frontend?.ResponseRules);
        return last is RuleVerdict.None or RuleVerdict.Accept ? null : Conclude(session, last);
    }

    /// <summary>"http-after-response": the backend's, then the frontend's. They cannot refuse, but fail.</summary>
    /// <returns>False: a rewriting has failed, and the response may not go out.</returns>
    public static bool RunAfterResponse(Session session)
    {
        HttpExchange http = session.Http!;
        if (http.SkipsAfterRules) return true;
        HttpProxy? backend = session.BackendHttp;
        HttpProxy? frontend = session.FrontendHttp;
        return RunAfter(session, backend) && (frontend == backend || RunAfter(session, frontend));
    }

    private static bool RunAfter(Session session, HttpProxy? proxy)
    {
        if (proxy?.AfterResponseRules is not { } rules) return true;
        session.Http!.IsStrict = true;
        return rules.Run(session, RuleSource.Of(session, isFinal: true)) != RuleVerdict.InternalError;
    }

    private static SessionPhase RunRequest(Session session, HttpProxy proxy, SessionPhase next)
    {
        HttpExchange http = session.Http!;
        if (!http.AreRulesDone)
        {
            if (IsWaiting(session, out SessionPhase waiting)) return waiting;
            RuleVerdict verdict = RunSet(session, proxy.RequestRules);
            EarlyHints.Send(session);
            if (verdict is not (RuleVerdict.None or RuleVerdict.Accept)) return Conclude(session, proxy, next, verdict);
            http.AreRulesDone = true;
        }

        // Waiting that rules ask for belongs to the request's time, as in HAProxy.
        session.RequestHeadAt = session.Loop.Now;
        http.Log.RequestMs = (session.Loop.Now - session.RequestAt).Value;
        http.AreRulesDone = false;
        if (proxy.Statistics is { } page && ServiceStep.IsFor(page, http.Request))
        {
            RuleVerdict access = ServiceStep.Check(session, page);
            if (access is not (RuleVerdict.None or RuleVerdict.Accept)) return Conclude(session, proxy, next, access);
            return ServiceStep.Begin(session, page.Service, ServiceStep.IsAdmin(session, page), isRuled: false);
        }

        SessionPhase named = HeaderNamesStep.Run(session, proxy, next);
        if (named != next) return named;
        if (proxy.RedirectRules is not { } redirects) return next;
        RuleVerdict redirection = redirects.Run(session, RuleSource.Of(session, isFinal: true));
        return redirection == RuleVerdict.None ? next : Conclude(session, proxy, next, redirection);
    }

    /// <summary>
    /// "option http-buffer-request": the request counts as received when its body is there, or as much as the block takes.
    /// </summary>
    public static bool IsBuffering(Session session, out SessionPhase next)
    {
        HttpExchange http = session.Http!;
        next = session.Phase;
        if (http.IsBodyBuffered) return false;
        if (!http.IsBodyAwaited)
        {
            http.IsBodyAwaited = true;
            http.WaitedBodyBytes = 0;
            http.WaitedBodyMs = session.FrontendHttp!.RequestTimeout.Or(session.Frontend.ClientTimeout).Value;
        }

        if (IsWaiting(session, out next)) return true;

        http.IsBodyBuffered = true;
        session.RequestHeadAt = session.Loop.Now;
        http.Log.RequestMs = (session.Loop.Now - session.RequestAt).Value;
        return false;
    }

    /// <summary>
    /// Ends a request whose rest is missing or not in order: who sends such a thing is not answered any more, as in HAProxy.
    /// </summary>
    public static SessionPhase Break(Session session, TerminationCause cause, TerminationPhase phase = TerminationPhase.Request)
    {
        // A client that has left has made no mistake.
        if (cause != TerminationCause.ClientAbort) session.CountRequestError();
        session.Http!.Log.Status = 400;
        session.Http.KeepsClient = false;
        session.End(cause, phase);
        session.IsAborted = true;
        return SessionPhase.Finish;
    }

    /// <summary>Rules that have waited for the client, or for a time.</summary>
    public static bool IsWaiting(Session session, out SessionPhase next)
    {
        HttpExchange http = session.Http!;
        next = session.Phase;
        if (http.WaitedBodyBytes >= 0)
        {
            switch (WaitForBodyStep.Run(session))
            {
                case BodyWait.Waits:
                    return true;
                case BodyWait.TimedOut:
                    session.End(TerminationCause.ClientTimeout, TerminationPhase.Request);
                    http.Log.RequestMs = SessionLogRecord.NotReached;
                    next = AnswerStep.OrFinish(session, 408);
                    return true;
                case BodyWait.Invalid:
                    next = Break(session, TerminationCause.Proxy);
                    http.Log.RequestMs = SessionLogRecord.NotReached;
                    return true;
                case BodyWait.ClientGone:
                    // The rules have their say all the same.
                    http.IsClientGone = true;
                    break;
            }
        }
        else if (http.IsPausing)
        {
            if (HttpIntake.Run(session) != ClientState.Waits)
            {
                session.End(TerminationCause.ClientAbort, TerminationPhase.Request);
                next = SessionPhase.Finish;
                return true;
            }

            if (session.PhaseDeadline > session.Loop.Now) return true;
            http.IsPausing = false;
            session.PhaseDeadline = Instant.Never;
        }

        return false;
    }

    private static SessionPhase Conclude(Session session, HttpProxy proxy, SessionPhase next, RuleVerdict verdict)
    {
        HttpExchange http = session.Http!;
        switch (verdict)
        {
            case RuleVerdict.WaitForBody:
                return RunRequest(session, proxy, next);

            case RuleVerdict.Pause:
                http.IsPausing = true;
                return session.Phase;

            case RuleVerdict.Answer:
                CountIntercepted(session);
                session.End(TerminationCause.Local, TerminationPhase.Request);
                break;

            case RuleVerdict.BadRequest:
                session.End(TerminationCause.Proxy, TerminationPhase.Request);
                break;

            case RuleVerdict.Service:
                return ServiceStep.Begin(session, http.Service!, isAdmin: false, isRuled: true);

            case RuleVerdict.Deny:
                CountDeniedRequest(session);
                session.End(TerminationCause.Proxy, TerminationPhase.Request);
                break;

            case RuleVerdict.Tarpit:
                CountDeniedRequest(session);
                return TarpitStep.Begin(session, proxy);

            case RuleVerdict.InternalError:
                CountInternalError(session);
                http.IsAnswered = false;
                session.End(TerminationCause.Proxy, TerminationPhase.Request);
                break;

            default:
                http.Log.Status = -1;
                http.Log.RequestMs = SessionLogRecord.NotReached;
                return RequestRulesStep.Refuse(session, verdict, isLogged: true);
        }

        return http.IsAnswered ? AnswerStep.Begin(session) : AnswerStep.OrFinish(session, 500);
    }

    private static SessionPhase Conclude(Session session, RuleVerdict verdict)
    {
        HttpExchange http = session.Http!;
        switch (verdict)
        {
            case RuleVerdict.WaitForBody:
                return session.Phase;

            case RuleVerdict.Pause:
                http.IsPausing = true;
                return session.Phase;

            case RuleVerdict.Answer:
                session.End(TerminationCause.Local, TerminationPhase.Headers);
                break;

            case RuleVerdict.InternalError:
                CountInternalError(session);
                http.IsAnswered = false;
                session.End(TerminationCause.Proxy, TerminationPhase.Headers);
                break;

            case RuleVerdict.SilentDrop:
                DiscardedResponse.Take(session);
                return RequestRulesStep.Refuse(session, verdict, isLogged: true, isResponse: true);

            default:
                CountDeniedResponse(session);
                session.End(TerminationCause.Proxy, TerminationPhase.Headers);
                break;
        }

        return http.IsAnswered ? AnswerStep.Begin(session) : AnswerStep.OrFinish(session, 500);
    }

    /// <summary>Goes on behind the rule that has waited; otherwise begins with the first, and in strict mode.</summary>
    internal static RuleVerdict RunSet(Session session, RuleSet? rules)
    {
        if (rules is null) return RuleVerdict.None;
        HttpExchange http = session.Http!;
        if (http.NextRule == 0) http.IsStrict = true;
        RuleVerdict verdict = rules.RunFrom(session, RuleSource.Of(session, isFinal: true), ref http.NextRule);
        if (verdict is not (RuleVerdict.WaitForBody or RuleVerdict.Pause)) http.NextRule = 0;
        return verdict;
    }

    /// <summary>A path is compared with the path, anything else with the whole target (manual, "monitor-uri").</summary>
    private static bool IsForMonitor(HttpMessage request, ReadOnlySpan<byte> uri)
    {
        TargetPart part = uri.StartsWith("/"u8) ? TargetPart.PathAndQuery : TargetPart.Whole;
        return TargetRewriting.TryGet(request, part, out ReadOnlySpan<byte> text) && text.SequenceEqual(uri);
    }

    /// <summary>Whoever watches us is told how we are, and not logged.</summary>
    private static SessionPhase AnswerMonitor(Session session, HttpProxy frontend)
    {
        SessionLogSource source = RuleSource.Of(session, isFinal: true);
        bool fails = false;
        foreach (Condition failure in frontend.MonitorFailures) fails |= failure.Evaluate(source) == AclResult.Pass;
        session.IsLogged = true;
        CountIntercepted(session);
        session.End(TerminationCause.Local, TerminationPhase.Request);
        return AnswerStep.OrFinish(session, fails ? 503 : 200);
    }

    /// <summary>Answered here by the frontend; what its backend answers counts for neither, as in HAProxy.</summary>
    internal static void CountIntercepted(Session session)
    {
        if (session.Backend is null) session.Frontend.Counters[session.Loop.Index].Intercepted++;
    }

    private static void CountDeniedRequest(Session session)
    {
        int loop = session.Loop.Index;
        session.Frontend.Counters[loop].CountDeniedRequest();
        if (session.Source.Counters is { } listener) listener[loop].CountDeniedRequest();
        if (session.Backend is { } backend) backend.Counters[loop].CountDeniedRequest();
    }

    private static void CountInternalError(Session session)
    {
        int loop = session.Loop.Index;
        session.Frontend.Counters[loop].InternalErrors++;
        if (session.Backend is { } backend) backend.Counters[loop].InternalErrors++;
        if (session.Target is { } server) server.Counters[loop].InternalErrors++;
    }

    internal static void CountDeniedResponse(Session session)
    {
        int loop = session.Loop.Index;
        session.Frontend.Counters[loop].DeniedResponses++;
        if (session.Source.Counters is { } listener) listener[loop].DeniedResponses++;
        if (session.Backend is { } backend) backend.Counters[loop].DeniedResponses++;
        if (session.Target is { } server) server.Counters[loop].DeniedResponses++;
    }
}
