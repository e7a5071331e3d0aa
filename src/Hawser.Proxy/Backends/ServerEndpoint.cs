using Hawser.Io.Kernels;

namespace Hawser.Proxy.Backends;

/// <summary>Where a server's connections go. Immutable: an operator replaces it as a whole, and every loop sees one or the other.</summary>
/// <param name="Address">Empty (<see cref="SocketAddress.Length"/> 0) when it was not resolved.</param>
/// <param name="UsesClientPort">The client's destination port is kept, plus <paramref name="PortOffset"/> (no port, "+n", "-n").</param>
public sealed record ServerEndpoint(SocketAddress Address, bool UsesClientPort, int PortOffset);
