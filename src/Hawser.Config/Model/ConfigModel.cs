using System.Collections.Generic;
using System.Collections.Immutable;

namespace Hawser.Config.Model;

/// <summary>
/// What the files said, after defaults were applied, names checked and identifiers given. Immutable; text is UTF-8
/// decoded with invalid bytes kept as lone surrogates, see <see cref="Syntax.ConfigText"/>.
/// </summary>
public sealed record ConfigModel
{
    public GlobalConfig Global { get; init; } = new();

    /// <summary>frontend, backend and listen sections in file order; <c>disabled</c> ones included.</summary>
    public ImmutableArray<ProxyConfig> Proxies { get; init; } = [];

    /// <summary>
    /// defaults sections in file order, for what is looked at above this layer: their rules have to be right even where
    /// nobody inherits them.
    /// </summary>
    public ImmutableArray<ProxyConfig> Defaults { get; init; } = [];

    /// <summary>userlist sections in file order.</summary>
    public ImmutableArray<UserListConfig> UserLists { get; init; } = [];

    /// <summary>http-errors sections in file order.</summary>
    public ImmutableArray<HttpErrorsSection> HttpErrors { get; init; } = [];

    /// <summary>log-profile sections in file order.</summary>
    public ImmutableArray<LogProfileConfig> LogProfiles { get; init; } = [];

    /// <summary>What relative file names mean, place by place.</summary>
    public FilePaths Paths { get; init; } = new();

    /// <summary>
    /// Changes that setenv, presetenv, unsetenv and resetenv made to the process's environment, in order; a null
    /// value removes the variable.
    /// </summary>
    public ImmutableArray<KeyValuePair<string, string?>> EnvironmentChanges { get; init; } = [];
}
