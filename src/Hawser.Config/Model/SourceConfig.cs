using Hawser.Config.Diagnostics;

namespace Hawser.Config.Model;

/// <summary>What the outgoing socket is presented as, beyond its bind address (<c>usesrc</c>).</summary>
public enum TransparentSource
{
    None,
    Address,
    Client,
    ClientIP,
}

/// <summary>Where connections to servers come from.</summary>
public sealed record SourceConfig
{
    /// <summary>A port range (servers only) is in the address.</summary>
    public required AddressConfig Address { get; init; }

    public TransparentSource Transparent { get; init; }

    /// <summary>For <see cref="TransparentSource.Address"/>.</summary>
    public AddressConfig? TransparentAddress { get; init; }

    /// <summary>SO_BINDTODEVICE.</summary>
    public string? Interface { get; init; }

    public Origin Origin { get; init; } = Origin.None;
}
