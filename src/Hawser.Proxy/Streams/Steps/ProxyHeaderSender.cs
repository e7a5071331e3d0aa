using System;
using Hawser.Config.Model;
using Hawser.Io.Buffers;
using Hawser.Io.Kernels;
using Hawser.Protocols.ProxyProtocol;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// "send-proxy" and "send-proxy-v2": the first bytes of a connection to the server say who the client is. They are
/// ours, not the client's: no channel counts them.
/// </summary>
internal static unsafe class ProxyHeaderSender
{
    /// <summary>Sends it, or what an earlier call has left over.</summary>
    public static HeaderProgress Send(Session session, Server server)
    {
        if (session.ServerSide.HeaderRest is { } rest)
            return SendRest(session, rest);
        int length = Write(session, server);
        if (length == 0)
            return HeaderProgress.Failed;
        byte* header = session.Loop.Buffers.Scratch;
        int sent = SendSome(session, header, length);
        if (sent == length)
            return HeaderProgress.Sent;
        return sent < 0 ? HeaderProgress.Failed : KeepRest(session, new ReadOnlySpan<byte>(header + sent, length - sent));
    }

    private static HeaderProgress SendRest(Session session, HeaderRest rest)
    {
        int sent = SendSome(session, rest.Block + rest.Sent, rest.Length - rest.Sent);
        if (sent < 0)
            return HeaderProgress.Failed;
        rest.Sent += sent;
        if (rest.Sent < rest.Length)
            return HeaderProgress.Waits;
        session.ServerSide.DropHeaderRest(session.Loop);
        return HeaderProgress.Sent;
    }

    private static HeaderProgress KeepRest(Session session, ReadOnlySpan<byte> bytes)
    {
        byte* block = session.Loop.Buffers.Lease(isUrgent: true);
        if (block == null)
            return HeaderProgress.Failed;
        bytes.CopyTo(new Span<byte>(block, bytes.Length));
        session.ServerSide.HeaderRest = new HeaderRest { Block = block, Length = bytes.Length };
        return HeaderProgress.Waits;
    }

    /// <summary>Bytes that the kernel took, perhaps none; negative for an error.</summary>
    private static int SendSome(Session session, byte* bytes, int length)
    {
        bool moreFollows = session.Request.Pending > 0;
        int sent = session.Loop.Kernel.Send(session.ServerSide.Descriptor, bytes, length, moreFollows);
        if (sent == -(int)KernelError.WouldBlock)
            sent = 0;
        if (sent >= 0 && sent < length)
            session.ServerSide.IsWritable = false;
        return sent;
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
