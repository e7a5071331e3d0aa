using System;
using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>The <c>stats</c> lines of proxies, but for those that are rules. Each of them switches the page on.</summary>
internal static class StatisticsPageKeywords
{
    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        Flag("enable", static page => page, "the statistics page"),
        Flag("hide-version", static page => page with { ShowsVersion = false }, "no version on the page"),
        Flag("show-version", static page => page with { ShowsVersion = true }, "the version on the page"),
        Flag("show-legends", static page => page with { ShowsLegends = true }, "details as tips on the page"),
        Flag("show-modules", static page => page with { ShowsModules = true }, "counters of modules on the page"),
        Text("uri", "<prefix> ...", static (page, text) => page with { Uri = text }, "where the page is"),
        Text("realm", "<realm> ...", static (page, text) => page with { Realm = text }, "what the page's login is called"),
        Text("scope", "<name> ...", static (page, text) => page with { Scope = page.Scope.Add(text) }, "a proxy that is shown; '.' is this one"),
        Text("auth", "<user:password> ...", static (page, text) => page with { Accounts = page.Accounts.Add(Account(text)) },
            "who may log in"),
        Row("refresh", "<time> ...", static (line, context) =>
        {
            if (SecondsText.TryTake(line, "stats refresh interval", out int seconds))
                Set(context, page => page with { RefreshSeconds = seconds });
        }, "how often the page reloads itself"),
        Row("show-desc", "<text>*", static (line, context) =>
        {
            string? text = line.HasMore ? line.TakeRest() : null;
            if (text is null) context.DescriptionNeeds = line.KeywordOrigin;
            else context.DescriptionNeeds = Origin.None;
            Set(context, page => page with { ShowsDescription = true, Description = text });
        }, "a description on the page"),
        Row("show-node", "[ <name> ] ...", static (line, context) =>
        {
            string? name = line.TryTake(out Word word) ? word.Text : null;
            Set(context, page => page with { ShowsNode = true, Node = name ?? page.Node });
        }, "the host's name on the page"),
    ];

    private static KeywordRow<ProxyContext> Row(string name, string usage, KeywordParser<ProxyContext> parse, string doc) =>
        ProxyRows.Http($"stats {name}", usage, ProxyRows.Anywhere, HttpOnlyWarning.Statement, null, parse, doc);

    private static KeywordRow<ProxyContext> Flag(string name, Func<StatisticsPageConfig, StatisticsPageConfig> set, string doc) =>
        Row(name, "...", (_, context) => Set(context, set), doc);

    private static KeywordRow<ProxyContext> Text(
        string name, string usage, Func<StatisticsPageConfig, string, StatisticsPageConfig> set, string doc) =>
        Row(name, usage, (line, context) =>
        {
            if (line.TryTake(out Word word)) Set(context, page => set(page, word.Text));
        }, doc);

    private static StatisticsAccount Account(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new StatisticsAccount(text, "") : new StatisticsAccount(text[..colon], text[(colon + 1)..]);
    }

    private static void Set(ProxyContext context, Func<StatisticsPageConfig, StatisticsPageConfig> set) =>
        context.Proxy = context.Proxy with { StatisticsPage = set(context.Proxy.StatisticsPage ?? new StatisticsPageConfig()) };
}
