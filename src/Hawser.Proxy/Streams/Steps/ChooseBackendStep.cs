using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Expressions.Acls;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Step 2: the backend, and with it the timeouts of the other half of the way.</summary>
internal static class ChooseBackendStep
{
    public static SessionPhase Run(Session session)
    {
        SessionLog.At(session, LogStep.Accept);
        if (session.Frontend.Config.Mode == ProxyMode.Health)
            return HealthAnswer(session);
        if (Chosen(session) is not { } backend)
        {
            session.End(TerminationCause.ServerAbort, TerminationPhase.Connect);
            return AnswerStep.OrFinish(session, 503);
        }

        // A backend in mode http makes an http session of any.
        if (!session.IsHttp && backend.Protocol is HttpProxy) return RequestRulesStep.BeginHttp(session);
        if (session.IsHttp && backend.Protocol is not HttpProxy)
        {
            session.End(TerminationCause.ServerAbort, TerminationPhase.Connect);
            return AnswerStep.OrFinish(session, 503);
        }

        session.Backend = backend;
        backend.SessionEntered();
        TrafficCounters counters = backend.Counters[session.Loop.Index];
        counters.Sessions++;
        if (session.IsHttp) counters.Requests++;
        backend.Peaks.CountSession(backend.Counters, session.Loop.Index, session.Loop.Now);
        session.ServerSide.IsIndependent = backend.Config.Options.IndependentStreams;
        TimeoutsConfig timeouts = backend.Config.Timeouts;
        session.ConnectTimeout = new Milliseconds(timeouts.ConnectMs?.Value ?? 0);
        session.ServerTimeout = new Milliseconds(timeouts.ServerMs?.Value ?? 0);
        session.TunnelTimeout = new Milliseconds(timeouts.TunnelMs?.Value ?? 0);
        session.ServerFinTimeout = new Milliseconds(timeouts.ServerFinMs?.Value ?? 0);
        session.QueueTimeout = new Milliseconds(timeouts.QueueMs?.Value ?? 0).Or(session.ConnectTimeout);
        if (backend.Config == session.Frontend.Config) KeepSaid(session);
        else session.RetriesSaid = -1;
        session.RetriesLeft = session.RetriesSaid >= 0 ? session.RetriesSaid : backend.Config.Retries;
        PersistenceStep.Run(session);
        return backend.Rules is null ? AfterBackendRules(session) : SessionPhase.BackendRules;
    }

    /// <summary>A listen section's rules have run on its front side, and mean its back side too.</summary>
    private static void KeepSaid(Session session)
    {
        session.ConnectTimeout = session.ConnectTimeoutSaid.Or(session.ConnectTimeout);
        session.ServerTimeout = session.ServerTimeoutSaid.Or(session.ServerTimeout);
        session.TunnelTimeout = session.TunnelTimeoutSaid.Or(session.TunnelTimeout);
        session.QueueTimeout = session.QueueTimeoutSaid.Or(session.QueueTimeout);
    }

    /// <summary>The backend's "tcp-request content" is passed.</summary>
    public static SessionPhase AfterBackendRules(Session session) =>
        session.IsHttp ? SessionPhase.HttpBackendRules : SessionPhase.ChooseServer;

    /// <summary>
    /// The first "use_backend" that applies; the default otherwise, also when a computed name is unknown. A backend that
    /// is not published counts for none, unless "force-be-switch" applies.
    /// </summary>
    private static Backend? Chosen(Session session)
    {
        FrontendRules? rules = session.Frontend.Rules;
        if (rules is not { Backends.Length: > 0 }) return Default(session, rules);
        SessionLogSource source = RuleSource.Of(session, isFinal: true);
        foreach (BackendRule rule in rules.Backends)
        {
            if (rule.Condition is { } condition && condition.Evaluate(source) != AclResult.Pass) continue;
            Backend? backend = rule.Name is null ? rule.Backend : ComputedName.Find(rule.Name, source, rule.Known.ByName);
            if (backend is null) break;
            if (!backend.IsUnpublished || IsForced(session, rules)) return backend;
        }

        return Default(session, rules);
    }

    private static Backend? Default(Session session, FrontendRules? rules)
    {
        Backend? backend = session.Frontend.DefaultBackend;
        Backend? own = session.Frontend.OwnBackend;
        bool isOpen = backend is null || backend == own || !backend.IsUnpublished || IsForced(session, rules);
        return isOpen ? backend : own;
    }

    private static bool IsForced(Session session, FrontendRules? rules)
    {
        if (rules is not { Forced.Length: > 0 }) return false;
        SessionLogSource source = RuleSource.Of(session, isFinal: true);
        foreach (Condition condition in rules.Forced)
        {
            if (condition.Evaluate(source) == AclResult.Pass) return true;
        }

        return false;
    }

    /// <summary>"mode health" of the 1.3 era: says OK and closes.</summary>
    private static unsafe SessionPhase HealthAnswer(Session session)
    {
        fixed (byte* answer = "OK"u8)
            session.Loop.Kernel.Send(session.ClientSide.Descriptor, answer, 2, more: false);
        session.Response.BytesIn = 2;
        session.Response.BytesOut = 2;
        session.End(TerminationCause.Local, TerminationPhase.Request);
        return SessionPhase.Finish;
    }
}
