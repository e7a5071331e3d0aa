using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Actions;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Building;

/// <summary>From a proxy's settings to what mode http knows of it.</summary>
internal static class HttpBuilder
{
    /// <param name="rules">The proxy's compiled rules come from here.</param>
    /// <param name="cases">"h1-case-adjust"; null without.</param>
    public static HttpProxy Build(ProxyConfig proxy, HttpGlobalConfig process, RuleBuilder rules, ReplyCompiler replies, HeaderCases? cases) => new()
    {
        TakesAnyPayload = process.AcceptPayloadWithAnyMethod,
        KeepsInsecureFraming = process.KeepInsecureFraming,
        RequestRules = rules.Http(RuleSetKind.HttpRequest),
        RedirectRules = rules.Redirects(),
        ResponseRules = rules.Http(RuleSetKind.HttpResponse),
        AfterResponseRules = rules.Http(RuleSetKind.HttpAfterResponse),
        Statistics = rules.Statistics(),
        RequestHeaderNames = proxy.Http.RequestHeaderNames ?? HeaderNamePolicy.Preserve,
        UniqueIdHeader = AddedHeadersBuilder.Name(proxy.Http.UniqueIdHeader),
        ForwardedFor = AddedHeadersBuilder.ForwardedFor(proxy),
        OriginalTo = AddedHeadersBuilder.OriginalTo(proxy),
        Forwarded = AddedHeadersBuilder.Forwarded(proxy, rules.Context, rules.Findings),
        ServerNameHeader = AddedHeadersBuilder.ServerNameHeader(proxy, rules.Findings),
        CookieCapture = proxy.HasFrontend && proxy.Http.CookieCapture is { } captured ? new CookieCapture(captured) : null,
        Cookie = proxy.HasBackend && proxy.Http.Cookie is { } cookie ? new CookiePersistence(cookie, proxy.Options.Persist) : null,
        PersistenceRules = rules.Persistence(),
        MonitorUri = proxy.HasFrontend && proxy.Http.MonitorUri is { } uri ? ConfigText.Encode(uri.Value) : null,
        MonitorFailures = rules.MonitorFailures(),
        RequestLeniency = proxy.Http.AcceptUnsafeRequests ? Http1Leniency.Unsafe : Http1Leniency.Strict,
        ResponseLeniency = proxy.Http.AcceptUnsafeResponses ? Http1Leniency.Unsafe : Http1Leniency.Strict,
        UsesProxyHeader = proxy.Http.UseProxyHeader,
        Errors = replies.Errors(proxy.Http.Errors, rules.Context),
        RequestTimeout = new Milliseconds(proxy.Timeouts.HttpRequestMs?.Value ?? 0),
        KeepAliveTimeout = new Milliseconds(proxy.Timeouts.HttpKeepAliveMs?.Value ?? 0),
        ConnectionMode = proxy.Http.ConnectionMode ?? HttpConnectionMode.KeepAlive,
        PretendsKeepAlive = proxy.Http.PretendKeepAlive,
        BuffersRequest = proxy.Http.BufferRequest,
        NoDelay = proxy.Http.NoDelay,
        DropsRequestTrailers = proxy.Http.DropRequestTrailers,
        DropsResponseTrailers = proxy.Http.DropResponseTrailers,
        IgnoresProbes = proxy.Http.IgnoreProbes,
        RetryOn = proxy.Http.RetryOn,
        Reuse = proxy.Http.Reuse,
        ChecksCache = proxy.HasBackend && proxy.Http.CheckCache,
        ClientCases = proxy.Http.AdjustCaseForClients ? cases : null,
        ServerCases = proxy.Http.AdjustCaseForServers ? cases : null,
        TarpitTimeout = new Milliseconds(proxy.Timeouts.TarpitMs?.Value ?? 0),
    };
}
