using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Step 1, before any byte is read: "tcp-request connection".</summary>
internal static class ConnectionRulesStep
{
    /// <returns>The session's first phase.</returns>
    public static SessionPhase Begin(Session session, bool expectsProxyHeader)
    {
        if (session.Frontend.Rules?.Connection is { } rules)
        {
            SessionLogSource source = RuleSource.Of(session, isFinal: true);
            session.ExpectsProxyHeader = expectsProxyHeader;
            RuleVerdict verdict = rules.Run(session, source);
            if (verdict is RuleVerdict.Reject or RuleVerdict.SilentDrop)
                return RequestRulesStep.Refuse(session, verdict, isLogged: false);
            expectsProxyHeader = session.ExpectsProxyHeader;
        }

        return expectsProxyHeader ? SessionPhase.Handshake : RequestRulesStep.First(session);
    }
}
