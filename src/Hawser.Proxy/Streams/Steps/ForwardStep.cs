using Hawser.Base.Time;
using Hawser.Io.Buffers;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Connections;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// Step 6: bytes both ways. The short way is receive into the loop's scratch block, send at once, keep nothing; what
/// the sink does not take waits in the channel, and then the source is not read. A side's FIN is passed on when all
/// it sent before has been. The session ends when both directions have.
/// </summary>
internal static unsafe class ForwardStep
{
    private enum Flow
    {
        /// <summary>Nothing more to do until a descriptor is ready.</summary>
        Waits,

        /// <summary>There is more, but others are served first.</summary>
        Yields,

        SourceFailed,
        SinkFailed,
    }

    public static SessionPhase Run(Session session)
    {
        Flow request = Pump(session, session.Request, session.ClientSide, session.ServerSide);
        if (request == Flow.SourceFailed)
            ClientFailed(session);
        else if (request == Flow.SinkFailed)
            ServerFailed(session);

        if (session.AwaitsResponseRules && !ResponseRulesStep.Run(session))
        {
            if (request == Flow.Yields)
                session.Loop.Schedule(session);
            return session.Phase;
        }

        Flow response = Pump(session, session.Response, session.ServerSide, session.ClientSide);
        if (response == Flow.SourceFailed)
            ServerFailed(session);
        else if (response == Flow.SinkFailed)
            ClientFailed(session);

        if (session.Request.IsDone && session.Response.IsDone)
            return SessionPhase.Finish;
        if (request == Flow.Yields || response == Flow.Yields)
            session.Loop.Schedule(session);
        return SessionPhase.Forward;
    }

    private static Flow Pump(Session session, Channel channel, Connection source, Connection sink)
    {
        Flow flow = PumpUntilIdle(session, channel, source, sink);
        if (sink.HoldsBack)
            sink.Push(session.Loop);
        return flow;
    }

    private static Flow PumpUntilIdle(Session session, Channel channel, Connection source, Connection sink)
    {
        EventLoop loop = session.Loop;
        channel.HeldBackUntil = Instant.Never;
        while (!channel.IsSinkDone)
        {
            if (channel.Pending > 0)
            {
                if (!sink.IsWritable)
                    return Flow.Waits;
                int sent = Flush(session, channel, sink, source.IsReadable && !channel.IsSourceDone);
                if (sent < 0)
                    return Flow.SinkFailed;
                if (channel.Pending > 0)
                    return Flow.Waits;
            }

            if (channel.IsSourceDone)
            {
                PassFinOn(session, channel, sink);
                return Flow.Waits;
            }

            if (!source.IsReadable)
                return Flow.Waits;
            if (channel.Limit is not null && IsHeldBack(channel, loop, loop.Buffers.BlockBytes))
                return Flow.Waits;
            if (!channel.TryBeginRead(loop, session.ReadsPerTurn))
                return Flow.Yields;
            if (!loop.Buffers.HasRoom)
            {
                loop.WaitForBuffer(session);
                return Flow.Waits;
            }

            int received = Splicing.IsWorth(session, channel)
                ? Splicing.Receive(session, channel, source)
                : ReceiveAndSend(session, channel, source, sink);
            if (received == 0)
                channel.FinReceived();
            else if (received == -(int)KernelError.WouldBlock)
                source.IsReadable = false;
            else if (received == -(int)KernelError.Interrupted)
                continue;
            else if (received < 0)
                return channel.IsSinkDone ? Flow.SinkFailed : Flow.SourceFailed;
            else
                source.Received(loop);
        }

        return Flow.Waits;
    }

    /// <summary>The common way. Returns what was received; a failed send marks the sink done.</summary>
    private static int ReceiveAndSend(Session session, Channel channel, Connection source, Connection sink)
    {
        EventLoop loop = session.Loop;
        BufferPool buffers = loop.Buffers;
        byte* scratch = buffers.Scratch;
        bool isBulk = channel.Limit is null && channel.IsBulk && sink.IsWritable && buffers.HasLargeRoom;
        int room = isBulk ? buffers.LargeBytes : buffers.BlockBytes;
        if (channel.Limit is { } limit)
            room = BandwidthLimit.Room(limit, loop.Now, room);
        int received = loop.Kernel.Receive(source.Descriptor, scratch, room);
        if (received <= 0)
            return received;
        channel.BytesIn += received;
        channel.FullReads = received < buffers.BlockBytes ? 0 : channel.FullReads + 1;
        // A short read: the queue was empty, what comes later is announced. Unless a FIN is waiting behind it.
        if (received < room && !source.IsPeerClosed)
            source.IsReadable = false;

        int sent = 0;
        if (sink.IsWritable)
        {
            // A bulk transfer that has filled the block: more is there, and whole segments are cheaper.
            sink.HoldsBack = received == room && channel.IsBulk;
            sent = loop.Kernel.Send(sink.Descriptor, scratch, received, sink.HoldsBack);
        }

        if (sent < 0)
        {
            if (sent != -(int)KernelError.WouldBlock)
            {
                channel.Keep(buffers, scratch, received);
                channel.IsSinkDone = true;
                return sent;
            }

            sent = 0;
        }

        channel.BytesOut += sent;
        BandwidthLimit.Use(channel.Limit, loop.Now, sent);
        if (sent > 0)
            sink.Sent(loop);
        if (sent < received)
        {
            channel.Keep(buffers, scratch + sent, received - sent);
            sink.Blocked(loop);
        }

        return received;
    }

