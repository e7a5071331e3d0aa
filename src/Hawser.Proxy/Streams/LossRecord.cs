using Hawser.Base.Network;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Proxy.Accounting;

namespace Hawser.Proxy.Streams;

/// <summary>A session that lost data (docs/loss.md).</summary>
public readonly record struct LossRecord
{
    public uint Number { get; init; }

    /// <summary>When it ended.</summary>
    public UnixTime Date { get; init; }

    public NetworkAddress Client { get; init; }

    /// <summary>Names and times, not what has them: a record may live longer than the configuration it was made under.</summary>
    public string Frontend { get; init; }

    /// <summary>Null when it had none.</summary>
    public string? Backend { get; init; }

    /// <summary>Null when it had none.</summary>
    public string? Server { get; init; }

    public TimeoutsConfig FrontendTimeouts { get; init; }

    /// <summary>Of the backend, or of the frontend when it had none.</summary>
    public TimeoutsConfig BackendTimeouts { get; init; }

    public TerminationCause Cause { get; init; }

    public TerminationPhase Phase { get; init; }

    /// <summary>Client to server.</summary>
    public LossLedger Request { get; init; }

    /// <summary>Server to client.</summary>
    public LossLedger Response { get; init; }
}
