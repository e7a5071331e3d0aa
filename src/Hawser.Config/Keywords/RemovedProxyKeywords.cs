using System.Collections.Generic;

namespace Hawser.Config.Keywords;

/// <summary>Proxy keywords of older releases that HAProxy refuses today, with what took their place.</summary>
internal static class RemovedProxyKeywords
{
    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        Removed("appsession", "stick-table"),
        Removed("bind-process", "thread (bind option)"),
        Removed("monitor-net", "http-request return"),
        Removed("transparent", "source ... usesrc"),
        Removed("usesrc", "source ... usesrc"),
        Removed("option transparent", "source ... usesrc"),
    ];

    private static KeywordRow<ProxyContext> Removed(string name, string modern) =>
        new(name, "", ProxyRows.Anywhere, KeywordStatus.Removed, "") { Modern = modern };
}
