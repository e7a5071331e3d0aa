using Hawser.Base.Network;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Io.Sockets;
using Hawser.Proxy.Connections;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>Asks the kernel for a connection's own address, once, and only when somebody wants to know.</summary>
internal static class LocalAddress
{
    public static void Learn(Connection connection, EventLoop loop, uint unixListenerId = 0)
    {
        if (connection.Local.Family != AddressFamily.Unspecified || !connection.IsOpen)
            return;
        SocketAddress address = default;
        if (loop.Kernel.LocalAddress(connection.Descriptor, ref address) >= 0)
            connection.Local = SocketAddresses.ToNetworkAddress(address, unixListenerId);
    }
}
