namespace Hawser.Config.Model;

/// <summary>A limit per stream that <c>set-bandwidth-limit</c> switches on (manual, section 9.7).</summary>
public sealed record BandwidthFilterConfig
{
    public required string Name { get; init; }

    /// <summary><c>bwlim-out</c>: what goes to the client.</summary>
    public required bool IsResponse { get; init; }

    /// <summary>Bytes per period.</summary>
    public required long LimitBytes { get; init; }

    public required int PeriodMs { get; init; }

    /// <summary>So many bytes go at a time, but for the last ones.</summary>
    public long MinimumBytes { get; init; }
}
