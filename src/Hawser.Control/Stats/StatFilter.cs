using System;
using System.Collections.Generic;
using Hawser.Config.Model;
using Hawser.Proxy.Backends;

namespace Hawser.Control.Stats;

/// <summary>Which objects are asked for (management manual, "show stat").</summary>
public sealed record StatFilter
{
    public const int All = -1;

    public static readonly StatFilter Everything = new();

    /// <summary>Number of a proxy.</summary>
    public int ProxyId { get; init; } = All;

    /// <summary>1 for frontends, 2 for backends, 4 for servers, 8 for listeners, or several of them.</summary>
    public int Kinds { get; init; } = All;

    /// <summary>Number of a server or listener.</summary>
    public int ObjectId { get; init; } = All;

    /// <summary>"stats scope": only proxies of these names; null: all.</summary>
    public IReadOnlySet<string>? Names { get; init; }

    /// <summary>Only proxies whose name has this in it; empty: all.</summary>
    public string NamePart { get; init; } = "";

    /// <summary>"up": without servers that are down or in maintenance.</summary>
    public bool UpOnly { get; init; }

    /// <summary>"no-maint": without servers in maintenance.</summary>
    public bool NoMaintenance { get; init; }

    public bool Takes(ProxyConfig proxy) =>
        (ProxyId == All || ProxyId == proxy.Id)
        && Names?.Contains(proxy.Name) != false
        && (NamePart.Length == 0 || proxy.Name.Contains(NamePart, StringComparison.Ordinal));

    public bool Takes(StatObject kind, int id) =>
        (Kinds & (1 << (int)kind)) != 0 && (ObjectId == All || ObjectId == id);

    public bool Takes(Server server) =>
        (!UpOnly || (server.IsUp && !server.IsInMaintenance)) && (!NoMaintenance || !server.IsInMaintenance);
}
