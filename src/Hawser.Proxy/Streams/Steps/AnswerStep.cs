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

/// <summary>Step 6 in mode http when the answer is ours: an error, a redirection, a page.</summary>
internal static unsafe class AnswerStep
{
    /// <summary>What a session does that cannot go on: in mode http its client is told a status.</summary>
    public static SessionPhase OrFinish(Session session, int status, bool resetsServer = true)
    {
        if (session.Http is null) return SessionPhase.Finish;
        if (status is 400 or 408) session.Http.KeepsClient = false;
        return HttpAnswers.TryBeginError(session, status) ? Begin(session, resetsServer) : SessionPhase.Finish;
    }

    /// <summary>An answer has been begun: nothing more is expected of a server.</summary>
    public static SessionPhase Begin(Session session, bool resetsServer = true)
    {
        HttpExchange http = session.Http!;
        session.PhaseDeadline = Instant.Never;
        // A connection that only this client uses stays for its next request.
        if (!ServerReuse.TryGiveBeforeAnswer(session) && (session.AttachedServer is null || !session.ConnectedAt.IsNever))
            ServerReuse.DropAttached(session, resetsServer);
        FinishStep.LeaveQueue(session);
        FinishStep.ReleaseSlot(session);
        http.KeepsServer = false;
        DropRequest(session, http);
        return SessionPhase.Answer;
    }

    public static SessionPhase Run(Session session)
    {
        HttpExchange http = session.Http!;
        if (http.IsSilent)
        {
            http.KeepsClient = false;
            return SessionPhase.EndExchange;
        }

        if (!http.IsResponseHeadSent && !SendHead(session, http)) return Broken(session);
        Channel response = session.Response;
        Connection client = session.ClientSide;
        while (true)
        {
            if (response.Pending > 0)
            {
                if (!client.IsWritable) return Waits(session);
                if (ForwardStep.Flush(session, response, client, moreFollows: false) < 0) return Broken(session);
                if (response.Pending > 0) return Waits(session);
            }

            int left = http.AnswerBody.Length - http.AnswerBodySent;
            if (left == 0 && http.ServiceCall is { } call)
            {
                if (ServiceStep.TryNext(session, http, call)) continue;
                return call.Work!.IsEndless && client.IsPeerClosed ? Broken(session) : Waits(session);
            }

            if (left == 0) return DrainRequest(session, http);
            if (!client.IsWritable) return Waits(session);
            if (response.Limit is null)
            {
                if (!SendBody(session, http, response, client)) return Broken(session);
                continue;
            }

            // What the client does not take at once needs a block.
            if (!session.Loop.Buffers.HasRoomFor(response.IsUrgent))
            {
                session.Loop.WaitForBuffer(session);
                return SessionPhase.Answer;
            }

            int length = int.Min(left, session.Loop.Buffers.BlockBytes);
            http.AnswerBody.Span.Slice(http.AnswerBodySent, length)
                .CopyTo(new Span<byte>(session.Loop.Buffers.Scratch, length));
            Count(http, response, length);
            if (!HeadSender.TrySend(session.Loop, response, length, held: 0, client, moreFollows: false)) return Broken(session);
        }
    }

    /// <summary>Straight from where it lies, as much as the client takes: what it does not take stays there.</summary>
    private static bool SendBody(Session session, HttpExchange http, Channel response, Connection client)
    {
        EventLoop loop = session.Loop;
        ReadOnlySpan<byte> left = http.AnswerBody.Span[http.AnswerBodySent..];
        client.HoldsBack = false;
        int sent;
        fixed (byte* bytes = left) sent = loop.Kernel.Send(client.Descriptor, bytes, left.Length, more: false);
        if (sent < 0 && sent != -(int)KernelError.WouldBlock) return false;
        if (sent > 0)
        {
            Count(http, response, sent);
            response.BytesOut += sent;
            client.Sent(loop);
            // It goes on: the time of a client that takes nothing begins anew.
            client.BlockedSince = Instant.Never;
        }

        if (sent < left.Length) client.Blocked(loop);
        return true;
    }

    /// <summary>A service's bytes count as those of a server.</summary>
    private static void Count(HttpExchange http, Channel response, int length)
    {
        http.AnswerBodySent += length;
        if (http.ServiceName is null) response.Rewritten += length;
        else response.BytesIn += length;
    }

    private static bool SendHead(Session session, HttpExchange http)
    {
        HttpMessage message = http.Response;
        bool isEarly = !http.IsRequestHeadComplete;
        if (!isEarly && !HttpRulesStep.RunAfterResponse(session) && !TryFail(session, http)) return false;
        if (!RuledFields.TrySettle(message, out bool closes)) return false;
        if (closes || (message.Connection & ConnectionOptions.Close) != 0 || message.Framing == BodyFraming.UntilClose)
            http.KeepsClient = false;
        if (!isEarly) ConnectionFields.Strip(message);
        if (http.IsHeadWanted || message.Framing == BodyFraming.None)
        {
            http.AnswerBody = default;
            http.DropService();
        }

        BodyFilter none = default;
        none.Ended();
        http.IsResponseHeadSent = true;
        return ResponseHead.TrySend(session, http, ref none);
    }

