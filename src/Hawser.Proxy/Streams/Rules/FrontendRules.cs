using System.Collections.Generic;
using Hawser.Expressions.Acls;
using Hawser.Expressions.LogFormat;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Streams.Rules;

/// <summary>All that a frontend's rules ask of a session. A frontend without rules has none of this.</summary>
public sealed class FrontendRules
{
    /// <summary>"tcp-request connection"; null when there is none.</summary>
    public RuleSet? Connection { get; init; }

    /// <summary>"tcp-request session".</summary>
    public RuleSet? Session { get; init; }

    /// <summary>"tcp-request content".</summary>
    public RuleSet? Content { get; init; }

    /// <summary>"use_backend", in order.</summary>
    public required BackendRule[] Backends { get; init; }

    /// <summary>"force-be-switch": with one of them, a backend that is not published is chosen like any other.</summary>
    public required Condition[] Forced { get; init; }

    /// <summary>Whether a rule names the backend; a computed name may be any, and counts for none.</summary>
    public bool MayChoose(Backend backend)
    {
        foreach (BackendRule rule in Backends)
        {
            if (rule.Backend == backend) return true;
        }

        return false;
    }
}

/// <summary>One "use_backend" line.</summary>
/// <param name="Backend">Null when its name is computed.</param>
/// <param name="Name">The computed name.</param>
/// <param name="Known">What computed names are looked up in.</param>
public sealed record BackendRule(
    Condition? Condition, Backend? Backend, LogFormat? Name, BackendDirectory Known);

/// <summary>What a backend's rules ask of a session.</summary>
public sealed class BackendRules : BackendRuleSet
{
    /// <summary>"tcp-request content".</summary>
    public RuleSet? Content { get; init; }

    /// <summary>"tcp-response content".</summary>
    public RuleSet? Response { get; init; }

    /// <summary>"use-server", in order.</summary>
    public required ServerRule[] Servers { get; init; }

    /// <summary>What computed names of servers are looked up in.</summary>
    public required Dictionary<string, Server> ServersByName { get; set; }
}

/// <summary>One "use-server" line.</summary>
/// <param name="Server">Null when its name is computed.</param>
/// <param name="Name">The computed name.</param>
public sealed record ServerRule(Condition Condition, Server? Server, LogFormat? Name);
