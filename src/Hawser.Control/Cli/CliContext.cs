using Hawser.Config.Model;
using Hawser.Control.Reloads;
using Hawser.Control.Stats;
using Hawser.Proxy.Building;

namespace Hawser.Control.Cli;

/// <summary>What commands act on.</summary>
public sealed class CliContext
{
    public ConfigModel Model => Set.Model;

    /// <summary>What serves now; another one after each reload.</summary>
    public required ProxySet Set { get; set; }

    /// <summary>Null where nothing can be reloaded: in tests of commands.</summary>
    public ReloadManager? Reloads { get; set; }

    public required ProcessFacts Facts { get; init; }

    public required CommandTable Commands { get; init; }
}
