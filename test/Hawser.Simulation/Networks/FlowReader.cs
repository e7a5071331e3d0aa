using System;

namespace Hawser.Simulation.Networks;

/// <summary>
/// Looks at what a proxy writes on a flow, at the moment it writes it: bytes of an actor that understands messages, where
/// <see cref="ByteStream"/> has only their order.
/// </summary>
internal abstract class FlowReader
{
    /// <summary>The next bytes, as far as the proxy's kernel has taken them.</summary>
    public abstract void Take(ReadOnlySpan<byte> bytes);
}
