using System;

namespace Hawser.Control.Stats;

/// <summary>What the composition root knows of the process, for "show info" and its like.</summary>
public sealed record ProcessFacts
{
    /// <summary>HAProxy's version whose behaviour is matched, with our own after it.</summary>
    public required string Version { get; init; }

    public required string ReleaseDate { get; init; }

    public required int ProcessId { get; init; }

    public required string Hostname { get; init; }

    public required int Threads { get; init; }

    /// <summary>Maxsock, maxconn, maxpipes and the descriptor limit of this start.</summary>
    public int MaxSockets { get; init; }

    public int MaxConnections { get; init; }

    public int MaxPipes { get; init; }

    public int DescriptorLimit { get; init; }

    /// <summary>"-m", in MiB; 0: none.</summary>
    public int MemoryMegabytes { get; init; }

    /// <summary>From the start of the process until it served.</summary>
    public int BootMilliseconds { get; init; }

    /// <summary>Warnings so far.</summary>
    public Func<int> Warnings { get; init; } = static () => 0;

    /// <summary>The files whose code is loaded ("show libs"), one per line.</summary>
    public Func<string> Libraries { get; init; } = static () => "";

    /// <summary>What was said while the process started ("show startup-logs").</summary>
    public Func<string> StartupLogs { get; init; } = static () => "";
}
