using Hawser.Base.Network;
using Hawser.Base.Time;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Streams;

/// <summary>A session that lost data (docs/loss.md).</summary>
public readonly record struct LossRecord
{
    public uint Number { get; init; }

    /// <summary>When it ended.</summary>
    public UnixTime Date { get; init; }

    public NetworkAddress Client { get; init; }

    public Frontend Frontend { get; init; }

    /// <summary>Null when it had none.</summary>
    public Backend? Backend { get; init; }

    /// <summary>Null when it had none.</summary>
    public Server? Server { get; init; }

    public TerminationCause Cause { get; init; }

    public TerminationPhase Phase { get; init; }

    /// <summary>Client to server.</summary>
    public LossLedger Request { get; init; }

    /// <summary>Server to client.</summary>
    public LossLedger Response { get; init; }
}
