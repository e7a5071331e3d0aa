using System.Collections.Generic;

namespace Hawser.Config.Keywords;

/// <summary>Proxy keywords that mean something in http mode only, with what HAProxy 3.5 says about them in tcp mode.</summary>
internal static class KnownHttpKeywords
{
    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        Http("cookie",
            "<name> [ rewrite | insert | prefix | indirect | nocache | postonly | preserve | httponly | secure | domain <domain> | maxidle <time> | maxlife <time> | dynamic | attr <value> ]*", ProxyRows.DefaultsAndBack, HttpOnlyWarning.Setting),
        Http("hash-preserve-affinity", "{ always | maxconn | maxqueue }", ProxyRows.DefaultsAndBack),
        Http("stats auth", "<user:password> ...", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats enable", "...", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats hide-version", "...", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats realm", "<realm> ...", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats refresh", "<time> ...", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats scope", "<name> ...", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats show-desc", "<text>*", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats show-legends", "...", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats show-node", "[ <name> ] ...", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats show-version", "...", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats uri", "<prefix> ...", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("compression algo", "{ identity | gzip | deflate | raw-deflate }...", ProxyRows.Anywhere),
        Http("compression algo-req", "{ identity | gzip | deflate | raw-deflate }", ProxyRows.Anywhere),
        Http("compression algo-res", "{ identity | gzip | deflate | raw-deflate }...", ProxyRows.Anywhere),
        Http("compression type", "<type>...", ProxyRows.Anywhere),
        Http("compression type-req", "<type>...", ProxyRows.Anywhere),
        Http("compression type-res", "<type>...", ProxyRows.Anywhere),
        Http("compression minsize-req", "<size 1..> ...", ProxyRows.Anywhere),
        Http("compression minsize-res", "<size 1..> ...", ProxyRows.Anywhere),
        Http("compression offload", "...", SectionSet.Proxies) with { IsIgnoredInDefaults = true },
        Http("compression direction", "{ request | response | both }", ProxyRows.Anywhere),
        Http("dynamic-cookie-key", "<secret> ...", ProxyRows.DefaultsAndBack),
        Http("stats show-modules", "...", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
    ];

    private static KeywordRow<ProxyContext> Http(
        string name, string usage, SectionSet sections, HttpOnlyWarning warning = HttpOnlyWarning.Silent) =>
        new(name, usage, sections, KeywordStatus.HttpOnly, "http mode only") { HttpOnly = warning };
}
