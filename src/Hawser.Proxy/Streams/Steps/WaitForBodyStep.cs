using Hawser.Base.Time;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// Within step 2: "wait-for-body" and "option http-buffer-request" hold a request until enough of its body is there, all
/// of it, or as much as the block takes.
/// </summary>
internal static class WaitForBodyStep
{
    /// <returns>True: goes on waiting. False: what follows may have its turn.</returns>
    public static bool Run(Session session)
    {
        HttpExchange http = session.Http!;
        if (session.PhaseDeadline.IsNever && http.WaitedBodyMs > 0)
            session.PhaseDeadline = session.Loop.Now.After(new Milliseconds(http.WaitedBodyMs));
        ClientState state = HttpIntake.Run(session);
        long body = session.Request.Held - http.Request.HeadBytes;
        bool isEnough = HttpIntake.HasWholeRequest(session)
            || HttpIntake.Room(session) == 0
            || (http.WaitedBodyBytes > 0 && body >= http.WaitedBodyBytes);
        if (!isEnough && state == ClientState.Waits && session.PhaseDeadline > session.Loop.Now) return true;
        http.WaitedBodyBytes = -1;
        http.WaitedBodyMs = 0;
        session.PhaseDeadline = Instant.Never;
        return false;
    }
}
