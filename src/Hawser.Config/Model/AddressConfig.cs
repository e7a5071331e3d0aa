using System.Net;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Model;

public enum AddressKind
{
    /// <summary><see cref="AddressConfig.IPAddress"/> is set.</summary>
    IPv4,

    /// <summary><see cref="AddressConfig.IPAddress"/> is set.</summary>
    IPv6,

    /// <summary><see cref="AddressConfig.Host"/> is still to be resolved.</summary>
    HostName,

    /// <summary><see cref="AddressConfig.Path"/> is a file.</summary>
    Unix,

    /// <summary><see cref="AddressConfig.Path"/> is the name without the leading NUL, padded to the full length.</summary>
    Abstract,

    /// <summary>As <see cref="Abstract"/>, with the exact length (<c>abnsz@</c>).</summary>
    AbstractExact,

    /// <summary><see cref="AddressConfig.FileDescriptor"/> was inherited.</summary>
    FileDescriptor,
}

/// <summary>Which family a name may resolve to.</summary>
public enum AddressPreference
{
    Any,
    IPv4,
    IPv6,
}

public enum AddressTransport
{
    Stream,
    Datagram,
}

public enum PortKind
{
    /// <summary>No port was written: a client's port is kept (server) or the default applies.</summary>
    None,

    /// <summary><see cref="AddressConfig.PortLow"/>.</summary>
    Fixed,

    /// <summary><see cref="AddressConfig.PortLow"/> to <see cref="AddressConfig.PortHigh"/>, both included.</summary>
    Range,

    /// <summary>The client's port plus <see cref="AddressConfig.PortOffset"/>, which may be negative.</summary>
    Relative,
}

/// <summary>An address as the manual's section 2.9 defines it; nothing has been resolved or opened.</summary>
public sealed record AddressConfig
{
    /// <summary>As written, environment expanded.</summary>
    public required string Text { get; init; }

    public required AddressKind Kind { get; init; }
    public Origin Origin { get; init; } = Origin.None;
    public AddressTransport Transport { get; init; }

    /// <summary>"mptcp@" and its kin: Multipath TCP.</summary>
    public bool IsMultipath { get; init; }

    public IPAddress? IPAddress { get; init; }
    public string? Host { get; init; }
    public AddressPreference Preference { get; init; }

    /// <summary>Unix path or abstract name.</summary>
    public string? Path { get; init; }

    public int FileDescriptor { get; init; } = -1;
    public PortKind PortKind { get; init; }
    public int PortLow { get; init; }
    public int PortHigh { get; init; }

    /// <summary>-65535..65535, meaningful for <see cref="PortKind.Relative"/>.</summary>
    public int PortOffset { get; init; }

    public bool IsIP => Kind is AddressKind.IPv4 or AddressKind.IPv6 or AddressKind.HostName;
    public bool IsUnix => Kind is AddressKind.Unix or AddressKind.Abstract or AddressKind.AbstractExact;
}
