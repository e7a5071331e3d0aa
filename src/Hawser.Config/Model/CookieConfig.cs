using System.Collections.Immutable;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Model;

/// <summary>Who makes the cookie that keeps a client with its server.</summary>
public enum CookieMode
{
    /// <summary>The application: the cookie is only looked at.</summary>
    Passive,

    /// <summary>The application gives its name, the value becomes the server's (<c>rewrite</c>).</summary>
    Rewrite,

    /// <summary>The proxy (<c>insert</c>).</summary>
    Insert,

    /// <summary>The application; the server's is put before its value (<c>prefix</c>).</summary>
    Prefix,
}

/// <summary>Persistence by a cookie: the <c>cookie</c> line of a proxy.</summary>
public sealed record CookieConfig
{
    public required string Name { get; init; }
    public required Origin Origin { get; init; }
    public CookieMode Mode { get; init; }

    /// <summary>The server does not see it, and a client that has the right one gets none.</summary>
    public bool IsIndirect { get; init; }

    /// <summary>A response with the cookie says that caches may not keep it.</summary>
    public bool NoCache { get; init; }

    /// <summary>Only into responses to POST.</summary>
    public bool PostOnly { get; init; }

    /// <summary>A cookie that the server sets itself stays.</summary>
    public bool Preserve { get; init; }

    public bool HttpOnly { get; init; }
    public bool Secure { get; init; }

    /// <summary>Domain attributes, in order; each becomes one of its own.</summary>
    public ImmutableArray<string> Domains { get; init; } = [];

    /// <summary>Since it was last seen; 0: for ever.</summary>
    public int MaxIdleSeconds { get; init; }

    /// <summary>Since it was first set; 0: for ever.</summary>
    public int MaxLifeSeconds { get; init; }

    /// <summary>Values come from the server's address and <see cref="HttpConfig.DynamicCookieKey"/>.</summary>
    public bool IsDynamic { get; init; }

    /// <summary>Further attributes as written, in order.</summary>
    public ImmutableArray<string> Attributes { get; init; } = [];
}
