using System;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// Keeps a message that breaks the protocol, for "show errors": one that is refused, and one that only relaxed parsing
/// lets pass.
/// </summary>
internal static unsafe class FaultCapture
{
    /// <summary>A request whose head is refused.</summary>
    /// <param name="at">Of the byte that is wrong.</param>
    public static void Request(Session session, Http1Error error, int at)
    {
        HttpMessage message = session.Http!.Request;
        Keep(session, Fault(session, isRequest: true, error, at), Received(message), default);
    }

    /// <summary>A response whose head is refused, as far as it has come.</summary>
    public static void Response(Session session)
    {
        Http1HeadParser parser = session.Http!.ResponseParser;
        HttpMessage message = session.Http.Response;
        bool isTooLong = parser.Error == Http1Error.None;
        CapturedFault fault = Fault(
            session, isRequest: false, isTooLong ? Http1Error.HeadTooLarge : parser.Error, isTooLong ? message.Used : parser.ErrorAt);
        Keep(session, fault, Received(message), default);
    }

    /// <summary>"option accept-unsafe-violations-in-http-request" or "-response" has let something pass.</summary>
    public static void Tolerated(Session session, HttpMessage message)
    {
        CapturedFault fault = Fault(session, message.IsRequest, Http1Error.None, message.ToleratedAt) with
        {
            Framing = message.Framing,
            ChunkBytes = message.Framing == BodyFraming.Length ? message.ContentLength : 0,
            BodyBytes = message.Framing == BodyFraming.Length ? message.ContentLength : 0,
        };
        Keep(session, fault, Received(message), default);
    }

    /// <summary>What lies behind a head is wrong, and still with it in the block.</summary>
    public static void WithHead(Session session, HttpMessage message, in BodyFault wrong)
    {
        ReadOnlySpan<byte> received = Received(message);
        CapturedFault fault = Fault(session, message.IsRequest, wrong.Error, message.HeadBytes + wrong.Kept) with { BodyBytes = wrong.Announced };
        Keep(session, fault, received[..(message.HeadBytes + wrong.Kept)], received[(message.HeadBytes + wrong.Taken)..]);
    }

    /// <summary>A piece from the middle of a body: what was in front of it has gone to the other side.</summary>
    public static void Body(Session session, bool isRequest, ReadOnlySpan<byte> piece, in BodyFault wrong)
    {
        CapturedFault fault = Fault(session, isRequest, wrong.Error, wrong.Kept) with { BodyBytes = wrong.Announced };
        Keep(session, fault, piece[..wrong.Kept], piece[wrong.Taken..]);
    }

    private static ReadOnlySpan<byte> Received(HttpMessage message) => new(message.Block, message.Used);

    private static void Keep(Session session, in CapturedFault fault, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> more)
    {
        ErrorCapture capture = fault.IsRequest ? session.Frontend.RefusedRequests : session.Backend!.RefusedResponses;
        capture.Keep(fault, bytes, more, session.Loop.Buffers.BlockBytes);
    }

    private static CapturedFault Fault(Session session, bool isRequest, Http1Error error, int at)
    {
        Backend? backend = session.Backend;
        // A request is its client's, wherever it was to go.
        Server? server = isRequest ? null : session.Target;
        return new CapturedFault
        {
            IsRequest = isRequest,
            Date = session.Loop.WallClock,
            Number = session.Home.Process.NextFaultNumber(),
            Client = session.ClientSide.Peer,
            FrontendName = session.Frontend.Name,
            FrontendId = session.Frontend.Config.Id,
            BackendName = backend?.Name,
            BackendId = backend?.Config.Id ?? -1,
            ServerName = server?.Name,
            ServerId = server?.Id ?? -1,
            Error = error,
            ErrorAt = at,
            BlockBytes = session.Loop.Buffers.BlockBytes,
        };
    }
}
