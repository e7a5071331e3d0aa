using Hawser.Expressions.Acls;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Within step 2 in mode http, once the backend is known: "force-persist" and "ignore-persist".</summary>
internal static class PersistenceStep
{
    /// <summary>The first line whose condition is met counts.</summary>
    public static void Run(Session session)
    {
        if (session.BackendHttp is not { PersistenceRules.Length: > 0 } backend || session.Http is null) return;
        SessionLogSource source = RuleSource.Of(session, isFinal: true);
        foreach (PersistenceCondition line in backend.PersistenceRules)
        {
            if (line.Condition.Evaluate(source) != AclResult.Pass) continue;
            session.Http.PersistenceRule = line.Rule;
            return;
        }
    }
}
