namespace Hawser.Base.Network;

/// <summary>The kinds of endpoint a connection can have. Datagram and stream sockets share them.</summary>
public enum AddressFamily : byte
{
    /// <summary>Nothing is known, as for a default value or a PROXY header that says UNKNOWN.</summary>
    Unspecified = 0,
    IPv4 = 1,
    IPv6 = 2,

    /// <summary>A UNIX socket bound to a path of the file system.</summary>
    Unix = 3,

    /// <summary>A UNIX socket bound to a name of Linux's abstract namespace (<c>abns@</c>, <c>abnsz@</c>).</summary>
    AbstractUnix = 4,
}
