using System.Buffers.Binary;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Io.Sockets;
using Hawser.Proxy.Connections;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// A server written without a port, or with "+n" or "-n": the port the client connected to, shifted (manual,
/// section 5.1).
/// </summary>
internal static class ServerPort
{
    public static void Apply(ref SocketAddress address, Connection client, EventLoop loop, int offset)
    {
        if (address.Family is not (SocketAddresses.IPv4Family or SocketAddresses.IPv6Family))
            return;
        LocalAddress.Learn(client, loop);
        ushort port = (ushort)(client.Local.Port + offset);
        BinaryPrimitives.WriteUInt16BigEndian(address.Bytes[2..], port);
    }
}
