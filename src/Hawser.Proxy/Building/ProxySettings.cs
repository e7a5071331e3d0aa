using System;
using Hawser.Config.Diagnostics;
using Hawser.Io.Kernels;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Building;

/// <summary>What the composition root gives the builder beside the configuration.</summary>
public sealed record ProxySettings
{
    public required Kernel Kernel { get; init; }

    /// <summary>Event loops, one thread each; 1 and up.</summary>
    public required int Loops { get; init; }

    /// <summary>What is built is only looked at for mistakes and serves nobody: it counts nothing.</summary>
    public bool IsCheck { get; init; }

    /// <summary>How many loops count: a set of counters for each of 30,000 servers takes more than all else.</summary>
    internal int CountingLoops => IsCheck ? 0 : Loops;

    public required int ProcessId { get; init; }

    /// <summary>Default of a frontend's "maxconn" (-N); null: the process's limit.</summary>
    public int? DefaultFrontendSessions { get; init; }

    /// <summary>Seed of every random choice.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The tag of log lines where no "log-tag" says otherwise.</summary>
    public string ProgramName { get; init; } = "haproxy";

    public required string Hostname { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    public bool NoSplice { get; init; }

    public bool NoReusePort { get; init; }

    /// <summary>"-x"; null without.</summary>
    public HandedListeners? Handed { get; init; }

    /// <summary>"-dM": what fresh buffers are filled with; null: nothing.</summary>
    public byte? Poison { get; init; }

    /// <summary>A server whose name is unknown starts in maintenance instead of stopping the start (-dr).</summary>
    public bool IgnoresUnresolved { get; init; }

    /// <summary>To stderr in the shape of a diagnostic: what HAProxy also tells there while it runs.</summary>
    public required Action<Severity, string> Print { get; init; }

    /// <summary>The number of a user of the system; null when there is no such name.</summary>
    public Func<string, int?> FindUser { get; init; } = static _ => null;

    /// <summary>The number of a group of the system; null when there is no such name.</summary>
    public Func<string, int?> FindGroup { get; init; } = static _ => null;

    /// <summary>"-d": to standard output, what happens to sessions; null: nothing is told.</summary>
    public Action<string>? DebugPrint { get; init; }

    public required AddressResolver Resolver { get; init; }

    /// <summary>What answers requests inside this process.</summary>
    public HttpServices Services { get; init; } = HttpServices.None;
}
