namespace Hawser.Protocols.ProxyProtocol;

/// <summary>
/// What the bytes received so far are. HAProxy logs a different reason for each failure, hence the distinction; a
/// connection that ends at <see cref="NeedMore"/> is its "truncated" header.
/// </summary>
public enum ProxyHeaderResult
{
    /// <summary>A correct beginning; the result may change when more bytes arrive.</summary>
    NeedMore,

    Ok,

    /// <summary>Neither version's signature.</summary>
    NotProxyHeader,

    /// <summary>Version 1 with another word than TCP4, TCP6 or UNKNOWN.</summary>
    UnhandledProtocol,

    /// <summary>The signature is right and the rest is not, or the header is longer than the receiver allows.</summary>
    Invalid,
}
