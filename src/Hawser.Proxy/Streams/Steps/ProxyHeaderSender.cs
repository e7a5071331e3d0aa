using System;
using Hawser.Config.Model;
using Hawser.Io.Buffers;
using Hawser.Protocols.ProxyProtocol;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// "send-proxy" and "send-proxy-v2": the first bytes of a connection to the server say who the client is. They are
/// ours, not the client's: no channel counts them.
/// </summary>
internal static unsafe class ProxyHeaderSender
{
    /// <summary>False when the kernel did not take the whole header: a fresh connection that cannot is broken.</summary>
    public static bool Send(Session session, Server server)
    {
        int length = Write(session, server);
        bool moreFollows = session.Request.Pending > 0;
        return length > 0
            && session.Loop.Kernel.Send(session.ServerSide.Descriptor, session.Loop.Buffers.Scratch, length, moreFollows) == length;
    }

    /// <summary>Writes it to the beginning of the loop's scratch block.</summary>
    /// <returns>Its length; 0 where the server gets none, or it does not fit into a block.</returns>
    public static int Write(Session session, Server server)
    {
        SendProxyVersion version = server.Config.SendProxy;
        if (version == SendProxyVersion.None) return 0;
        LocalAddress.Learn(session.ClientSide, session.Loop);
        BufferPool buffers = session.Loop.Buffers;
        Span<byte> header = new(buffers.Scratch, buffers.BlockBytes);
        int length;
        if (version == SendProxyVersion.V1)
            return ProxyVersion1.TryWrite(session.ClientSide.Peer, session.ClientSide.Local, header, out length) ? length : 0;
        bool hasUniqueId = (server.Config.ProxyV2Options & ProxyV2Options.UniqueId) != 0;
        bool asks = hasUniqueId || server.ProxyTlvs.Length > 0;
        SessionLogSource? source = asks ? RuleSource.Of(session, isFinal: true) : null;
        ProxyVersion2Options options = new()
        {
            HasChecksum = (server.Config.ProxyV2Options & ProxyV2Options.Crc32C) != 0,
            UniqueId = hasUniqueId ? source!.Record.UniqueId.Span : default,
            CustomTlvs = WriteTlvs(server, source, new Span<byte>(buffers.Scratch + buffers.BlockBytes, buffers.BlockBytes)),
        };
        return ProxyVersion2Writer.TryWrite(session.ClientSide.Peer, session.ClientSide.Local, options, header, out length) ? length : 0;
    }

    /// <summary>"set-proxy-v2-tlv-fmt": what does not fit is cut.</summary>
    private static ReadOnlySpan<byte> WriteTlvs(Server server, SessionLogSource? source, Span<byte> room)
    {
        int at = 0;
        foreach (ProxyTlv tlv in server.ProxyTlvs)
        {
            if (room.Length - at < ProxyTlvReader.OverheadBytes) break;
            Span<byte> value = room[(at + ProxyTlvReader.OverheadBytes)..];
            if (value.Length > ushort.MaxValue) value = value[..ushort.MaxValue];
            int length = tlv.Format?.Write(source!, value) ?? 0;
            room[at] = tlv.Type;
            room[at + 1] = (byte)(length >> 8);
            room[at + 2] = (byte)length;
            at += ProxyTlvReader.OverheadBytes + length;
        }

        return room[..at];
    }
}
