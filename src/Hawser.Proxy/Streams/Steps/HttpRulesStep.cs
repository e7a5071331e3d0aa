using Hawser.Base.Time;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Within steps 2 and 6 in mode http: "http-request", "http-response" and "http-after-response".</summary>
internal static class HttpRulesStep
{
    public static SessionPhase RunFrontend(Session session) =>
        RunRequest(session, session.FrontendHttp!, SessionPhase.ChooseBackend);

    /// <summary>A listen section's rules are its front side's.</summary>
    public static SessionPhase RunBackend(Session session) =>
        session.BackendHttp is { } backend && backend != session.FrontendHttp
            ? RunRequest(session, backend, SessionPhase.PrepareRequest)
            : SessionPhase.PrepareRequest;

    /// <summary>"http-response": the backend's, then the frontend's.</summary>
    /// <returns>Null: the response goes on.</returns>
    public static SessionPhase? RunResponse(Session session)
    {
        HttpExchange http = session.Http!;
        RuleVerdict verdict = RuleVerdict.None;
        if (session.BackendHttp?.ResponseRules is { } backend) verdict = Run(session, backend);
        if (verdict is RuleVerdict.None or RuleVerdict.Accept && session.FrontendHttp is { } frontend
            && frontend != session.BackendHttp && frontend.ResponseRules is { } rules)
        {
            verdict = Run(session, rules);
        }

        switch (verdict)
        {
            case RuleVerdict.None or RuleVerdict.Accept:
                return null;
            case RuleVerdict.Answer:
                session.End(TerminationCause.Local, TerminationPhase.Headers);
                break;
            case RuleVerdict.InternalError:
                session.End(TerminationCause.Proxy, TerminationPhase.Headers);
                return AnswerStep.OrFinish(session, 500);
            case RuleVerdict.SilentDrop:
                return RequestRulesStep.Refuse(session, verdict, isLogged: true);
            default:
                CountDeniedResponse(session);
                session.End(TerminationCause.Proxy, TerminationPhase.Headers);
                break;
        }

        return http.IsAnswered ? AnswerStep.Begin(session) : AnswerStep.OrFinish(session, 502);
    }

    /// <summary>"http-after-response": the backend's, then the frontend's. They cannot refuse.</summary>
    public static void RunAfterResponse(Session session)
    {
        if (session.BackendHttp?.AfterResponseRules is { } backend) Run(session, backend);
        if (session.FrontendHttp is { } frontend && frontend != session.BackendHttp && frontend.AfterResponseRules is { } rules)
            Run(session, rules);
    }

    private static SessionPhase RunRequest(Session session, HttpProxy proxy, SessionPhase next)
    {
        if (proxy.RequestRules is not { } rules) return HeaderNamesStep.Run(session, proxy, next);
        HttpExchange http = session.Http!;
        SessionLogSource source = RuleSource.Of(session, isFinal: true);
        RuleVerdict verdict = rules.RunFrom(session, source, ref http.NextRule);
        switch (verdict)
        {
            case RuleVerdict.None or RuleVerdict.Accept:
                http.NextRule = 0;
                return HeaderNamesStep.Run(session, proxy, next);

            case RuleVerdict.WaitForBody:
                return WaitForBodyStep.Run(session) ? session.Phase : RunRequest(session, proxy, next);

            case RuleVerdict.Answer:
                session.End(TerminationCause.Local, TerminationPhase.Request);
                return AnswerStep.Begin(session);

            case RuleVerdict.Deny:
                session.Frontend.Counters[session.Loop.Index].Denied++;
                session.End(TerminationCause.Proxy, TerminationPhase.Request);
                return AnswerStep.Begin(session);

            case RuleVerdict.Tarpit:
                session.Frontend.Counters[session.Loop.Index].Denied++;
                return TarpitStep.Begin(session, proxy);

            case RuleVerdict.InternalError:
                session.End(TerminationCause.Proxy, TerminationPhase.Request);
                return AnswerStep.OrFinish(session, 500);

            default:
                return RequestRulesStep.Refuse(session, verdict, isLogged: true);
        }
    }

    private static RuleVerdict Run(Session session, RuleSet rules) =>
        rules.Run(session, RuleSource.Of(session, isFinal: true));

    private static void CountDeniedResponse(Session session)
    {
        int loop = session.Loop.Index;
        session.Frontend.Counters[loop].DeniedResponses++;
        if (session.Backend is { } backend) backend.Counters[loop].DeniedResponses++;
        if (session.Target is { } server) server.Counters[loop].DeniedResponses++;
    }
}
