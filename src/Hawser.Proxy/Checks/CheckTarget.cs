using System;
using System.Buffers.Binary;
using Hawser.Base.Network;
using Hawser.Config.Model;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Checks;

/// <summary>Where a server's checks go and what they begin with (manual, "addr", "port" and "check-send-proxy").</summary>
internal static class CheckTarget
{
    /// <summary>The server's address with what "addr" and "port" replace of it.</summary>
    /// <param name="changed">What an operator has changed of it.</param>
    public static SocketAddress AddressOf(Server server, CheckTargetChange changed)
    {
        CheckConfig check = server.Config.Check;
        SocketAddress address = changed.Address
            ?? (server.CheckAddress.Length > 0 ? server.CheckAddress : FromLiteral(check.Address));
        int port = changed.Port ?? check.Port ?? PortOf(address);
        if (address.Length == 0)
            address = server.Address;
        if (port == 0)
            port = PortOf(server.Address);
        if (HasPort(address))
            BinaryPrimitives.WriteUInt16BigEndian(address.Bytes[2..], (ushort)port);
        return address;
    }

    /// <summary>None unless asked for; the server's "send-proxy" counts while neither "addr" nor "port" is given.</summary>
    public static SendProxyVersion SendProxyOf(ServerConfig server)
    {
        bool isServersPort = server.Check.Port is null && server.Check.Address is null;
        if (isServersPort && server.SendProxy != SendProxyVersion.None)
            return server.SendProxy;
        if (!server.Check.SendProxy)
            return SendProxyVersion.None;
        return server.SendProxy == SendProxyVersion.V2 ? SendProxyVersion.V2 : SendProxyVersion.V1;
    }

    private static SocketAddress FromLiteral(AddressConfig? config)
    {
        if (config?.IPAddress is not { } address)
            return default;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int length);
        ushort port = (ushort)config.PortLow;
        return SocketAddresses.From(length == 4
            ? NetworkAddress.FromIPv4(bytes[..4], port)
            : NetworkAddress.FromIPv6(bytes, port));
    }

    private static int PortOf(in SocketAddress address) =>
        HasPort(address) ? BinaryPrimitives.ReadUInt16BigEndian(address.Used[2..]) : 0;

    private static bool HasPort(in SocketAddress address) =>
        address.Family is SocketAddresses.IPv4Family or SocketAddresses.IPv6Family;
}
