using Hawser.Base.Time;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// What mode http knows of a frontend, a backend or a listen section: rules, answers, and how connections are kept.
/// Immutable once built, shared by all loops.
/// </summary>
public sealed class HttpProxy : BackendProtocol
{
    /// <summary>"http-request"; null when there is none.</summary>
    public RuleSet? RequestRules { get; init; }

    /// <summary>"http-response".</summary>
    public RuleSet? ResponseRules { get; init; }

    /// <summary>"http-after-response": also for answers of our own.</summary>
    public RuleSet? AfterResponseRules { get; init; }

    public ErrorAnswers Errors { get; init; } = ErrorAnswers.None;

    /// <summary>"option accept-unsafe-violations-in-http-request".</summary>
    public Http1Leniency RequestLeniency { get; init; }

    /// <summary>"option accept-unsafe-violations-in-http-response".</summary>
    public Http1Leniency ResponseLeniency { get; init; }

    /// <summary>"timeout http-request": for a whole head; not set: "timeout client" between its bytes.</summary>
    public Milliseconds RequestTimeout { get; init; }

    /// <summary>"timeout http-keep-alive": until the next request begins.</summary>
    public Milliseconds KeepAliveTimeout { get; init; }

    /// <summary>"timeout tarpit".</summary>
    public Milliseconds TarpitTimeout { get; init; }

    /// <summary>What happens to connections after a request.</summary>
    public HttpConnectionMode ConnectionMode { get; init; }

    /// <summary>"http-reuse".</summary>
    public HttpReuse Reuse { get; init; } = HttpReuse.Safe;
}

/// <summary>How long connections live (manual, section 4: "option http-keep-alive" and its kin).</summary>
public enum HttpConnectionMode : byte
{
    /// <summary>Both sides take the next request.</summary>
    KeepAlive,

    /// <summary>"option http-server-close": the client's side does, the server's is closed.</summary>
    ServerClose,

    /// <summary>"option httpclose": both are closed.</summary>
    Close,
}

/// <summary>Which requests may use a server's connection that another client's request has used before.</summary>
public enum HttpReuse : byte
{
    /// <summary>None: a connection stays with its client.</summary>
    Never,

    /// <summary>All but a client's first one, which could not be repeated if the connection broke.</summary>
    Safe,

    /// <summary>A first one too, when the connection has been used again before.</summary>
    Aggressive,

    Always,
}
