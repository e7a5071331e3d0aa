using System.Collections.Immutable;
using Hawser.Config.Diagnostics;
using Hawser.Config.Syntax;

namespace Hawser.Config.Model;

/// <summary>Which rule set a line belongs to.</summary>
public enum RuleSetKind
{
    /// <summary><c>acl</c></summary>
    Acl,

    /// <summary><c>tcp-request connection</c></summary>
    TcpRequestConnection,

    /// <summary><c>tcp-request session</c></summary>
    TcpRequestSession,

    /// <summary><c>tcp-request content</c></summary>
    TcpRequestContent,

    /// <summary><c>tcp-response content</c></summary>
    TcpResponseContent,

    /// <summary><c>use_backend</c></summary>
    UseBackend,

    /// <summary><c>use-server</c></summary>
    UseServer,

    /// <summary><c>force-persist</c></summary>
    ForcePersist,

    /// <summary><c>ignore-persist</c></summary>
    IgnorePersist,

    /// <summary><c>http-request</c></summary>
    HttpRequest,

    /// <summary><c>http-response</c></summary>
    HttpResponse,

    /// <summary><c>http-after-response</c></summary>
    HttpAfterResponse,

    /// <summary><c>redirect</c>: processed after <see cref="HttpRequest"/>.</summary>
    Redirect,

    /// <summary><c>monitor fail</c></summary>
    MonitorFail,

    /// <summary><c>stats http-request</c></summary>
    StatsHttpRequest,

    /// <summary><c>stats admin</c></summary>
    StatsAdmin,

    /// <summary><c>force-be-switch</c></summary>
    ForceBackendSwitch,
}

/// <summary>
/// A line that is a rule: its words as written. They are compiled when the proxies are built, because they are made of
/// expressions, which the language of sections does not know.
/// </summary>
/// <param name="Keyword">The words that opened the line, joined by single spaces.</param>
/// <param name="Origin">Of the keyword.</param>
/// <param name="Words">What follows the keyword.</param>
public sealed record RuleConfig(RuleSetKind Set, string Keyword, Origin Origin, ImmutableArray<Word> Words)
{
    /// <summary>It was written in a defaults section.</summary>
    public bool IsInherited { get; init; }
}
