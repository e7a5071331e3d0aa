using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Step 2's end in mode http: what the configuration adds to each request, and the wait for its body.</summary>
internal static class PrepareRequestStep
{
    public static SessionPhase Run(Session session)
    {
        HttpExchange http = session.Http!;
        if (session.FrontendHttp!.BuffersRequest || session.BackendHttp!.BuffersRequest)
        {
            if (http.WaitedBodyBytes < 0)
            {
                http.WaitedBodyBytes = 0;
                http.WaitedBodyMs = session.FrontendHttp!.RequestTimeout.Or(session.Frontend.ClientTimeout).Value;
            }

            if (WaitForBodyStep.Run(session)) return SessionPhase.PrepareRequest;
            if (session.Cause != Accounting.TerminationCause.None) return AnswerStep.OrFinish(session, 408);
        }

        return SessionPhase.ChooseServer;
    }
}
