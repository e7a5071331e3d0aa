using System;
using Hawser.Config.Model;
using Hawser.Protocols.ProxyProtocol;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// "send-proxy" and "send-proxy-v2": the first bytes of a connection to the server say who the client is. They are
/// ours, not the client's: no channel counts them.
/// </summary>
internal static unsafe class ProxyHeaderSender
{
    private const int HeaderBytesMaximum = 512;

    /// <summary>False when the kernel did not take the whole header: a fresh connection that cannot is broken.</summary>
    public static bool Send(Session session, Server server)
    {
        LocalAddress.Learn(session.ClientSide, session.Loop);
        Span<byte> header = stackalloc byte[HeaderBytesMaximum];
        if (!TryWrite(session, server.Config, header, out int length))
            return false;
        bool moreFollows = session.Request.Pending > 0;
        fixed (byte* bytes = header)
            return session.Loop.Kernel.Send(session.ServerSide.Descriptor, bytes, length, moreFollows) == length;
    }

    private static bool TryWrite(Session session, ServerConfig server, Span<byte> header, out int length)
    {
        if (server.SendProxy == SendProxyVersion.V1)
            return ProxyVersion1.TryWrite(session.ClientSide.Peer, session.ClientSide.Local, header, out length);
        ProxyVersion2Options options = new()
        {
            HasChecksum = (server.ProxyV2Options & ProxyV2Options.Crc32C) != 0,
        };
        return ProxyVersion2Writer.TryWrite(
            session.ClientSide.Peer, session.ClientSide.Local, options, header, out length);
    }
}
