using System;
using Hawser.Base.Time;
using Hawser.Io.Buffers;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>How far one direction of an exchange has come.</summary>
internal enum BodyFlow : byte
{
    /// <summary>Nothing more to do until a descriptor is ready.</summary>
    Waits,

    /// <summary>There is more, but others are served first.</summary>
    Yields,

    /// <summary>The message is through, and the sink's kernel has all of it.</summary>
    Done,

    /// <summary>The source closed in the middle of it.</summary>
    Truncated,

    /// <summary>Its chunks are not in order.</summary>
    Invalid,
    SourceFailed,
    SinkFailed,
}

/// <summary>
/// Within step 6 in mode http: one message's body from one side to the other, as <see cref="ForwardStep"/> does it, but
/// to the message's end and no further.
/// </summary>
internal static unsafe class BodyPump
{
    /// <summary>Trailers must fit into this.</summary>
    private const int TrailerBytesMaximum = 8192;

    public static BodyFlow Run(Session session, Channel channel, ref BodyFilter body, Connection source, Connection sink)
    {
        BodyFlow flow = Pump(session, channel, ref body, source, sink);
        if (sink.HoldsBack) sink.Push(session.Loop);
        return flow;
    }

    private static BodyFlow Pump(Session session, Channel channel, ref BodyFilter body, Connection source, Connection sink)
    {
        EventLoop loop = session.Loop;
        channel.HeldBackUntil = Instant.Never;
        while (true)
        {
            if (channel.Pending > 0)
            {
                if (!sink.IsWritable) return BodyFlow.Waits;
                bool moreFollows = source.IsReadable && !body.IsDone && !channel.IsSourceDone && !IsNoDelay(session);
                if (ForwardStep.Flush(session, channel, sink, moreFollows) < 0) return BodyFlow.SinkFailed;
                if (channel.Pending > 0) return BodyFlow.Waits;
            }

            if (body.IsDone)
            {
                if (channel.Pipe.IsOpen) channel.ClosePipe(session.Home.Pipes);
                return BodyFlow.Done;
            }

            if (channel.Held > 0)
            {
                BodyStep step = PassHeld(session, channel, ref body);
                if (step == BodyStep.Invalid) return BodyFlow.Invalid;
                if (channel.Pending > 0 || body.IsDone) continue;
            }

            if (channel.IsSourceDone)
            {
                if (body.Framing != BodyFraming.UntilClose || channel.IsSourceCut || !channel.IsFinReceived) return BodyFlow.Truncated;
                body.Ended();
                continue;
            }

            if (!source.IsReadable) return BodyFlow.Waits;
            if (channel.Limit is not null && ForwardStep.IsHeldBack(channel, loop, loop.Buffers.BlockBytes)) return BodyFlow.Waits;
            if (!channel.TryBeginRead(loop, session.ReadsPerTurn)) return BodyFlow.Yields;
            if (!loop.Buffers.HasRoomFor(channel.IsUrgent))
            {
                loop.WaitForBuffer(session);
                return BodyFlow.Waits;
            }

            int received = body.IsInTrailers ? ReceiveTrailers(session, channel, ref body, source)
                : body.IsPlain && Splicing.IsWorth(session, channel, body.Left) ? Splice(session, channel, ref body, source)
                : ReceiveAndSend(session, channel, ref body, source, sink);
            if (received == 0) channel.FinReceived();
            else if (received == -(int)KernelError.WouldBlock) source.IsReadable = false;
            else if (received == -(int)KernelError.Interrupted) continue;
            else if (received == s_invalid) return BodyFlow.Invalid;
            else if (received < 0) return channel.IsSinkDone ? BodyFlow.SinkFailed : BodyFlow.SourceFailed;
            else source.Received(loop);
        }
    }

    private const int s_invalid = int.MinValue;

    private static int Splice(Session session, Channel channel, ref BodyFilter body, Connection source)
    {
        int received = Splicing.Receive(session, channel, source, body.ReadLimit(session.Home.Pipes.CapacityBytes));
        if (received > 0) body.Passed(received);
        return received;
    }

