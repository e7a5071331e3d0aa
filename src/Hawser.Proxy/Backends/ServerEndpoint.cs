using Hawser.Io.Kernels;
using Hawser.Io.Sockets;

namespace Hawser.Proxy.Backends;

/// <summary>Where a server's connections go. Immutable: an operator replaces it as a whole, and every loop sees one or the other.</summary>
/// <param name="UsesClientPort">The client's destination port is kept, plus <paramref name="PortOffset"/> (no port, "+n", "-n").</param>
public sealed record ServerEndpoint(bool UsesClientPort, int PortOffset)
{
    /// <summary>Nowhere yet.</summary>
    public static readonly ServerEndpoint None = new(UsesClientPort: false, PortOffset: 0);

    /// <summary>Empty (<see cref="SocketAddress.Length"/> 0) when it was not resolved.</summary>
    public SocketAddress Address
    {
        get;
        init
        {
            field = value;
            UsesClientAddress = SocketAddresses.IsUnspecified(value);
        }
    }

    /// <summary>"0.0.0.0" or "::": the address that the client connected to (manual, "server").</summary>
    public bool UsesClientAddress { get; private init; }
}
