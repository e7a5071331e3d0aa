using Hawser.Io.Kernels;

namespace Hawser.Proxy.Checks;

/// <summary>Where an operator has sent the checks of a server ("set server … check-addr", "check-port"); null: unchanged.</summary>
public readonly record struct CheckTargetChange(SocketAddress? Address, int? Port);
