using System;
using System.Globalization;
using Hawser.Proxy.Connections;

namespace Hawser.Proxy.Streams;

/// <summary>
/// What "-d" shows of each session on standard output, in HAProxy's words: who was accepted, which side was closed
/// first, and the end. The numbers in brackets are the descriptors of both sides, ffff for none.
/// </summary>
public sealed class DebugEvents(Action<string> print)
{
    internal void Accepted(Session session) => Print(session, session.Frontend.Name, string.Create(
        CultureInfo.InvariantCulture,
        $"accept({session.Source.ListenerDescriptor:x4})={Descriptor(session.ClientSide)} from [{session.ClientSide.Peer}] ALPN=<none>"));

    /// <summary>Nothing more is sent to the server.</summary>
    internal void ServerClosed(Session session)
    {
        if (session.IsServerCloseTold)
            return;
        session.IsServerCloseTold = true;
        Print(session, Owner(session), "srvcls" + Descriptors(session));
    }

    /// <summary>Nothing more is sent to the client.</summary>
    internal void ClientClosed(Session session)
    {
        if (session.IsClientCloseTold)
            return;
        session.IsClientCloseTold = true;
        Print(session, Owner(session), "clicls" + Descriptors(session));
    }

    /// <summary>Before the connections are closed.</summary>
    internal void Ended(Session session)
    {
        if (session.ServerSide.IsOpen)
            ServerClosed(session);
        ClientClosed(session);
        Print(session, Owner(session), "closed" + Descriptors(session));
    }

    private void Print(Session session, string owner, string what) =>
        print(string.Create(CultureInfo.InvariantCulture, $"{session.Number:x8}:{owner}.{what}\n"));

    private static string Owner(Session session) => session.Backend?.Name ?? session.Frontend.Name;

    private static string Descriptors(Session session) =>
        $"[{Descriptor(session.ClientSide)}:{Descriptor(session.ServerSide)}]";

    private static string Descriptor(Connection connection) =>
        ((ushort)connection.Descriptor).ToString("x4", CultureInfo.InvariantCulture);
}
