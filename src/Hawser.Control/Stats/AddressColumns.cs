using System.Buffers.Binary;
using System.Text;
using Hawser.Base.Network;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;
using Hawser.Proxy.Backends;

namespace Hawser.Control.Stats;

/// <summary>Addresses as the tables of the runtime API show them.</summary>
public static class AddressColumns
{
    /// <summary>Without its port; "-" when there is none.</summary>
    public static string Host(in SocketAddress address) => address.Family switch
    {
        SocketAddresses.IPv4Family or SocketAddresses.IPv6Family =>
            Host(SocketAddresses.ToNetworkAddress(address, unixListenerId: 0)),
        SocketAddresses.UnixFamily => "unix",
        _ => "-",
    };

    public static string Host(in NetworkAddress address)
    {
        System.Span<byte> text = stackalloc byte[NetworkAddress.MaxTextBytes];
        return address.TryFormatAddress(text, out int length) ? Encoding.ASCII.GetString(text[..length]) : "-";
    }

    /// <summary>0 for an address without.</summary>
    public static int Port(in SocketAddress address) => address.Family is SocketAddresses.IPv4Family or SocketAddresses.IPv6Family
        ? BinaryPrimitives.ReadUInt16BigEndian(address.Used[2..])
        : 0;

    /// <summary>The server's; while its name has no address, the one that is written behind the name.</summary>
    public static int Port(Server server) =>
        server.Address.Length == 0 ? server.Config.Address.PortLow : Port(server.Address);

    /// <summary><c>127.0.0.1:80</c>, <c>[::1]:80</c>, "unix"; empty when there is none.</summary>
    public static string HostAndPort(in SocketAddress address) => address.Family switch
    {
        SocketAddresses.IPv4Family => $"{Host(address)}:{Port(address)}",
        SocketAddresses.IPv6Family => $"[{Host(address)}]:{Port(address)}",
        SocketAddresses.UnixFamily => "unix",
        _ => "",
    };
}
