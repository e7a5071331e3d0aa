using System.Collections.Generic;
using Hawser.Io.Sockets;

namespace Hawser.Control.Processes;

/// <summary>What the command line adds to a configuration for the data plane. It wins over the file.</summary>
public sealed record ProcessSettings
{
    /// <summary><c>-d</c>: events on standard output.</summary>
    public bool Debug { get; init; }

    /// <summary><c>-dM</c>: the byte that fresh buffers are filled with; null: they are not.</summary>
    public byte? Poison { get; init; }

    /// <summary><c>-N</c>: maxconn of a frontend that sets none; null: that of the process.</summary>
    public int? DefaultProxyMaxConnections { get; init; }

    /// <summary><c>-c</c>: nothing is served.</summary>
    public bool IsCheck { get; init; }

    /// <summary><c>-dr</c>: <c>none</c> ends every server's <c>init-addr</c>.</summary>
    public bool IgnoresUnresolved { get; init; }

    /// <summary><c>-dG</c>: names are looked up with gethostbyname().</summary>
    public bool NoGetAddrInfo { get; init; }

    public bool NoReusePort { get; init; }

    /// <summary><c>-x</c>: sockets of an old process; null without.</summary>
    public IReadOnlyList<HandedSocket>? HandedSockets { get; init; }

    public bool NoSplice { get; init; }

    /// <summary>Name of this node for peers and <c>${HAPROXY_LOCALPEER}</c>.</summary>
    public required string LocalPeer { get; init; }
}
