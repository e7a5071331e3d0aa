namespace Hawser.Control.Processes;

/// <summary>What was asked for, on the command line or in the global section. Null: not written.</summary>
public sealed record LimitSettings
{
    public const int DefaultBufferSizeBytes = 16_384;

    /// <summary><c>-n</c>, else <c>maxconn</c>.</summary>
    public int? MaxConnections { get; init; }

    public int? MaxPipes { get; init; }

    /// <summary><c>ulimit-n</c>.</summary>
    public int? DescriptorLimit { get; init; }

    /// <summary><c>fd-hard-limit</c>.</summary>
    public int? DescriptorHardLimit { get; init; }

    /// <summary><c>-m</c>.</summary>
    public int? MemoryMegabytes { get; init; }

    /// <summary><c>tune.bufsize</c>.</summary>
    public int BufferSizeBytes { get; init; } = DefaultBufferSizeBytes;
}
