using Hawser.Config.Model;
using Hawser.Control.Stats;
using Hawser.Proxy.Building;

namespace Hawser.Control.Cli;

/// <summary>What commands act on.</summary>
public sealed class CliContext
{
    public required ConfigModel Model { get; init; }

    public required ProxySet Set { get; init; }

    public required ProcessFacts Facts { get; init; }

    public required IdleMeter Idle { get; init; }

    public required CommandTable Commands { get; init; }
}
