using System.Collections.Generic;

namespace Hawser.Config.Keywords;

/// <summary>Proxy keywords that mean something in http mode only, with what HAProxy 3.5 says about them in tcp mode.</summary>
internal static class KnownHttpKeywords
{
    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        Http("capture cookie", "<name> len <length>", SectionSet.Front, HttpOnlyWarning.Statement),
        Http("capture request header", "<name> len <length>", SectionSet.Front, HttpOnlyWarning.Statement),
        Http("capture response header", "<name> len <length>", SectionSet.Front, HttpOnlyWarning.Statement),
        Http("compression", "", ProxyRows.Anywhere),
        Http("cookie",
            "<name> [ rewrite | insert | prefix ] [ ...", ProxyRows.DefaultsAndBack, HttpOnlyWarning.Setting),
        Http("errorfile", "<code> <file>", ProxyRows.Anywhere),
        Http("errorfiles", "<name> [<code> ...]", ProxyRows.Anywhere),
        Http("errorloc", "<code> <url>", ProxyRows.Anywhere),
        Http("errorloc302", "<code> <url>", ProxyRows.Anywhere),
        Http("errorloc303", "<code> <url>", ProxyRows.Anywhere),
        Http("hash-preserve-affinity", "{ always | maxconn | maxqueue }", ProxyRows.DefaultsAndBack),
        Http("http-after-response",
            "<action> <options...> [ { if | unless } <condition> ]", ProxyRows.Anywhere, HttpOnlyWarning.Rules),
        Http("http-error",
            "status <code> [content-type <type>] [ { default-errorfiles | errorfile ...", ProxyRows.Anywhere),
        Http("http-request",
            "<action> [options...] [ { if | unless } <condition> ]", ProxyRows.Anywhere, HttpOnlyWarning.Rules),
        Http("http-response",
            "<action> <options...> [ { if | unless } <condition> ]", ProxyRows.Anywhere, HttpOnlyWarning.Rules),
        Http("http-reuse", "{ never | safe | aggressive | always }", ProxyRows.DefaultsAndBack),
        Http("http-send-name-header", "[<header>]", ProxyRows.DefaultsAndBack),
        Http("max-keep-alive-queue", "<value>", ProxyRows.DefaultsAndBack),
        Http("monitor fail", "{ if | unless } <condition>", SectionSet.Front),
        Http("monitor-uri", "<uri>", ProxyRows.DefaultsAndFront, HttpOnlyWarning.Statement),
        Http("redirect",
            "location <loc> [code <code>] <option> [{if | ...", SectionSet.Proxies, HttpOnlyWarning.Rules),
        Http("stats admin", "{ if | unless } <cond>", SectionSet.Proxies, HttpOnlyWarning.Statement),
        Http("stats auth", "<user>:<passwd>", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats enable", "", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats hide-version", "", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats http-request",
            "{ allow | deny | auth [realm <realm>] } [ { if ...", SectionSet.Proxies, HttpOnlyWarning.Statement),
        Http("stats realm", "<realm>", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats refresh", "<delay>", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats scope", "{ <name> | \".\" }", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats show-desc", "[ <desc> ]", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats show-legends", "", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats show-node", "[ <name> ]", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats show-version", "", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("stats uri", "<prefix>", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
        Http("unique-id-header", "<name>", ProxyRows.DefaultsAndFront),
        Http("compression algo", "<algorithm> ...", ProxyRows.Anywhere),
        Http("compression algo-req", "<algorithm>", ProxyRows.Anywhere),
        Http("compression algo-res", "<algorithm>", ProxyRows.Anywhere),
        Http("compression type", "<mime type> ...", ProxyRows.Anywhere),
        Http("compression minsize-req", "<size>", ProxyRows.Anywhere),
        Http("compression minsize-res", "<size>", ProxyRows.Anywhere),
        Http("compression offload", "", SectionSet.Proxies),
        Http("compression direction", "<direction>", ProxyRows.Anywhere),
        Http("dynamic-cookie-key", "<string>", ProxyRows.DefaultsAndBack),
        Http("stats show-modules", "", ProxyRows.Anywhere, HttpOnlyWarning.Statement),
    ];

    private static KeywordRow<ProxyContext> Http(
        string name, string usage, SectionSet sections, HttpOnlyWarning warning = HttpOnlyWarning.Silent) =>
        new(name, usage, sections, KeywordStatus.HttpOnly, "http mode only") { HttpOnly = warning };
}
