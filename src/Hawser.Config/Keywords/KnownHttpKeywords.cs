using System.Collections.Generic;

namespace Hawser.Config.Keywords;

/// <summary>Proxy keywords that mean something in http mode only, with what HAProxy 3.5 says about them in tcp mode.</summary>
internal static class KnownHttpKeywords
{
    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
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
    ];

    private static KeywordRow<ProxyContext> Http(
        string name, string usage, SectionSet sections, HttpOnlyWarning warning = HttpOnlyWarning.Silent) =>
        new(name, usage, sections, KeywordStatus.HttpOnly, "http mode only") { HttpOnly = warning };
}
