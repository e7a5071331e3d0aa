using System;
using Hawser.Base.Time;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Within step 6: "http-response wait-for-body" and "pause" hold a response back, up to a block of it.</summary>
internal static unsafe class ResponseWait
{
    /// <returns>Null: there is nothing to wait for. The session's own phase: it waits.</returns>
    public static SessionPhase? Run(Session session)
    {
        HttpExchange http = session.Http!;
        if (http.IsPausing)
        {
            if (session.PhaseDeadline > session.Loop.Now) return SessionPhase.Exchange;
            http.IsPausing = false;
            session.PhaseDeadline = Instant.Never;
            return null;
        }

        if (http.WaitedBodyBytes < 0) return null;
        if (session.PhaseDeadline.IsNever && http.WaitedBodyMs > 0)
            session.PhaseDeadline = session.Loop.Now.After(new Milliseconds(http.WaitedBodyMs));
        bool isFull = !Receive(session, http.Response);
        bool isEnough = HasWholeResponse(session, http, out ulong data)
            || isFull
            || session.Response.IsSourceDone
            || (http.WaitedBodyBytes > 0 && data >= (ulong)http.WaitedBodyBytes);
        if (!isEnough && session.PhaseDeadline > session.Loop.Now) return SessionPhase.Exchange;
        http.WaitedBodyBytes = -1;
        http.WaitedBodyMs = 0;
        session.PhaseDeadline = Instant.Never;
        if (isEnough) return null;
        ExchangeStep.CountResponseError(session);
        session.End(TerminationCause.ServerTimeout, TerminationPhase.Headers);
        return AnswerStep.OrFinish(session, 504);
    }

    private static bool HasWholeResponse(Session session, HttpExchange http, out ulong data)
    {
        HttpMessage response = http.Response;
        ReadOnlySpan<byte> body = new(response.Block + response.HeadBytes, session.Response.Held - response.HeadBytes);
        return BodyEnd.Look(response, body, out data) != BodyPresence.Partial;
    }

    /// <summary>False when no more fits beside what rules have added.</summary>
    public static bool Receive(Session session, HttpMessage message)
    {
        EventLoop loop = session.Loop;
        Connection server = session.ServerSide;
        Channel response = session.Response;
        while (server.IsReadable && !response.IsSourceDone)
        {
            int room = int.Min(response.Room(loop.Buffers), HttpBlock.RoomForBody(session, message) - response.BlockLength);
            if (room <= 0) return false;
            int received = loop.Kernel.Receive(server.Descriptor, response.RoomStart, room);
            if (received > 0)
            {
                response.Appended(received);
                response.Hold(received);
                response.BytesIn += received;
                message.Used = response.BlockLength;
                server.Received(loop);
                if (received < room && !server.IsPeerClosed) server.IsReadable = false;
            }
            else if (received == 0)
            {
                response.FinReceived();
            }
            else if (received == -(int)KernelError.WouldBlock)
            {
                server.IsReadable = false;
            }
            else if (received != -(int)KernelError.Interrupted)
            {
                // The kernel tells an error once, and an end from then on, which would pass for the body's.
                response.IsSourceDone = true;
            }
        }

        return HttpBlock.RoomForBody(session, message) > response.BlockLength;
    }
}
