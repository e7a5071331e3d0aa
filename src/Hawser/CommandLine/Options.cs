using System.Collections.Immutable;

namespace Hawser.CommandLine;

/// <summary>What a start was asked to do.</summary>
public enum StartKind
{
    /// <summary>Read the configuration and serve.</summary>
    Run,

    /// <summary><c>-c</c>: read the configuration and say whether it is valid.</summary>
    Check,

    /// <summary><c>-cc</c>: evaluate a condition.</summary>
    Condition,
}

/// <summary>HAProxy's switches as given (management.txt, chapter 3). Null: not given.</summary>
public sealed record Options
{
    public StartKind Kind { get; init; }

    /// <summary>Files and directories of <c>-f</c> and <c>--</c>, in order.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary><c>-cc</c>.</summary>
    public string? Condition { get; init; }

    /// <summary><c>-C</c>.</summary>
    public string? Directory { get; init; }

    /// <summary><c>-D</c>.</summary>
    public bool Daemon { get; init; }

    /// <summary><c>-d</c>: foreground, and events on standard output.</summary>
    public bool Debug { get; init; }

    /// <summary><c>-db</c>, and with it <c>-d</c>: never in the background.</summary>
    public bool Foreground { get; init; }

    /// <summary><c>-q</c>.</summary>
    public bool Quiet { get; init; }

    /// <summary><c>-V</c>; stronger than quiet.</summary>
    public bool Verbose { get; init; }

    /// <summary><c>-W</c>, <c>-Ws</c>: this process answers as HAProxy's master would.</summary>
    public bool Master { get; init; }

    /// <summary><c>-Ws</c>: systemd is told.</summary>
    public bool NotifiesSystemd { get; init; }

    /// <summary><c>-S</c>: an address and options of a bind line, separated by commas.</summary>
    public string? MasterSocket { get; init; }

    /// <summary><c>-x</c>: the old process's socket.</summary>
    public string? OldSocket { get; init; }

    /// <summary><c>-p</c>.</summary>
    public string? PidFile { get; init; }

    /// <summary><c>-n</c>.</summary>
    public int? MaxConnections { get; init; }

    /// <summary><c>-N</c>: of each proxy that has no <c>maxconn</c>.</summary>
    public int? DefaultProxyMaxConnections { get; init; }

    /// <summary><c>-L</c>.</summary>
    public string? LocalPeer { get; init; }

    /// <summary><c>-m</c>.</summary>
    public int? MemoryMegabytes { get; init; }

    /// <summary><c>-sf</c>.</summary>
    public ImmutableArray<int> SoftStopped { get; init; } = [];

    /// <summary><c>-st</c>.</summary>
    public ImmutableArray<int> Terminated { get; init; } = [];

    /// <summary><c>-dM</c>: the byte that fresh buffers are filled with.</summary>
    public byte? Poison { get; init; }

    /// <summary><c>-dW</c>.</summary>
    public bool WarningsAreFatal { get; init; }

    /// <summary><c>-dD</c>.</summary>
    public bool ShowsDiagnostics { get; init; }

    /// <summary><c>-de</c>: without effect, and a notice says so.</summary>
    public bool NoEpoll { get; init; }

    /// <summary><c>-dr</c>: a server whose name has no address starts without one.</summary>
    public bool IgnoresUnresolved { get; init; }

    /// <summary><c>-dR</c>.</summary>
    public bool NoReusePort { get; init; }

    /// <summary><c>-dS</c>; also meant by <c>-dZ</c> and <c>-dF</c>.</summary>
    public bool NoSplice { get; init; }

    /// <summary><c>-dV</c>: servers' certificates are not verified.</summary>
    public bool NoServerVerify { get; init; }

    /// <summary><c>-dL</c>.</summary>
    public bool ListsLibraries { get; init; }

    /// <summary><c>-dG</c>.</summary>
    public bool NoGetAddrInfo { get; init; }

    /// <summary><c>-dA</c>: the tar file to write.</summary>
    public string? LibraryArchive { get; init; }

    /// <summary><c>-dK</c>.</summary>
    public KeywordClass ListedKeywords { get; init; }

    /// <summary><c>-dc</c>.</summary>
    public bool ShowsProcessors { get; init; }
}
