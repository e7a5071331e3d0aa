using System;
using Hawser.Base.Bytes;
using Hawser.Base.Time;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Connections;
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
        if (http.Request.Find(FieldName.Expect) is var expect and >= 0) AnswerExpectation(session, http, expect);
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

    /// <summary>
    /// A client that waits for "100 Continue" would wait as long as we do (RFC 9110 section 10.1.1): it is told so by us, and
    /// the server need not say it again.
    /// </summary>
    private static unsafe void AnswerExpectation(Session session, HttpExchange http, int at)
    {
        HttpMessage request = http.Request;
        Connection client = session.ClientSide;
        Channel response = session.Response;
        int from = 0;
        bool isExpected = HeaderValues.TryNext(request.ValueOf(at), ref from, out ReadOnlySpan<byte> first)
            && Ascii.EqualsIgnoreCase(first, "100-continue"u8);
        if (!isExpected || request.Version == HttpVersion.Http10 || http.RequestBody.IsDone) return;
        if (!client.IsWritable || response.Pending > 0) return;
        OptionList.Remove(request, ref request.Field(at), "100-continue"u8, default);
        ReadOnlySpan<byte> text = "HTTP/1.1 100 Continue\r\n\r\n"u8;
        text.CopyTo(new Span<byte>(session.Loop.Buffers.Scratch, text.Length));
        response.Rewritten += text.Length;
        // A connection that is broken shows itself again when it is read.
        _ = HeadSender.TrySend(session.Loop, response, text.Length, held: 0, client, moreFollows: false);
    }
}
