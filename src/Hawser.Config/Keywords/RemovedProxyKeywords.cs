using System.Collections.Generic;

namespace Hawser.Config.Keywords;

/// <summary>Proxy keywords of older releases that HAProxy refuses today, with what took their place.</summary>
internal static class RemovedProxyKeywords
{
    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        Removed("appsession", "stick-table"),
        Removed("bind-process", "thread (bind option)"),
        Removed("block", "http-request deny"),
        Removed("cliexp", "timeout client"),
        Removed("monitor-net", "http-request return"),
        Removed("reqadd", "http-request add-header"),
        Removed("reqallow", "http-request allow"),
        Removed("reqdel", "http-request del-header"),
        Removed("reqdeny", "http-request deny"),
        Removed("reqiallow", "http-request allow"),
        Removed("reqidel", "http-request del-header"),
        Removed("reqideny", "http-request deny"),
        Removed("reqipass", "http-request allow"),
        Removed("reqirep", "http-request replace-header"),
        Removed("reqitarpit", "http-request tarpit"),
        Removed("reqpass", "http-request allow"),
        Removed("reqrep", "http-request replace-header"),
        Removed("reqtarpit", "http-request tarpit"),
        Removed("rspadd", "http-response add-header"),
        Removed("rspdel", "http-response del-header"),
        Removed("rspdeny", "http-response deny"),
        Removed("rspidel", "http-response del-header"),
        Removed("rspideny", "http-response deny"),
        Removed("rspirep", "http-response replace-header"),
        Removed("rsprep", "http-response replace-header"),
        Removed("srvexp", "timeout server"),
        Removed("transparent", "source ... usesrc"),
        Removed("usesrc", "source ... usesrc"),
        Removed("option transparent", "source ... usesrc"),
    ];

    private static KeywordRow<ProxyContext> Removed(string name, string modern) =>
        new(name, "", ProxyRows.Anywhere, KeywordStatus.Removed, "") { Modern = modern };
}
