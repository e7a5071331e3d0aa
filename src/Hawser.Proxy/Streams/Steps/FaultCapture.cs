using System;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Keeps a message that is refused because it breaks the protocol, for "show errors".</summary>
internal static unsafe class FaultCapture
{
    /// <param name="at">Of the byte that is wrong.</param>
    public static void Request(Session session, Http1Error error, int at)
    {
        HttpMessage message = session.Http!.Request;
        session.Frontend.RefusedRequests.Keep(Fault(session, error, at), new ReadOnlySpan<byte>(message.Block, message.Used), session.Loop.Buffers.BlockBytes);
    }

    /// <summary>The response's head, as far as it has come.</summary>
    public static void Response(Session session)
    {
        Http1HeadParser parser = session.Http!.ResponseParser;
        HttpMessage message = session.Http.Response;
        bool isTooLong = parser.Error == Http1Error.None;
        CapturedFault fault = Fault(session, isTooLong ? Http1Error.HeadTooLarge : parser.Error, isTooLong ? message.Used : parser.ErrorAt);
        session.Backend!.RefusedResponses.Keep(fault, new ReadOnlySpan<byte>(message.Block, message.Used), session.Loop.Buffers.BlockBytes);
    }

    private static CapturedFault Fault(Session session, Http1Error error, int at)
    {
        Backend? backend = session.Backend;
        Server? server = session.Target;
        return new CapturedFault
        {
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
