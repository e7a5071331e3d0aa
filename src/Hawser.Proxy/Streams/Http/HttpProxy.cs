using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Expressions.Acls;
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

    /// <summary>"redirect" lines: after <see cref="RequestRules"/>.</summary>
    public RuleSet? RedirectRules { get; init; }

    /// <summary>"monitor-uri"; null without.</summary>
    public byte[]? MonitorUri { get; init; }

    /// <summary>"monitor fail": the monitor is told so when one of them applies.</summary>
    public Condition[] MonitorFailures { get; init; } = [];

    /// <summary>"option http-use-proxy-header".</summary>
    public bool UsesProxyHeader { get; init; }

    /// <summary>"stats"; null without the page.</summary>
    public StatisticsPage? Statistics { get; init; }

    public ErrorAnswers Errors { get; init; } = ErrorAnswers.None;

    /// <summary>"option accept-unsafe-violations-in-http-request".</summary>
    public Http1Leniency RequestLeniency { get; init; }

    /// <summary>"option accept-unsafe-violations-in-http-response".</summary>
    public Http1Leniency ResponseLeniency { get; init; }

    /// <summary>"h1-accept-payload-with-any-method".</summary>
    public bool TakesAnyPayload { get; init; }

    /// <summary>"h1-do-not-close-on-insecure-transfer-encoding".</summary>
    public bool KeepsInsecureFraming { get; init; }

    /// <summary>"timeout http-request": for a whole head; not set: "timeout client" between its bytes.</summary>
    public Milliseconds RequestTimeout { get; init; }

    /// <summary>"timeout http-keep-alive": until the next request begins.</summary>
    public Milliseconds KeepAliveTimeout { get; init; }

    /// <summary>"timeout tarpit".</summary>
    public Milliseconds TarpitTimeout { get; init; }

    /// <summary>What happens to connections after a request.</summary>
    public HttpConnectionMode ConnectionMode { get; init; }

    /// <summary>"option http-pretend-keepalive": a server that is to close is not told so.</summary>
    public bool PretendsKeepAlive { get; init; }

    /// <summary>"option http-buffer-request": nothing is chosen before the body is there, or as much as the block takes.</summary>
    public bool BuffersRequest { get; init; }

    /// <summary>"option http-drop-request-trailers".</summary>
    public bool DropsRequestTrailers { get; init; }

    /// <summary>"option http-no-delay".</summary>
    public bool NoDelay { get; init; }

    /// <summary>"option http-drop-response-trailers".</summary>
    public bool DropsResponseTrailers { get; init; }

    /// <summary>"option checkcache": a backend's.</summary>
    public bool ChecksCache { get; init; }

    /// <summary>"option h1-case-adjust-bogus-client": a frontend's; null without.</summary>
    public HeaderCases? ClientCases { get; init; }

    /// <summary>"option h1-case-adjust-bogus-server": a backend's; null without.</summary>
    public HeaderCases? ServerCases { get; init; }

    /// <summary>"option http-ignore-probes": a connection that closes without a request is not spoken of.</summary>
    public bool IgnoresProbes { get; init; }

    /// <summary>"retry-on": failures after which a request goes to a server again.</summary>
    public RetryConditions RetryOn { get; init; } = RetryConditions.ConnectionFailure;

    /// <summary>"option http-restrict-req-hdr-names".</summary>
    public HeaderNamePolicy RequestHeaderNames { get; init; }

    /// <summary>"unique-id-header", in lower case; null without.</summary>
    public byte[]? UniqueIdHeader { get; init; }

    /// <summary>"option forwardfor".</summary>
    public AddressHeader? ForwardedFor { get; init; }

    /// <summary>"option originalto".</summary>
    public AddressHeader? OriginalTo { get; init; }

    /// <summary>"option forwarded": a backend's.</summary>
    public ForwardedHeader? Forwarded { get; init; }

    /// <summary>"http-send-name-header", in lower case: a backend's.</summary>
    public byte[]? ServerNameHeader { get; init; }

    /// <summary>"capture cookie": a frontend's.</summary>
    public CookieCapture? CookieCapture { get; init; }

    /// <summary>"cookie": a backend's.</summary>
    public CookiePersistence? Cookie { get; init; }

    /// <summary>"force-persist" and "ignore-persist", in order: a backend's.</summary>
    public PersistenceCondition[] PersistenceRules { get; init; } = [];

    /// <summary>"http-reuse".</summary>
    public HttpReuse Reuse { get; init; } = HttpReuse.Safe;
}
