using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Proxy.Connections;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>What one look for more of a head has found.</summary>
internal enum HeadRead : byte
{
    /// <summary>Nothing for now; who waits for a block will be called.</summary>
    Waits,

    /// <summary>There is more in the channel, held.</summary>
    Received,

    /// <summary>The source has closed its side.</summary>
    Closed,

    /// <summary>Its connection is broken.</summary>
    Failed,
}

/// <summary>Within steps 2 and 6 in mode http: reads a message's head into its block, of either side.</summary>
internal static unsafe class HeadIntake
{
    public static HeadRead Receive(Session session, Channel channel, Connection source)
    {
        EventLoop loop = session.Loop;
        while (source.IsReadable)
        {
            int room = int.Min(channel.Room(loop.Buffers), Maximum(session) - channel.Held);
            if (room <= 0)
            {
                loop.WaitForBuffer(session);
                return HeadRead.Waits;
            }

            int received = loop.Kernel.Receive(source.Descriptor, channel.RoomStart, room);
            if (received > 0)
            {
                channel.Appended(received);
                channel.Hold(received);
                channel.BytesIn += received;
                source.Received(loop);
                if (received < room && !source.IsPeerClosed) source.IsReadable = false;
                return HeadRead.Received;
            }

            if (received == 0)
            {
                channel.FinReceived();
                return HeadRead.Closed;
            }

            if (received == -(int)KernelError.WouldBlock)
            {
                source.IsReadable = false;
            }
            else if (received != -(int)KernelError.Interrupted)
            {
                channel.IsSourceDone = true;
                return HeadRead.Failed;
            }
        }

        return HeadRead.Waits;
    }

    /// <summary>The longest head, in bytes: "tune.bufsize" less "tune.maxrewrite".</summary>
    public static int Maximum(Session session) =>
        session.Loop.Buffers.BlockBytes - session.Home.Exchanges.RewriteBytes;
}
