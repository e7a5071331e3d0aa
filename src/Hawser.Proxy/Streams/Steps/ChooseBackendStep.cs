using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Step 2: the backend, and with it the timeouts of the other half of the way.</summary>
internal static class ChooseBackendStep
{
    public static SessionPhase Run(Session session)
    {
        SessionLog.At(session, LogStep.Accept);
        if (session.Frontend.Config.Mode == ProxyMode.Health)
            return HealthAnswer(session);
        if (session.Frontend.DefaultBackend is not { } backend)
        {
            session.End(TerminationCause.ServerAbort, TerminationPhase.Connect);
            return SessionPhase.Finish;
        }

        session.Backend = backend;
        backend.SessionEntered();
        backend.Counters[session.Loop.Index].Sessions++;
        session.RetriesLeft = backend.Config.Retries;
        session.ServerSide.IsIndependent = backend.Config.Options.IndependentStreams;
        TimeoutsConfig timeouts = backend.Config.Timeouts;
        session.ConnectTimeout = new Milliseconds(timeouts.ConnectMs?.Value ?? 0);
        session.ServerTimeout = new Milliseconds(timeouts.ServerMs?.Value ?? 0);
        session.TunnelTimeout = new Milliseconds(timeouts.TunnelMs?.Value ?? 0);
        session.ServerFinTimeout = new Milliseconds(timeouts.ServerFinMs?.Value ?? 0);
        session.QueueTimeout = new Milliseconds(timeouts.QueueMs?.Value ?? 0).Or(session.ConnectTimeout);
        return SessionPhase.ChooseServer;
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
