using System.Collections.Generic;

namespace Hawser.Config.Keywords;

/// <summary>Proxy options that mean something in http mode only, with what HAProxy 3.5 says about them in tcp mode.</summary>
internal static class KnownHttpOptions
{
    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        Http("option checkcache", "", ProxyRows.DefaultsAndBack, HttpOnlyWarning.Option),
        Http("option disable-h2-upgrade", "", ProxyRows.DefaultsAndFront, HttpOnlyWarning.Option),
        Http("option forwardfor",
            "[ except <network> | header <name> | if-none ]*", ProxyRows.Anywhere, HttpOnlyWarning.Option),
        Http("option forwarded",
            "[ proto | host | host-expr <expression> | by | by-expr <expression> | by_port | by_port-expr <expression> | for | for-expr <expression> | for_port | for_port-expr <expression> ]*", ProxyRows.DefaultsAndBack, HttpOnlyWarning.Option),
        Http("option h1-case-adjust-bogus-client", "", ProxyRows.DefaultsAndFront),
        Http("option h1-case-adjust-bogus-server", "", ProxyRows.DefaultsAndBack),
        Http("option http-buffer-request", "", ProxyRows.Anywhere, HttpOnlyWarning.Option),
        Http("option http-drop-request-trailers",
            "", ProxyRows.DefaultsAndBack, HttpOnlyWarning.Option),
        Http("option http-drop-response-trailers",
            "", ProxyRows.DefaultsAndFront, HttpOnlyWarning.Option),
        Http("option http-ignore-probes", "", ProxyRows.DefaultsAndFront, HttpOnlyWarning.Option),
        Http("option http-keep-alive", "", ProxyRows.Anywhere),
        Http("option http-no-delay", "", ProxyRows.Anywhere, HttpOnlyWarning.Option),
        Http("option http-pretend-keepalive", "", ProxyRows.DefaultsAndBack, HttpOnlyWarning.Option),
        Http("option http-restrict-req-hdr-names", "{ preserve | delete | reject }", ProxyRows.Anywhere),
        Http("option http-server-close", "", ProxyRows.Anywhere),
        Http("option http-use-proxy-header", "", ProxyRows.DefaultsAndFront, HttpOnlyWarning.Option),
        Http("option httpclose", "", ProxyRows.Anywhere),
        Http("option idle-close-on-response", "", ProxyRows.DefaultsAndFront, HttpOnlyWarning.Option),
        Http("option originalto",
            "[ except <network> | header <name> ]*", ProxyRows.Anywhere, HttpOnlyWarning.Option),
        Http("option prefer-last-server", "", ProxyRows.DefaultsAndBack, HttpOnlyWarning.Option),
        Http("option accept-invalid-http-request", "", ProxyRows.DefaultsAndFront) with
        {
            Deprecation = "is deprecated, please use 'option accept-unsafe-violations-in-http-request' if absolutely needed.",
        },
        Http("option accept-invalid-http-response", "", ProxyRows.DefaultsAndBack) with
        {
            Deprecation = "is deprecated, please use 'option accept-unsafe-violations-in-http-response' if absolutely needed.",
        },
        Http("option accept-unsafe-violations-in-http-request",
            "", ProxyRows.DefaultsAndFront, HttpOnlyWarning.Option),
        Http("option accept-unsafe-violations-in-http-response",
            "", ProxyRows.DefaultsAndBack, HttpOnlyWarning.Option),
    ];

    private static KeywordRow<ProxyContext> Http(
        string name, string usage, SectionSet sections, HttpOnlyWarning warning = HttpOnlyWarning.Silent) =>
        new(name, usage, sections, KeywordStatus.HttpOnly, "http mode only") { HttpOnly = warning, IsNegatable = true };
}