    /// <summary>Sends what the channel holds, block first. Negative: the sink failed.</summary>
    /// <param name="session">The session.</param>
    /// <param name="channel">The direction.</param>
    /// <param name="sink">Takes it; whoever promises more pushes before waiting (<see cref="Connection.Push"/>).</param>
    /// <param name="moreFollows">The source has not run dry: more is read and sent in the same turn.</param>
    internal static int Flush(Session session, Channel channel, Connection sink, bool moreFollows)
    {
        EventLoop loop = session.Loop;
        while (channel.SendLength > 0)
        {
            int length = channel.SendLength;
            if (channel.Limit is { } limit)
            {
                length = BandwidthLimit.Room(limit, loop.Now, length);
                if (length == 0)
                    break;
            }

            sink.HoldsBack = moreFollows || channel.PipeBytes > 0;
            int sent = loop.Kernel.Send(sink.Descriptor, channel.BlockData, length, sink.HoldsBack);
            if (sent == -(int)KernelError.WouldBlock)
            {
                sink.Blocked(loop);
                return 0;
            }

            if (sent < 0)
                return sent;
            channel.BytesOut += sent;
            BandwidthLimit.Use(channel.Limit, loop.Now, sent);
            channel.Consumed(sent, loop.Buffers);
            Progress(loop, sink);
        }

        if (channel.Limit is not null && channel.Pending > 0 && IsHeldBack(channel, loop, channel.Pending))
        {
            // Its own limit keeps it, not the sink.
            sink.BlockedSince = Instant.Never;
            return 0;
        }

        if (channel.PipeBytes > 0)
        {
            sink.HoldsBack = moreFollows;
            int sent = Splicing.Send(session, channel, sink, moreFollows);
            if (sent == -(int)KernelError.WouldBlock)
            {
                sink.Blocked(loop);
                return 0;
            }

            if (sent < 0)
                return sent;
            Progress(loop, sink);
            if (channel.PipeBytes > 0)
            {
                sink.Blocked(loop);
                return 0;
            }
        }

        sink.BlockedSince = Instant.Never;
        return 0;
    }

    /// <summary>Notes when the limit will let something through, if it lets nothing through now.</summary>
    internal static bool IsHeldBack(Channel channel, EventLoop loop, int wanted)
    {
        if (BandwidthLimit.Room(channel.Limit, loop.Now, wanted) > 0)
            return false;
        channel.HeldBackUntil = BandwidthLimit.RoomAt(channel.Limit!, loop.Now, wanted);
        return true;
    }

    private static void PassFinOn(Session session, Channel channel, Connection sink)
    {
        channel.IsSinkDone = true;
        if (sink == session.ServerSide && session.Backend!.Config.Options.NoLinger && !session.Response.IsFinReceived)
        {
            // "option nolinger": the server is told by a reset, and nothing more is expected of it.
            session.IsAborted = true;
            Timeouts.Cut(session, session.Response, session.ServerSide);
            session.Response.IsSinkDone = true;
            return;
        }

        if (sink == session.ClientSide && session.IsClientReset)
        {
            session.IsAborted = true;
            return;
        }

        sink.ShutdownSend(session.Loop);
        if (session.Home.Debug is not { } debug)
            return;
        if (sink == session.ServerSide)
            debug.ServerClosed(session);
        else
            debug.ClientClosed(session);
    }

    /// <summary>The client's connection broke: nothing can reach it, the server is let go.</summary>
    private static void ClientFailed(Session session)
    {
        session.End(TerminationCause.ClientAbort, TerminationPhase.Data);
        SideFailed(session, session.Request, session.ClientSide, session.Response, session.ServerSide);
    }

    private static void ServerFailed(Session session)
    {
        session.End(TerminationCause.ServerAbort, TerminationPhase.Data);
        SideFailed(session, session.Response, session.ServerSide, session.Request, session.ClientSide);
    }

    /// <summary>
    /// What the broken side sent before is still delivered; what was on its way to it is lost, and its peer is no
    /// longer read.
    /// </summary>
    private static void SideFailed(
        Session session, Channel fromBroken, Connection broken, Channel toBroken, Connection peer)
    {
        session.IsAborted = true;
        fromBroken.IsSourceDone = true;
        Timeouts.Cut(session, toBroken, peer);
        toBroken.IsSinkDone = true;
        broken.BlockedSince = Instant.Never;
        if (fromBroken.Pending == 0)
            fromBroken.IsSinkDone = true;
    }

    /// <summary>A blocked send went on: its time begins anew.</summary>
    private static void Progress(EventLoop loop, Connection sink)
    {
        sink.BlockedSince = loop.Now;
        sink.Sent(loop);
    }
}
