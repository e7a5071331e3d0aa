using System;
using Hawser.Io.Kernels;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// <see cref="ClientIntake"/> of mode http: reads more of the request's body into the block of its head, in front of
/// what rules have added there. Of the next request nothing is read before its turn.
/// </summary>
internal static unsafe class HttpIntake
{
    /// <summary>All of the request is in the block.</summary>
    public static bool HasWholeRequest(Session session) => HasWholeRequest(session, out _);

    /// <param name="data">Bytes of its content that are there.</param>
    public static bool HasWholeRequest(Session session, out ulong data)
    {
        HttpExchange http = session.Http!;
        data = 0;
        if (http.RequestBody.IsDone) return true;
        ReadOnlySpan<byte> body = new(http.Request.Block + http.Request.HeadBytes, session.Request.Held - http.Request.HeadBytes);
        return BodyEnd.IsIn(http.Request, body, out data);
    }

    /// <summary>What the block takes beside what is in it, and beside what rules may still add ("tune.maxrewrite").</summary>
    public static int Room(Session session)
    {
        int room = session.Request.Room(session.Loop.Buffers);
        int end = int.Min(session.Http!.Request.ArenaStart, HeadIntake.Maximum(session));
        return int.Max(0, int.Min(room, end - session.Request.BlockLength));
    }

    public static ClientState Run(Session session)
    {
        Connection client = session.ClientSide;
        Channel request = session.Request;
        while (client.IsReadable && !request.IsSourceDone)
        {
            // A client that has closed is heard of although nothing more is wanted of it.
            if (HasWholeRequest(session) && !client.IsPeerClosed) break;
            int room = Room(session);
            if (room == 0) break;
            int received = session.Loop.Kernel.Receive(client.Descriptor, request.RoomStart, room);
            if (received > 0)
            {
                request.Appended(received);
                request.Hold(received);
                request.BytesIn += received;
                session.Http!.Request.Used = request.BlockLength;
                client.LastActivity = session.Loop.Now;
                if (received < room && !client.IsPeerClosed) client.IsReadable = false;
            }
            else if (received == 0)
            {
                request.FinReceived();
            }
            else if (received == -(int)KernelError.WouldBlock)
            {
                client.IsReadable = false;
            }
            else if (received != -(int)KernelError.Interrupted)
            {
                request.IsSourceDone = true;
                return ClientState.Failed;
            }
        }

        // Who closes its side after a whole request may still wait for the answer, unless "option abortonclose" says no.
        if (!request.IsSourceDone || request.IsSourceCut) return ClientState.Waits;
        bool isMidway = !HasWholeRequest(session);
        bool abortsOnClose = session.Backend?.AbortsOnClose == true;
        return isMidway || abortsOnClose ? ClientState.GaveUp : ClientState.Waits;
    }
}
