using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Step 2's end in mode http: what the configuration adds to each request, and the wait for its body.</summary>
internal static class PrepareRequestStep
{
    public static SessionPhase Run(Session session)
    {
        HttpExchange http = session.Http!;
        bool buffers = session.FrontendHttp!.BuffersRequest || session.BackendHttp!.BuffersRequest;
        if (buffers && !http.IsBodyAwaited)
        {
            http.IsBodyAwaited = true;
            http.WaitedBodyBytes = 0;
            http.WaitedBodyMs = session.FrontendHttp!.RequestTimeout.Or(session.Frontend.ClientTimeout).Value;
        }

        if (HttpRulesStep.IsWaiting(session, out SessionPhase next)) return next;
        return SessionPhase.ChooseServer;
    }
}
