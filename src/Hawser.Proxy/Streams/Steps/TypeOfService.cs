using Hawser.Io.Kernels;
using Hawser.Io.Sockets;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>The DS field of a connection's packets: one option for IPv4, another one for IPv6.</summary>
internal static class TypeOfService
{
    public static void Set(Kernel kernel, int descriptor, int family, int value)
    {
        if (family == SocketAddresses.IPv6Family) kernel.SetOption(descriptor, SocketOption.TrafficClass, value);
        else if (family != SocketAddresses.UnixFamily) kernel.SetOption(descriptor, SocketOption.TypeOfService, value);
    }
}
