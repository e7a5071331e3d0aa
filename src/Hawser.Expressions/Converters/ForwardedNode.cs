using System;
using Hawser.Base.Network;

namespace Hawser.Expressions.Converters;

/// <summary>The parts of a node of RFC 7239 section 6.</summary>
internal ref struct ForwardedNode
{
    /// <summary>Of no family when the node has a name instead.</summary>
    public NetworkAddress Address { get; set; }

    /// <summary>"unknown" or an identifier with its underscore; empty when it is an address.</summary>
    public ReadOnlySpan<byte> Name { get; set; }

    /// <summary>1 to 65535; 0 without a port, or when it has a name.</summary>
    public int Port { get; set; }

    /// <summary>An identifier with its underscore.</summary>
    public ReadOnlySpan<byte> PortName { get; set; }
}
