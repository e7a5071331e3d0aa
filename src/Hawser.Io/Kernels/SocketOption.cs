namespace Hawser.Io.Kernels;

/// <summary>The socket options a proxy sets, each an integer. Units are the kernel's: seconds, bytes, or 0 and 1.</summary>
public enum SocketOption
{
    ReuseAddress,
    ReusePort,
    KeepAlive,
    KeepAliveIdleSeconds,
    KeepAliveIntervalSeconds,
    KeepAliveCount,

    /// <summary>1: close with a reset, dropping what was not sent.</summary>
    LingerReset,
    NoDelay,
    QuickAck,
    DeferAcceptSeconds,
    FastOpenQueue,
    FastOpenConnect,
    UserTimeoutMs,
    MaximumSegment,
    ReceiveBufferBytes,
    SendBufferBytes,
    IPv6Only,
    Transparent,
    Transparent6,
    FreeBind,
    Mark,
    TypeOfService,
    TrafficClass,
    BindAddressNoPort,

    /// <summary>IP_TTL.</summary>
    TimeToLive,

    /// <summary>IPV6_UNICAST_HOPS.</summary>
    HopLimit,

    /// <summary>TCP_REPAIR: closing then tells the peer nothing. Needs CAP_NET_ADMIN.</summary>
    Repair,

    /// <summary>Unsent bytes above which a socket counts as full (TCP_NOTSENT_LOWAT).</summary>
    NotSentLowWaterBytes,

    /// <summary>TCP_SAVE_SYN: 1 keeps the headers of IP and TCP of each connection's first packet, 2 Ethernet's too.</summary>
    SaveSyn,
}

/// <summary>Which direction of a connection ends.</summary>
public enum ShutdownSide
{
    Receive = 0,
    Send = 1,
    Both = 2,
}
