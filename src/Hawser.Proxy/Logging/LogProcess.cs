using System;

namespace Hawser.Proxy.Logging;

/// <summary>What log lines say about the process; the same for all loops, set once at start.</summary>
public sealed record LogProcess
{
    /// <summary>%pid, and in most headers.</summary>
    public required int ProcessId { get; init; }

    /// <summary>%H: the system's host name, UTF-8.</summary>
    public required byte[] Hostname { get; init; }

    /// <summary>The zone of %t, %Tl and the headers' dates.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>The longest "len" of all targets, header and line feed included.</summary>
    public int MaximumLineBytes { get; init; } = 1024;
}
