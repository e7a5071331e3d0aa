namespace Hawser.Config.Model;

/// <summary>
/// The timers of a proxy in milliseconds with the line that set each. Null: not set, or set to 0, which is the same:
/// infinite, but for those that name another timer as their default.
/// </summary>
public sealed record TimeoutsConfig
{
    public Located<int>? ConnectMs { get; internal set; }
    public Located<int>? ClientMs { get; internal set; }
    public Located<int>? ServerMs { get; internal set; }

    /// <summary>Null: <see cref="ConnectMs"/>.</summary>
    public Located<int>? QueueMs { get; internal set; }

    /// <summary>Extra time for a check after its connection; null: the check's <c>inter</c> bounds it.</summary>
    public Located<int>? CheckMs { get; internal set; }

    /// <summary>Once both sides have spoken; replaces client and server.</summary>
    public Located<int>? TunnelMs { get; internal set; }

    /// <summary>After the client's direction was shut; null: the running timer goes on.</summary>
    public Located<int>? ClientFinMs { get; internal set; }

    public Located<int>? ServerFinMs { get; internal set; }

    /// <summary>Handshakes with the client (PROXY, TLS); null: <see cref="ClientMs"/>.</summary>
    public Located<int>? ClientHandshakeMs { get; internal set; }

    /// <summary>Null: <see cref="ConnectMs"/>.</summary>
    public Located<int>? TarpitMs { get; internal set; }

    public Located<int>? HttpRequestMs { get; internal set; }
    public Located<int>? HttpKeepAliveMs { get; internal set; }
}
