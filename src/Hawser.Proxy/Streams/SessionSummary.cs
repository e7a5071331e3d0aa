using Hawser.Base.Network;
using Hawser.Base.Time;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Streams;

/// <summary>A live session as its loop saw it at one moment.</summary>
public readonly record struct SessionSummary
{
    /// <summary>Its number in the process: what names it.</summary>
    public uint Number { get; init; }

    public int Loop { get; init; }

    public UnixTime AcceptDate { get; init; }

    public Instant AcceptedAt { get; init; }

    public NetworkAddress Client { get; init; }

    public NetworkAddress Server { get; init; }

    public Frontend Frontend { get; init; }

    /// <summary>Null until it has one.</summary>
    public Backend? Backend { get; init; }

    /// <summary>Null until it has one.</summary>
    public Server? Target { get; init; }

    public SessionPhase Phase { get; init; }

    /// <summary>-1 without a connection.</summary>
    public int ClientDescriptor { get; init; }

    /// <inheritdoc cref="ClientDescriptor"/>
    public int ServerDescriptor { get; init; }

    public long RequestBytesIn { get; init; }

    public long RequestBytesOut { get; init; }

    public long ResponseBytesIn { get; init; }

    public long ResponseBytesOut { get; init; }

    public Instant ClientActivity { get; init; }

    public Instant ServerActivity { get; init; }

    /// <summary>When its next deadline is.</summary>
    public Instant Expires { get; init; }

    public int Retries { get; init; }

    public bool IsClientFinSent { get; init; }

    public bool IsServerFinSent { get; init; }

    public bool IsSpliced { get; init; }
}
