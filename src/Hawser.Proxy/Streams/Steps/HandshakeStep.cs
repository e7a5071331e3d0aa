using System;
using Hawser.Base.Time;
using Hawser.Io.Kernels;
using Hawser.Protocols.ProxyProtocol;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Connections;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// Step 1, with "accept-proxy": the connection begins with a PROXY header, which says who the client really is. What
/// follows the header is the client's first data.
/// </summary>
internal static unsafe class HandshakeStep
{
    public static SessionPhase Run(Session session)
    {
        Connection client = session.ClientSide;
        Channel request = session.Request;
        while (client.IsReadable)
        {
            int room = request.Room(session.Loop.Buffers);
            if (room == 0 && request.BlockLength == 0)
            {
                session.Loop.WaitForBuffer(session);
                return SessionPhase.Handshake;
            }

            if (room == 0)
                return Refused(session, HandshakeError.InvalidHeader);
            int received = session.Loop.Kernel.Receive(client.Descriptor, request.RoomStart, room);
            if (received == -(int)KernelError.WouldBlock)
            {
                client.IsReadable = false;
                break;
            }

            if (received < 0)
                return Refused(session, HandshakeError.Failed);
            if (received == 0)
                return Refused(session, request.BlockLength > 0 ? HandshakeError.Truncated : HandshakeError.Closed);
            request.Appended(received);
            client.Received(session.Loop);
            ReadOnlySpan<byte> bytes = new(request.BlockData, request.BlockLength);
            switch (ProxyHeaderParser.Parse(bytes, session.Loop.Buffers.BlockBytes, out ProxyHeader header))
            {
                case ProxyHeaderResult.NeedMore:
                    continue;
                case ProxyHeaderResult.Ok:
                    return Accepted(session, header);
                case ProxyHeaderResult.NotProxyHeader:
                    return Refused(session, HandshakeError.NotHeader);
                case ProxyHeaderResult.UnhandledProtocol:
                    return Refused(session, HandshakeError.UnhandledProtocol);
                default:
                    return Refused(session, IsEndless(bytes) ? HandshakeError.Truncated : HandshakeError.InvalidHeader);
            }
        }

        request.ReturnIfEmpty(session.Loop.Buffers);
        return SessionPhase.Handshake;
    }

    /// <summary>A version 1 line longer than any can be, without its end.</summary>
    private static bool IsEndless(ReadOnlySpan<byte> bytes) =>
        bytes[0] == (byte)'P' && !bytes[..Math.Min(bytes.Length, ProxyVersion1.MaxHeaderBytes)].Contains((byte)'\n');

    public static void TimedOut(Session session) =>
        session.Phase = Refused(session, HandshakeError.TimedOut);

    private static SessionPhase Accepted(Session session, in ProxyHeader header)
    {
        if (header.HasEndpoints)
        {
            session.Facts.KeepOwnAddresses(in session.ClientSide.Peer, in session.ClientSide.Local);
            session.ClientSide.Peer = header.Source;
            session.ClientSide.Local = header.Destination;
        }

        session.Facts.KeepProxyHeader(header.Tlvs);
        session.Request.Consumed(header.LengthBytes, session.Loop.Buffers);
        session.Request.BytesIn = session.Request.BlockLength;
        // What came behind it is a request's beginning.
        if (session.IsHttp) session.Request.Hold(session.Request.BlockLength);
        session.HandshakeDoneAt = session.Loop.Now;
        session.PhaseDeadline = Instant.Never;
        return RequestRulesStep.First(session);
    }

    private static SessionPhase Refused(Session session, HandshakeError error)
    {
        session.HandshakeError = error;
        session.PhaseDeadline = Instant.Never;
        // The sender learns by a reset that nobody took what it sent.
        session.IsResetToBoth = session.Request.BlockLength > 0;
        session.Request.Discard(session.Loop.Buffers);
        session.Frontend.Counters[session.Loop.Index].Denied++;
        session.End(
            error == HandshakeError.TimedOut ? TerminationCause.ClientTimeout : TerminationCause.Proxy,
            TerminationPhase.Request);
        return SessionPhase.Finish;
    }
}