    /// <summary>The common way: into the scratch block, through the filter, and out.</summary>
    private static int ReceiveAndSend(Session session, Channel channel, ref BodyFilter body, Connection source, Connection sink)
    {
        EventLoop loop = session.Loop;
        BufferPool buffers = loop.Buffers;
        bool isBulk = (channel.IsBulk || body.Left > (ulong)buffers.BlockBytes)
            && channel.Limit is null && body.IsPlain && sink.IsWritable && buffers.HasLargeRoom;
        int room = body.ReadLimit(isBulk ? buffers.LargeBytes : buffers.BlockBytes);
        // The next request may come behind chunks, and is kept: no more of it than leaves its rules their room.
        if (!body.IsPlain && channel == session.Request) room = int.Min(room, HeadIntake.Maximum(session));
        if (channel.Limit is { } limit) room = BandwidthLimit.Room(limit, loop.Now, room);
        int received = loop.Kernel.Receive(source.Descriptor, buffers.Scratch, room);
        if (received <= 0) return received;
        channel.BytesIn += received;
        channel.FullReads = received < buffers.BlockBytes ? 0 : channel.FullReads + 1;
        if (received < room && !source.IsPeerClosed) source.IsReadable = false;

        BodyStep step = body.Pass(new Span<byte>(buffers.Scratch, received), out int taken, out int kept);
        if (step == BodyStep.Invalid)
        {
            // None of it goes on: it stays, for the ledger.
            FaultCapture.Body(session, channel == session.Request, new ReadOnlySpan<byte>(buffers.Scratch, received), body.Fault);
            channel.Keep(buffers, buffers.Scratch, received);
            return s_invalid;
        }

        int held = received - taken;
        byte* rest = buffers.Scratch + taken;
        if (body.TryEndPlainly(new ReadOnlySpan<byte>(rest, held)))
        {
            rest += 2;
            held -= 2;
            taken += 2;
            buffers.Scratch[kept++] = (byte)'\r';
            buffers.Scratch[kept++] = (byte)'\n';
        }

        channel.Rewritten -= taken - kept;
        if (held > 0 && rest != buffers.Scratch + kept) Buffer.MemoryCopy(rest, buffers.Scratch + kept, held, held);
        int sent = 0;
        if (sink.IsWritable && kept > 0)
        {
            sink.HoldsBack = received == room && !body.IsDone && held == 0 && !IsNoDelay(session);
            sent = loop.Kernel.Send(sink.Descriptor, buffers.Scratch, kept, sink.HoldsBack);
        }

        if (sent < 0)
        {
            if (sent != -(int)KernelError.WouldBlock)
            {
                channel.Keep(buffers, buffers.Scratch, kept + held);
                channel.Hold(held);
                channel.IsSinkDone = true;
                return sent;
            }

            sent = 0;
        }

        channel.BytesOut += sent;
        BandwidthLimit.Use(channel.Limit, loop.Now, sent);
        if (sent > 0) sink.Sent(loop);
        if (kept + held > sent)
        {
            channel.Keep(buffers, buffers.Scratch + sent, kept + held - sent);
            channel.Hold(held);
        }

        if (sent < kept) sink.Blocked(loop);
        return received;
    }

    /// <summary>"option http-no-delay": small segments rather than a wait for what fills them.</summary>
    internal static bool IsNoDelay(Session session) => session.FrontendHttp!.NoDelay || session.BackendHttp!.NoDelay;

    /// <summary>Trailer fields are looked at in one piece.</summary>
    private static int ReceiveTrailers(Session session, Channel channel, ref BodyFilter body, Connection source)
    {
        EventLoop loop = session.Loop;
        channel.Compact();
        int room = int.Min(channel.Room(loop.Buffers), TrailerBytesMaximum - channel.Held);
        if (room <= 0)
        {
            body.TrailersBroken(channel.Held);
            Broken(session, channel, new ReadOnlySpan<byte>(channel.BlockData, channel.Held), body);
            return s_invalid;
        }

        int received = loop.Kernel.Receive(source.Descriptor, channel.RoomStart, room);
        if (received <= 0)
        {
            channel.ReturnIfEmpty(loop.Buffers);
            return received;
        }

        channel.Appended(received);
        channel.Hold(received);
        channel.BytesIn += received;
        if (received < room && !source.IsPeerClosed) source.IsReadable = false;
        return received;
    }

    private static BodyStep Broken(Session session, Channel channel, ReadOnlySpan<byte> held, in BodyFilter body)
    {
        FaultCapture.Body(session, channel == session.Request, held, body.Fault);
        return BodyStep.Invalid;
    }

    /// <summary>What lies in the block behind what was sent: the rest of a head's block, or trailer fields.</summary>
    private static BodyStep PassHeld(Session session, Channel channel, ref BodyFilter body)
    {
        Span<byte> held = new(channel.BlockData, channel.Held);
        if (!body.IsInTrailers)
        {
            BodyStep step = body.Pass(held, out int taken, out int kept);
            if (step == BodyStep.Invalid) return Broken(session, channel, held, body);
            channel.LetGo(taken, kept);
            if (!body.IsInTrailers || channel.Pending > 0) return step;
            held = new Span<byte>(channel.BlockData, channel.Held);
        }

        int length = Trailers.Length(held, out int trailerBytes, out int wrongAt);
        if (length < 0)
        {
            body.TrailersBroken(wrongAt);
            return Broken(session, channel, held, body);
        }

        if (length == 0) return BodyStep.NeedMore;
        if (body.DropsTrailers)
        {
            held[0] = (byte)'\r';
            held[1] = (byte)'\n';
        }

        HeaderCases? cases = channel == session.Request ? session.BackendHttp?.ServerCases : session.FrontendHttp?.ClientCases;
        cases?.Apply(held[..length]);
        body.Ended(trailerBytes);
        channel.LetGo(length, body.DropsTrailers ? 2 : length);
        return BodyStep.Done;
    }
}
