using Hawser.Control.Stats;
using Hawser.Proxy.Building;

namespace Hawser.Control.Pages;

/// <summary>
/// What the pages show and change. Services are made while a configuration is read; this is filled when it is put to work,
/// before the first client.
/// </summary>
public sealed class PageContext
{
    public ProxySet Set { get; set; } = null!;

    public ProcessFacts Facts { get; set; } = null!;

    public IdleMeter Idle { get; set; } = null!;

    internal DashboardHistory History { get; } = new();
}
