using System;

namespace Hawser.Protocols.Http;

/// <summary>What "Connection" said (RFC 9110 section 7.6.1), as far as the proxy acts upon it.</summary>
[Flags]
public enum ConnectionOptions : byte
{
    None = 0,
    Close = 1,
    KeepAlive = 2,
    Upgrade = 4,
}
