using Hawser.Io.Kernels;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Checks;

/// <summary>What a state file says of one server, checked (management manual, "show servers state").</summary>
public sealed record RestoredState
{
    public required ServerHealth Health { get; init; }

    /// <summary>It was warming up: it does so from its beginning.</summary>
    public bool IsStarting { get; init; }

    /// <summary>What an operator had decided; nothing inherited.</summary>
    public ServerAdministration Administration { get; init; }

    /// <summary>0 to 256; null: the configured one.</summary>
    public int? Weight { get; init; }

    /// <summary>Null: the one it has.</summary>
    public ServerEndpoint? Endpoint { get; init; }

    public long SecondsSinceChange { get; init; }

    /// <summary>The counter of the checks; it counts for a server that was stopping.</summary>
    public int CheckHealth { get; init; }

    public bool IsCheckDisabled { get; init; }

    /// <summary>Null: none that is known here.</summary>
    public CheckStatus? CheckStatus { get; init; }

    public CheckTargetChange CheckTarget { get; init; }
}
