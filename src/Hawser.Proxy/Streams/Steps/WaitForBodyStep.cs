using Hawser.Base.Time;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>How far the waiting for a body is.</summary>
internal enum BodyWait : byte
{
    Waits,

    /// <summary>There is enough, or no more fits.</summary>
    Done,
    TimedOut,

    /// <summary>The client will not send the rest.</summary>
    ClientGone,

    /// <summary>Its chunks are not in order.</summary>
    Invalid,
}

/// <summary>
/// Within step 2: "wait-for-body" and "option http-buffer-request" hold a request until enough of its body is there, all
/// of it, or as much as the block takes.
/// </summary>
internal static class WaitForBodyStep
{
    /// <summary>Anything but <see cref="BodyWait.Waits"/> ends the waiting.</summary>
    public static BodyWait Run(Session session)
    {
        HttpExchange http = session.Http!;
        if (session.PhaseDeadline.IsNever && http.WaitedBodyMs > 0)
            session.PhaseDeadline = session.Loop.Now.After(new Milliseconds(http.WaitedBodyMs));
        ClientState state = HttpIntake.Run(session);
        BodyPresence presence = HttpIntake.Look(session, out ulong data);
        bool isEnough = presence == BodyPresence.Whole
            || HttpIntake.Room(session) == 0
            || (http.WaitedBodyBytes > 0 && data >= (ulong)http.WaitedBodyBytes);
        BodyWait result = presence == BodyPresence.Invalid ? BodyWait.Invalid
            : isEnough ? BodyWait.Done
            : state != ClientState.Waits ? BodyWait.ClientGone
            : session.PhaseDeadline <= session.Loop.Now ? BodyWait.TimedOut
            : BodyWait.Waits;
        if (result == BodyWait.Waits) return result;
        http.WaitedBodyBytes = -1;
        http.WaitedBodyMs = 0;
        session.PhaseDeadline = Instant.Never;
        return result;
    }
}
