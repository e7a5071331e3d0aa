using System.Collections.Generic;
using Hawser.Config.Model;

namespace Hawser.Config.Keywords;

/// <summary>Lines that are rules of http mode. The names of actions are checked here, the rest when they are compiled.</summary>
internal static class HttpRuleLines
{
    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        Http("http-request",
            "<add-acl,add-header,add-headers-bin,allow,auth,cache-use,capture,del-acl,del-header,"
            + "del-headers-bin,del-map,deny,disable-l7-retry,do-log,do-resolve,early-hint,normalize-uri,pause,"
            + "redirect,reject,replace-header,replace-path,replace-pathq,replace-uri,replace-value,return,"
            + "sc-add-gpc,sc-inc-gpc,sc-inc-gpc0,sc-inc-gpc1,sc-set-gpt,sc-set-gpt0,send-spoe-group,"
            + "set-bandwidth-limit,set-bc-mark,set-bc-tos,set-dst,set-dst-port,set-fc-mark,set-fc-tos,"
            + "set-header,set-headers-bin,set-log-level,set-map,set-mark,set-method,set-nice,set-path,"
            + "set-pathq,set-priority-class,set-priority-offset,set-query,set-retries,set-src,set-src-port,"
            + "set-timeout,set-tos,set-uri,set-var,set-var-fmt,silent-drop,strict-mode,tarpit,track-sc0,"
            + "track-sc1,track-sc2,unset-var,use-service,wait-for-body,wait-for-handshake> <argument>*",
            RuleSetKind.HttpRequest, ProxyRows.Anywhere, HttpOnlyWarning.Rules,
            "rules for each request"),
        Http("http-response",
            "<add-acl,add-header,add-headers-bin,allow,cache-store,capture,del-acl,del-header,del-headers-bin,"
            + "del-map,deny,do-log,pause,redirect,replace-header,replace-value,return,sc-add-gpc,sc-inc-gpc,"
            + "sc-inc-gpc0,sc-inc-gpc1,sc-set-gpt,sc-set-gpt0,send-spoe-group,set-bandwidth-limit,set-fc-mark,"
            + "set-fc-tos,set-header,set-headers-bin,set-log-level,set-map,set-mark,set-nice,set-status,"
            + "set-timeout,set-tos,set-var,set-var-fmt,silent-drop,strict-mode,track-sc0,track-sc1,track-sc2,"
            + "unset-var,wait-for-body> <argument>*",
            RuleSetKind.HttpResponse, ProxyRows.Anywhere, HttpOnlyWarning.Rules,
            "rules for each response of a server"),
        Http("http-after-response",
            "<add-acl,add-header,add-headers-bin,allow,capture,del-acl,del-header,del-headers-bin,del-map,"
            + "do-log,replace-header,replace-value,sc-add-gpc,sc-inc-gpc,sc-inc-gpc0,sc-inc-gpc1,sc-set-gpt,"
            + "sc-set-gpt0,set-header,set-headers-bin,set-log-level,set-map,set-status,set-var,set-var-fmt,"
            + "strict-mode,unset-var> <argument>*",
            RuleSetKind.HttpAfterResponse, ProxyRows.Anywhere, HttpOnlyWarning.Rules,
            "rules for each response, also for those made here"),
        Http("redirect",
            "{ location <location> | prefix <prefix> | scheme <scheme> | code <301..308> | drop-query | append-slash "
            + "| ignore-empty | set-cookie <cookie> | set-cookie-fmt <format> | clear-cookie <cookie> | keep-query }... "
            + "[ { if | unless } <condition>... ]",
            RuleSetKind.Redirect, SectionSet.Proxies, HttpOnlyWarning.Rules,
            "answer with a redirection; after http-request rules"),
        Http("monitor fail", RuleLines.Condition, RuleSetKind.MonitorFail, SectionSet.Front, HttpOnlyWarning.Silent,
            "answer to monitor-uri with a failure"),
        Http("stats http-request", "{ allow | deny | auth [ realm <realm> ] } [ { if | unless } <condition>... ]",
            RuleSetKind.StatsHttpRequest, SectionSet.Proxies, HttpOnlyWarning.Statement, "who may see the statistics page"),
        Http("stats admin", RuleLines.Condition, RuleSetKind.StatsAdmin, SectionSet.Proxies, HttpOnlyWarning.Statement,
            "who may change servers on the statistics page"),
    ];

    private static KeywordRow<ProxyContext> Http(
        string name, string usage, RuleSetKind set, SectionSet sections, HttpOnlyWarning warning, string doc) =>
        RuleLines.Rule(name, usage, set, sections, doc) with { IsHttpOnly = true, HttpOnly = warning };
}