    /// <summary>A rewriting of "http-after-response" has failed: the answer is an error instead, which passes no rules.</summary>
    private static bool TryFail(Session session, HttpExchange http)
    {
        session.End(TerminationCause.Proxy, TerminationPhase.Headers);
        http.SkipsAfterRules = true;
        http.DropService();
        return HttpAnswers.TryBeginError(session, 500);
    }

    /// <summary>The client may still close, or break.</summary>
    private static SessionPhase Waits(Session session)
    {
        if (!session.ClientSide.HasError) return SessionPhase.Answer;
        return Broken(session);
    }

    private static SessionPhase Broken(Session session)
    {
        session.End(TerminationCause.ClientAbort, TerminationPhase.Data);
        session.IsAborted = true;
        return SessionPhase.Finish;
    }

    /// <summary>
    /// The request is not passed on. What is behind it in the block belongs to the next one; when more of it is still to
    /// come, the connection cannot be used again.
    /// </summary>
    private static void DropRequest(Session session, HttpExchange http)
    {
        Channel request = session.Request;
        if (!http.IsRequestHeadComplete)
        {
            http.KeepsClient = false;
            return;
        }

        if (!http.IsRequestHeadSent)
        {
            Span<byte> behind = new(http.Request.Block + http.Request.HeadBytes, request.Held - http.Request.HeadBytes);
            http.RequestBody.Pass(behind, out int taken, out _);
            int dropped = http.Request.HeadBytes + taken;
            if (http.RequestBody.TryEndPlainly(behind[taken..])) dropped += 2;
            request.DropHeld(dropped, session.Loop.Buffers);
            if (http.ServiceName is not null)
            {
                // A service has it, as a server would.
                request.Rewritten += dropped;
                request.BytesOut += dropped;
            }

            http.IsRequestHeadSent = true;
        }

        // A part of it is on its way to a server, or its sender waits for a word that does not come. Or a part is here that
        // is out of order, or the beginning of trailers: it would be taken for the next request.
        bool isUncertain = request.Pending > 0 || request.Held > 0 || http.Request.Find(FieldName.Expect) >= 0;
        if (!http.RequestBody.IsDone && isUncertain) http.KeepsClient = false;
        // All of it is here, and its server has not taken all: the next request would go out behind the rest.
        if (!http.RequestBody.IsDone) return;
        if (request.PipeBytes > 0) http.KeepsClient = false;
        else if (request.SendLength > 0) request.DropPending(session.Loop.Buffers);
    }

    /// <summary>The answer is out; what the client still sends of its request is thrown away, so that the next one is found.</summary>
    private static SessionPhase DrainRequest(Session session, HttpExchange http)
    {
        // A client that was silent too long while its server was sought is not read any more, nor timed.
        if (!http.KeepsClient || http.RequestBody.IsDone || session.Request.IsSourceDone) return SessionPhase.EndExchange;
        SessionLog.LearnAddresses(session);
        SessionLog.AtEnd(session);
        Connection client = session.ClientSide;
        Channel request = session.Request;
        EventLoop loop = session.Loop;
        while (client.IsReadable)
        {
            if (!request.TryBeginRead(loop, session.ReadsPerTurn))
            {
                loop.Schedule(session);
                break;
            }

            // The next request may come with it, and needs a block.
            if (!loop.Buffers.HasRoom)
            {
                loop.WaitForBuffer(session);
                break;
            }

            // Of the next request no more than leaves its rules their room.
            int room = http.RequestBody.ReadLimit(HeadIntake.Maximum(session));
            int received = loop.Kernel.Receive(client.Descriptor, loop.Buffers.Scratch, room);
            if (received == -(int)KernelError.WouldBlock)
            {
                client.IsReadable = false;
                break;
            }

            if (received == -(int)KernelError.Interrupted) continue;
            if (received <= 0)
            {
                request.IsSourceDone = true;
                return SessionPhase.EndExchange;
            }

            client.Received(loop);
            request.BytesIn += received;
            Span<byte> bytes = new(loop.Buffers.Scratch, received);
            BodyStep step = http.RequestBody.Pass(bytes, out int taken, out _);
            if (http.RequestBody.TryEndPlainly(bytes[taken..])) taken += 2;
            request.Rewritten -= taken;
            if (step == BodyStep.Invalid || (!http.RequestBody.IsDone && taken < received))
            {
                // Out of order, or with trailers: not worth the connection.
                request.Rewritten -= received - taken;
                http.KeepsClient = false;
                return SessionPhase.EndExchange;
            }

            if (http.RequestBody.IsDone)
            {
                if (taken < received)
                {
                    request.Keep(loop.Buffers, loop.Buffers.Scratch + taken, received - taken);
                    request.Hold(received - taken);
                }

                return SessionPhase.EndExchange;
            }
        }

        return SessionPhase.Answer;
    }
}
