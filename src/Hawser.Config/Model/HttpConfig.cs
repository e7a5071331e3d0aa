using System;
using System.Collections.Immutable;

namespace Hawser.Config.Model;

/// <summary>What becomes of connections after a response.</summary>
public enum HttpConnectionMode
{
    /// <summary>Both sides stay (<c>option http-keep-alive</c>).</summary>
    KeepAlive,

    /// <summary>The server's is closed, the client's stays.</summary>
    ServerClose,

    /// <summary>Both are closed (<c>option httpclose</c>).</summary>
    Close,
}

/// <summary>Which idle connections to servers another client's requests may be sent over.</summary>
public enum HttpReuse
{
    Never,
    Safe,
    Aggressive,
    Always,
}

/// <summary>What happens to request headers whose name has other characters than letters, digits and hyphens.</summary>
public enum HeaderNamePolicy
{
    Preserve,
    Delete,
    Reject,
}

/// <summary>Failures after which a request is sent again.</summary>
[Flags]
public enum RetryConditions
{
    None = 0,
    ConnectionFailure = 1,
    EmptyResponse = 2,
    JunkResponse = 4,
    ResponseTimeout = 8,
    EarlyDataRejected = 16,
    Status401 = 32,
    Status403 = 64,
    Status404 = 128,
    Status408 = 256,
    Status421 = 512,
    Status425 = 1024,
    Status429 = 2048,
    Status500 = 4096,
    Status501 = 8192,
    Status502 = 16384,
    Status503 = 32768,
    Status504 = 65536,
}

/// <summary>What a proxy in http mode does with connections and messages, rules aside.</summary>
public sealed record HttpConfig
{
    // Connections.
    /// <summary>Null: nothing was written, which is <see cref="HttpConnectionMode.KeepAlive"/>.</summary>
    public HttpConnectionMode? ConnectionMode { get; init; }

    public HttpReuse Reuse { get; init; } = HttpReuse.Safe;

    /// <summary><c>max-keep-alive-queue</c>; -1: no limit.</summary>
    public int MaxKeepAliveQueue { get; init; } = -1;

    /// <summary><c>max-session-srv-conns</c>: idle connections to servers kept for one client.</summary>
    public int MaxSessionServerConnections { get; init; } = 5;

    public bool PreferLastServer { get; init; }
    public bool PretendKeepAlive { get; init; }
    public bool NoDelay { get; init; }
    public bool IgnoreProbes { get; init; }

    /// <summary><c>option http-use-proxy-header</c>: Proxy-Connection instead of Connection.</summary>
    public bool UseProxyHeader { get; init; }

    public bool IdleCloseOnResponse { get; init; }

    /// <summary><c>option disable-h2-upgrade</c></summary>
    public bool DisableHttp2Upgrade { get; init; }

    public RetryConditions RetryOn { get; init; } = RetryConditions.ConnectionFailure;

    // Messages.
    public bool BufferRequest { get; init; }
    public bool DropRequestTrailers { get; init; }
    public bool DropResponseTrailers { get; init; }

    /// <summary>Null: nothing was written, which is <see cref="HeaderNamePolicy.Preserve"/>.</summary>
    public HeaderNamePolicy? RequestHeaderNames { get; init; }

    /// <summary><c>option accept-unsafe-violations-in-http-request</c></summary>
    public bool AcceptUnsafeRequests { get; init; }

    /// <summary><c>option accept-unsafe-violations-in-http-response</c></summary>
    public bool AcceptUnsafeResponses { get; init; }

    /// <summary><c>option h1-case-adjust-bogus-client</c></summary>
    public bool AdjustCaseForClients { get; init; }

    /// <summary><c>option h1-case-adjust-bogus-server</c></summary>
    public bool AdjustCaseForServers { get; init; }

    public bool CheckCache { get; init; }

    /// <summary>Null: off.</summary>
    public AddressHeaderConfig? ForwardedFor { get; init; }

    /// <summary>Null: off.</summary>
    public AddressHeaderConfig? OriginalTo { get; init; }

    /// <summary>Null: off.</summary>
    public ForwardedConfig? Forwarded { get; init; }

    /// <summary><c>http-send-name-header</c>: the header that carries the server's name.</summary>
    public string? ServerNameHeader { get; init; }

    public Located<string>? MonitorUri { get; init; }

    public Located<string>? UniqueIdFormat { get; init; }

    public string? UniqueIdHeader { get; init; }

    /// <summary>What stands in for the proxy's own answers, in the order of the lines.</summary>
    public ImmutableArray<HttpErrorConfig> Errors { get; init; } = [];

    // Persistence.
    public CookieConfig? Cookie { get; init; }

    public string? DynamicCookieKey { get; init; }

    // Captures.
    /// <summary>By number: of <c>capture request header</c> and <c>declare capture request</c> in the order of their lines.</summary>
    public ImmutableArray<HeaderCaptureConfig> RequestCaptures { get; init; } = [];

    /// <summary>As <see cref="RequestCaptures"/>, of responses.</summary>
    public ImmutableArray<HeaderCaptureConfig> ResponseCaptures { get; init; } = [];

    public CookieCaptureConfig? CookieCapture { get; init; }
}
