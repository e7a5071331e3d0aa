namespace Hawser.Io.Kernels;

/// <summary>What the kernel has measured of a TCP connection (TCP_INFO; linux/tcp.h, struct tcp_info).</summary>
public readonly record struct TcpFacts
{
    /// <summary>False where there is no TCP connection, or its end came before anybody asked.</summary>
    public bool IsKnown { get; init; }

    /// <summary>Smoothed.</summary>
    public uint RoundTripMicroseconds { get; init; }

    public uint RoundTripVarianceMicroseconds { get; init; }

    /// <summary>Segments sent and not acknowledged.</summary>
    public uint Unacknowledged { get; init; }

    /// <summary>Segments acknowledged out of order.</summary>
    public uint SelectivelyAcknowledged { get; init; }

    /// <summary>Segments taken for lost.</summary>
    public uint Lost { get; init; }

    /// <summary>Segments sent again and not acknowledged yet.</summary>
    public uint Retransmitted { get; init; }

    /// <summary>Segments acknowledged by forward acknowledgements; 0 since Linux 4.15.</summary>
    public uint ForwardAcknowledged { get; init; }

    /// <summary>How far segments may come out of order before one counts as lost.</summary>
    public uint Reordering { get; init; }
}
