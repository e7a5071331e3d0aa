using Hawser.Io.Kernels;
using Hawser.Proxy.Connections;

namespace Hawser.Proxy.Streams.Steps;

internal enum ClientState
{
    Waits,

    /// <summary>Closed without having sent anything that is still to be delivered: nobody waits for an answer.</summary>
    GaveUp,

    /// <summary>Reset its connection.</summary>
    Failed,
}

/// <summary>
/// Reads ahead from the client while there is no server yet, up to one block: so its abort is seen at once, and its
/// data is not refused with a reset when there never is a server.
/// </summary>
internal static unsafe class ClientIntake
{
    public static ClientState Run(Session session)
    {
        if (session.Http is not null)
            return HttpIntake.Run(session);
        Connection client = session.ClientSide;
        Channel request = session.Request;
        while (client.IsReadable && !request.IsSourceDone)
        {
            int room = request.Room(session.Loop.Buffers);
            if (room == 0)
            {
                // A full block is as far as it reads ahead; no block at all is a matter of time.
                if (request.BlockLength == 0)
                    session.Loop.WaitForBuffer(session);
                break;
            }

            int received = session.Loop.Kernel.Receive(client.Descriptor, request.RoomStart, room);
            if (received > 0)
            {
                request.Appended(received);
                request.BytesIn += received;
                client.LastActivity = session.Loop.Now;
                if (received < room && !client.IsPeerClosed)
                    client.IsReadable = false;
            }
            else if (received == 0)
            {
                request.FinReceived();
            }
            else if (received == -(int)KernelError.WouldBlock)
            {
                client.IsReadable = false;
            }
            else
            {
                request.IsSourceDone = true;
                return ClientState.Failed;
            }
        }

        request.ReturnIfEmpty(session.Loop.Buffers);
        return request.IsSourceDone && !request.IsSourceCut && request.Pending == 0
            ? ClientState.GaveUp
            : ClientState.Waits;
    }
}
