using System.Buffers.Binary;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Io.Sockets;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Connections;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// Where a connection to a server goes. A server written without a port, or with "+n" or "-n", has the port the client
/// connected to, shifted; one at "0.0.0.0" or "::" has the address the client connected to (manual, section 5.1).
/// </summary>
internal static class ServerAddress
{
    /// <summary>It depends on the client.</summary>
    public static bool IsOfClient(ServerEndpoint endpoint) => endpoint.UsesClientPort || endpoint.UsesClientAddress;

    public static SocketAddress Of(ServerEndpoint endpoint, Connection client, EventLoop loop)
    {
        SocketAddress address = endpoint.Address;
        if (!IsOfClient(endpoint) || address.Family is not (SocketAddresses.IPv4Family or SocketAddresses.IPv6Family)) return address;
        LocalAddress.Learn(client, loop);
        ushort port = endpoint.UsesClientPort
            ? (ushort)(client.Local.Port + endpoint.PortOffset)
            : BinaryPrimitives.ReadUInt16BigEndian(address.Bytes[2..]);
        if (endpoint.UsesClientAddress && client.Local.IsInternet) address = SocketAddresses.From(client.Local);
        BinaryPrimitives.WriteUInt16BigEndian(address.Bytes[2..], port);
        return address;
    }
}
