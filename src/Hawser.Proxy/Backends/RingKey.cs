using System;
using System.Buffers.Binary;
using System.Text;
using Hawser.Base.Hashing;
using Hawser.Base.Network;
using Hawser.Config.Model;
using Hawser.Io.Sockets;

namespace Hawser.Proxy.Backends;

/// <summary>
/// "hash-key" (manual, section 5.2): where a server's places on the ring of "hash-type consistent" are counted from. The
/// manual names what the key is derived from; how is what the choices of HAProxy 3.5 show.
/// </summary>
internal static class RingKey
{
    /// <returns>Null where it follows from the identifier: by default, and where there is nothing else.</returns>
    public static uint? Of(ServerConfig config, Server server)
    {
        switch (config.HashKey)
        {
            case ServerHashKey.Id32:
                return HashFunctions.Avalanche(BinaryPrimitives.ReverseEndianness((uint)server.Id));
            case ServerHashKey.Guid when config.Guid is { Value: var guid }:
                return XxHash32.Compute(Encoding.UTF8.GetBytes(guid), seed: 0);
            case ServerHashKey.Address or ServerHashKey.AddressAndPort when server.Address.Length > 0:
                return OfAddress(SocketAddresses.ToNetworkAddress(server.Address, unixListenerId: 0), config.HashKey);
            default:
                return null;
        }
    }

    private static uint? OfAddress(in NetworkAddress address, ServerHashKey kind)
    {
        uint port = kind == ServerHashKey.AddressAndPort ? HashFunctions.Avalanche(address.Port) : 0;
        ReadOnlySpan<byte> bytes = address.AddressBytes;
        return address.Family switch
        {
            AddressFamily.IPv4 => HashFunctions.Avalanche(BinaryPrimitives.ReadUInt32LittleEndian(bytes) + port),
            AddressFamily.IPv6 => XxHash32.Compute(bytes, port),
            _ => null,
        };
    }
}
