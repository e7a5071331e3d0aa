using Hawser.Base.Network;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;

namespace Hawser.Proxy.Backends;

/// <summary>"source … usesrc": the address a server sees is not ours (manual, "source"); needs CAP_NET_ADMIN.</summary>
public sealed class TransparentSource
{
    /// <summary>A fixed address; unspecified: the client's.</summary>
    public NetworkAddress Address { get; init; }

    /// <summary>"usesrc client": the client's port as well.</summary>
    public bool KeepsPort { get; init; }

    public int Bind(Kernel kernel, int descriptor, in NetworkAddress client)
    {
        NetworkAddress address = Address.Family == AddressFamily.Unspecified ? client : Address;
        if (!address.IsInternet)
            return 0;
        if (!KeepsPort && Address.Family == AddressFamily.Unspecified)
            address = address.WithPort(0);
        bool is6 = address.Family == AddressFamily.IPv6;
        int result = kernel.SetOption(descriptor, is6 ? SocketOption.Transparent6 : SocketOption.Transparent, 1);
        if (result < 0)
            return result;
        kernel.SetOption(descriptor, SocketOption.ReuseAddress, 1);
        if (address.Port == 0)
            kernel.SetOption(descriptor, SocketOption.BindAddressNoPort, 1);
        return kernel.Bind(descriptor, SocketAddresses.From(address));
    }
}
