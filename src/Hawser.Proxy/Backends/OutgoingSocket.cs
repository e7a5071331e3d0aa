using System.Buffers.Binary;
using Hawser.Base.Network;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;
using Hawser.Proxy.Connections;

namespace Hawser.Proxy.Backends;

/// <summary>
/// How a socket towards one server is prepared before it connects: built once from the server's and the backend's
/// settings, so that a connection only walks a short list.
/// </summary>
public sealed class OutgoingSocket
{
    /// <summary>Options set on each socket, in order. TCP_NODELAY is among them: what we send is complete already.</summary>
    public (SocketOption Option, int Value)[] Options { get; init; } = [];

    /// <summary>"source": bound before connecting; empty when the kernel chooses.</summary>
    public SocketAddress Source;

    /// <summary>The ports to connect from ("source addr:low-high"); null: the kernel chooses.</summary>
    public SourcePorts? SourcePorts { get; init; }

    /// <summary>TCP_CONGESTION; null: the system's. One that the system refuses leaves its own in place (manual, "cc").</summary>
    public string? CongestionControl { get; init; }

    /// <summary>Multipath TCP ("mptcp@"); a kernel without it fails each connection.</summary>
    public bool IsMultipath { get; init; }

    /// <summary>SO_BINDTODEVICE; null for none.</summary>
    public string? Interface { get; init; }

    /// <summary>"source … usesrc client" and its kin; null for none.</summary>
    public TransparentSource? Transparent { get; init; }

    /// <summary>The prepared descriptor, or the negated error.</summary>
    /// <param name="lease">Its port of a range; to be returned when the descriptor is closed.</param>
    public int Open(Kernel kernel, int family, in NetworkAddress client, out SourcePortLease lease)
    {
        lease = default;
        int descriptor = IsMultipath ? kernel.OpenMultipathSocket(family) : kernel.OpenSocket(family, datagram: false);
        if (descriptor < 0 || family == SocketAddresses.UnixFamily)
            return descriptor;
        foreach ((SocketOption option, int value) in Options)
            kernel.SetOption(descriptor, option, value);
        if (CongestionControl is not null)
            kernel.SetCongestionControl(descriptor, CongestionControl);
        if (Interface is not null && kernel.BindToInterface(descriptor, Interface) is < 0 and int refused)
            return Fail(kernel, descriptor, refused);
        int bound = 0;
        if (Transparent is not null)
            bound = Transparent.Bind(kernel, descriptor, client);
        else if (Source.Length > 0)
            bound = BindSource(kernel, descriptor, ref lease);
        return bound < 0 ? Fail(kernel, descriptor, bound) : descriptor;
    }

    private int BindSource(Kernel kernel, int descriptor, ref SourcePortLease lease)
    {
        if (SourcePorts is null)
        {
            // The port is chosen at connect, when the destination is known: more connections fit.
            kernel.SetOption(descriptor, SocketOption.BindAddressNoPort, 1);
            return kernel.Bind(descriptor, Source);
        }

        kernel.SetOption(descriptor, SocketOption.ReuseAddress, 1);
        SocketAddress source = Source;
        // One that somebody else listens on is passed over.
        for (int attempt = 0; attempt < SourcePorts.Count; attempt++)
        {
            int port = SourcePorts.Take();
            if (port == 0)
                break;
            BinaryPrimitives.WriteUInt16BigEndian(source.Bytes[2..], (ushort)port);
            int result = kernel.Bind(descriptor, source);
            if (result >= 0)
            {
                lease = new SourcePortLease(SourcePorts, port);
                return result;
            }

            SourcePorts.Give(port);
            if (result != -(int)KernelError.AddressInUse)
                return result;
        }

        return -(int)KernelError.AddressInUse;
    }

    private static int Fail(Kernel kernel, int descriptor, int error)
    {
        kernel.Close(descriptor);
        return error;
    }
}
