using Hawser.Control.Stats;
using Hawser.Proxy.Building;

namespace Hawser.Control.Pages;

/// <summary>
/// What the pages show and change. Services are made while a configuration is read; this is filled when it is put to work,
/// before the first client, and follows each reload.
/// </summary>
public sealed class PageContext
{
    public ProxySet Set { get; set; } = null!;

    public ProcessFacts Facts { get; set; } = null!;

    internal DashboardHistory History { get; private init; } = new();

    /// <summary>
    /// For an answer that is made in pieces: it goes on about the configuration it began with when a reload comes between
    /// two of them.
    /// </summary>
    internal PageContext Frozen() => new() { Set = Set, Facts = Facts, History = History };
}
