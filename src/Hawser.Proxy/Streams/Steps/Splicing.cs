using Hawser.Io.Kernels;
using Hawser.Proxy.Connections;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// Large transfers go through a kernel pipe and never enter user space. A direction begins to splice when its reads
/// fill the scratch block twice in a row, and stops when little comes per call: then copying is cheaper.
/// </summary>
internal static class Splicing
{
    /// <summary>Below this, two splice calls cost more than a receive and a send (bench: "tcp, 1 MiB").</summary>
    private const int WorthBytes = 8 * 1024;

    /// <summary>A body of which so much is still to come is spliced at once, one with less is copied.</summary>
    private const ulong AnnouncedBytes = 128 * 1024;

    private const int SmallReadsToEnd = 8;

    /// <param name="session">The session.</param>
    /// <param name="channel">The direction.</param>
    /// <param name="announced">Bytes that are known to come; 0 when nothing is known.</param>
    public static bool IsWorth(Session session, Channel channel, ulong announced = 0)
    {
        if (channel.Pipe.IsOpen)
        {
            if (channel.SmallSplices < SmallReadsToEnd && channel.Limit is null)
                return true;
            Stop(session, channel);
            return false;
        }

        if (channel.Limit is not null || !session.MaySplice) return false;
        bool isBulk = announced == 0
            ? channel.IsBulk
            : announced >= AnnouncedBytes && (channel.IsBulk || channel.SmallSplices == 0);
        if (!isBulk || !channel.TryOpenPipe(session.Home.Pipes)) return false;
        channel.SmallSplices = 0;
        return true;
    }

    /// <summary>Socket to pipe; the pipe is empty. As <see cref="Kernel.Receive"/>.</summary>
    public static int Receive(Session session, Channel channel, Connection source) =>
        Receive(session, channel, source, session.Home.Pipes.CapacityBytes);

    /// <inheritdoc cref="Receive(Session, Channel, Connection)"/>
    public static int Receive(Session session, Channel channel, Connection source, int maximum)
    {
        int received = session.Loop.Kernel.Splice(source.Descriptor, channel.Pipe.WriteEnd, maximum, more: false);
        if (received > 0)
        {
            channel.BytesIn += received;
            channel.PipeBytes += received;
            channel.SmallSplices = received < WorthBytes ? channel.SmallSplices + 1 : 0;
        }
        else if (received == -(int)KernelError.InvalidArgument)
        {
            // Not a socket that can be spliced: copy from now on.
            Stop(session, channel);
            session.MaySplice = false;
            return -(int)KernelError.Interrupted;
        }

        return received;
    }

    /// <summary>Pipe to socket. As <see cref="Kernel.Send"/>.</summary>
    /// <param name="session">The session.</param>
    /// <param name="channel">The direction.</param>
    /// <param name="sink">Takes it.</param>
    /// <param name="moreFollows">More is read and sent in the same turn.</param>
    public static int Send(Session session, Channel channel, Connection sink, bool moreFollows)
    {
        int length = channel.Limit is { } limit
            ? BandwidthLimit.Room(limit, session.Loop.Now, channel.PipeBytes)
            : channel.PipeBytes;
        int sent = session.Loop.Kernel.Splice(channel.Pipe.ReadEnd, sink.Descriptor, length, moreFollows);
        if (sent > 0)
        {
            BandwidthLimit.Use(channel.Limit, session.Loop.Now, sent);
            channel.PipeBytes -= sent;
            channel.BytesOut += sent;
        }

        return sent;
    }

    private static void Stop(Session session, Channel channel)
    {
        channel.ClosePipe(session.Home.Pipes);
        channel.FullReads = 0;
    }
}
