using System.Collections.Immutable;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Model;

/// <summary>A <c>userlist</c> section; each group that a user is in exists.</summary>
public sealed record UserListConfig(string Name, ImmutableArray<UserConfig> Users, Origin Origin);

/// <summary>One user of a list.</summary>
public sealed record UserConfig
{
    public required string Name { get; init; }

    /// <summary>Null: nobody can log in with this name.</summary>
    public string? Password { get; init; }

    /// <summary>The password is one of crypt(3), not the text itself.</summary>
    public bool IsHashed { get; init; }

    public ImmutableArray<string> Groups { get; init; } = [];
    public Origin Origin { get; init; } = Origin.None;
}
