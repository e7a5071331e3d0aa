using System.Net;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Model;

/// <summary>Addresses of one family that are equal in the bits of a mask.</summary>
/// <param name="Address">As written; bits outside the mask do not count.</param>
/// <param name="Mask">Of the same family; of IPv4 any bits, of IPv6 leading ones.</param>
public sealed record NetworkConfig(IPAddress Address, IPAddress Mask);

/// <summary><c>option forwardfor</c> and <c>option originalto</c>: a header with an address of the connection.</summary>
public sealed record AddressHeaderConfig
{
    /// <summary>Addresses that get no header; null: none. Of each family the last one written counts.</summary>
    public NetworkConfig? ExceptIPv4 { get; init; }

    public NetworkConfig? ExceptIPv6 { get; init; }

    /// <summary>Null: X-Forwarded-For or X-Original-To.</summary>
    public string? Header { get; init; }

    /// <summary>Not when the request has the header already.</summary>
    public bool IfNone { get; init; }
}

/// <summary>What a parameter of the Forwarded header (RFC 7239) is made of.</summary>
public enum ForwardedSource
{
    /// <summary>The parameter is left out.</summary>
    None,

    /// <summary>What the connection or the request says.</summary>
    Own,

    /// <summary><see cref="ForwardedParameter.Expression"/>.</summary>
    Expression,
}

/// <summary>A parameter of the Forwarded header.</summary>
/// <param name="Expression">As written; compiled above this layer.</param>
public readonly record struct ForwardedParameter(ForwardedSource Source, string? Expression = null);

/// <summary><c>option forwarded</c></summary>
public sealed record ForwardedConfig
{
    public bool HasProtocol { get; init; }
    public ForwardedParameter Host { get; init; }
    public ForwardedParameter By { get; init; }
    public ForwardedParameter ByPort { get; init; }
    public ForwardedParameter For { get; init; }
    public ForwardedParameter ForPort { get; init; }
    public Origin Origin { get; init; } = Origin.None;
}
