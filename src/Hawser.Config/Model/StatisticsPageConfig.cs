using System.Collections.Immutable;

namespace Hawser.Config.Model;

/// <summary>A name and password of the statistics page.</summary>
public readonly record struct StatisticsAccount(string User, string Password);

/// <summary>
/// The statistics page of a proxy: all <c>stats</c> lines but <c>http-request</c> and <c>admin</c>, which are rules.
/// </summary>
public sealed record StatisticsPageConfig
{
    public string Uri { get; init; } = "/haproxy?stats";

    /// <summary>Null: HAProxy Statistics.</summary>
    public string? Realm { get; init; }

    /// <summary>Empty: nobody has to log in.</summary>
    public ImmutableArray<StatisticsAccount> Accounts { get; init; } = [];

    /// <summary>0: the page does not reload itself.</summary>
    public int RefreshSeconds { get; init; }

    /// <summary>Names of the proxies that are shown, <c>.</c> being this one; empty: all.</summary>
    public ImmutableArray<string> Scope { get; init; } = [];

    /// <summary><c>show-version</c> and <c>hide-version</c>.</summary>
    public bool ShowsVersion { get; init; }

    public bool ShowsDescription { get; init; }

    /// <summary>Null: the global one.</summary>
    public string? Description { get; init; }

    public bool ShowsLegends { get; init; }
    public bool ShowsModules { get; init; }
    public bool ShowsNode { get; init; }

    /// <summary>Null: the global one, or the host's name.</summary>
    public string? Node { get; init; }
}
