using Hawser.Expressions.Acls;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Http;

/// <summary>"stats" of a proxy: where the page is, who may see it, and who may change something there. Immutable.</summary>
public sealed class StatisticsPage
{
    /// <summary>"stats uri": what the path and query begin with.</summary>
    public required byte[] Uri { get; init; }

    public required HttpService Service { get; init; }

    /// <summary>"stats auth"; null: nobody has to log in.</summary>
    public UserList? Users { get; init; }

    /// <summary>What those are answered who have not logged in.</summary>
    public required SessionAction Challenge { get; init; }

    /// <summary>"stats http-request".</summary>
    public RuleSet? Rules { get; init; }

    /// <summary>"stats admin": one that applies is enough.</summary>
    public Condition[] Admins { get; init; } = [];
}
