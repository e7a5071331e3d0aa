using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Step 2's end in mode http: what the configuration adds to each request.</summary>
internal static class PrepareRequestStep
{
    public static SessionPhase Run(Session session)
    {
        return SessionPhase.ChooseServer;
    }
}
