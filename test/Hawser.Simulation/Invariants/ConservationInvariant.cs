using System;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Streams;
using Hawser.Simulation.Kernels;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Invariants;

/// <summary>
/// What a proxy's kernel accepted was delivered or stands in the ledger, per session and direction: while it lives, by
/// its channels; at its end, by its log line against what the kernel saw.
/// </summary>
internal static class ConservationInvariant
{
    /// <summary>After a turn: no call is under way.</summary>
    public static void Check(World world, SimKernel kernel, Session session)
    {
        if (session.Phase is SessionPhase.Idle or SessionPhase.Handshake)
            return;
        TcpEnd? client = kernel.EndOf(session.ClientSide.Descriptor);
        TcpEnd? server = kernel.EndOf(session.ServerSide.Descriptor);
        if (client is null)
            return;
        CheckChannel(world, session.Request, "request", client, server);
        if (server is not null)
            CheckChannel(world, session.Response, "response", server, client);
    }

    /// <summary>After a turn, in mode http: what was read and what rewriting added is sent, under way or held.</summary>
    public static void CheckHttp(World world, SimKernel kernel, Session session)
    {
        if (session.Phase is SessionPhase.Idle or SessionPhase.Handshake || kernel.EndOf(session.ClientSide.Descriptor) is not { } client)
            return;
        CheckHttp(world, session.Request, "request", client);
        CheckHttp(world, session.Response, "response", client);
    }

    private static void CheckHttp(World world, Channel channel, string name, TcpEnd client)
    {
        if (channel.BytesIn + channel.Rewritten != channel.BytesOut + channel.Pending + channel.Held)
        {
            world.Fail(InvariantNames.Conservation,
                $"the {name} channel has taken {channel.BytesIn} and {channel.Rewritten} of rules, given {channel.BytesOut}, and holds {channel.Pending} and {channel.Held}",
                client.Connection.Number);
        }
    }

    public static void Check(in SessionFacts facts)
    {
        SessionLine line = facts.Line;
        TcpEnd client = facts.Client;
        TcpEnd? server = facts.Server;
        Equal(facts, "bytes from the client", line.RequestIn, client.In.Content.Read);
        Equal(facts, "bytes to the client", line.ResponseOut, client.Out.Content.Written);
        Equal(facts, "bytes to the server", line.RequestOut, server?.Out.Content.Written ?? 0);
        Equal(facts, "bytes from the server", line.ResponseIn, server?.In.Content.Read ?? 0);
        if (!facts.IsWeighed)
        {
            Equal(facts, "request bytes that were not sent on", line.RequestIn - line.RequestOut, 0);
            Equal(facts, "response bytes that were not sent on", line.ResponseIn - line.ResponseOut, 0);
            Equal(facts, "client's bytes unread at the end", client.UnreadAtClose, 0);
            Equal(facts, "server's bytes unread at the end", server?.UnreadAtClose ?? 0, 0);
            Equal(facts, "lost bytes", line.RequestLost + line.ResponseLost, 0);
            return;
        }

        Equal(facts, "lost request bytes", line.RequestLost, line.RequestIn - line.RequestOut + Unread(client));
        Equal(facts, "lost response bytes", line.ResponseLost, line.ResponseIn - line.ResponseOut + Unread(server));
        Equal(facts, "unconfirmed request bytes", line.RequestUnconfirmed, Unconfirmed(server, line.RequestOut));
        Equal(facts, "unconfirmed response bytes", line.ResponseUnconfirmed, Unconfirmed(client, line.ResponseOut));
    }

    /// <summary>After a normal end: everything written has arrived, unless the receiver refused it.</summary>
    public static bool IsDelivered(TcpEnd end) =>
        end.Connection.IsBrokenByLink || end.IsDead || end.Peer.HasReset || end.Peer.IsDead
        || (end.Out.Arrived == end.Out.Written && end.Out.FinArrived);

    /// <summary>Long after a normal end.</summary>
    public static void CheckDelivered(World world, TcpEnd end)
    {
        if (!IsDelivered(end))
        {
            world.Fail(InvariantNames.Conservation,
                $"{end.Out.Written - end.Out.Arrived} bytes of a normal session never arrived", end.Connection.Number);
        }
    }

    private static void CheckChannel(World world, Channel channel, string name, TcpEnd source, TcpEnd? sink)
    {
        long sent = sink?.Out.Content.Written ?? 0;
        if (channel.BytesIn != channel.BytesOut + channel.Pending)
        {
            world.Fail(InvariantNames.Conservation,
                $"the {name} channel has taken {channel.BytesIn}, given {channel.BytesOut}, and holds {channel.Pending}",
                source.Connection.Number);
        }
        else if (channel.BytesIn != source.In.Content.Read || channel.BytesOut != sent)
        {
            world.Fail(InvariantNames.Conservation,
                $"the {name} channel counts {channel.BytesIn} in and {channel.BytesOut} out, the kernel {source.In.Content.Read} and {sent}",
                source.Connection.Number);
        }
    }

    private static long Unread(TcpEnd? end) => end is null ? 0 : Math.Max(0, end.UnreadTold);

    private static long Unconfirmed(TcpEnd? end, long written) =>
        end is null || written == 0 ? 0 : Math.Min(Math.Max(0, end.UnacknowledgedTold), written);

    private static void Equal(in SessionFacts facts, string what, long said, long seen)
    {
        if (said != seen)
            facts.Fail(InvariantNames.Conservation, $"{what}: the proxy says {said}, it was {seen}");
    }
}
