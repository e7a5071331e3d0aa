namespace Hawser.Proxy.Accounting;

/// <summary>
/// Where the bytes of one direction of a session are that were accepted and not delivered. Filled at an abnormal end
/// only; all zero otherwise. Units are bytes.
/// <para>received = sent + <see cref="Buffered"/> holds at every instant (the channel's counters); the other buckets
/// are what the kernel held outside of them.</para>
/// </summary>
public struct LossLedger
{
    /// <summary>Read by the proxy, never written on.</summary>
    public long Buffered;

    /// <summary>In the kernel's receive queue when the session stopped reading, never read.</summary>
    public long Unread;

    /// <summary>Arrived after the session stopped reading, while the socket was still open.</summary>
    public long Late;

    /// <summary>Written, not acknowledged by the peer's kernel at close; the kernel may still deliver it.</summary>
    public long Unconfirmed;

    /// <summary>What certainly did not reach the other side.</summary>
    public readonly long Lost => Buffered + Unread + Late;
}
