using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Views;

namespace Hawser.Config.Lint.Rules;

/// <summary>Timeouts of one phase: request, queue, inspection, tarpit, upgrade.</summary>
internal static class PhaseTimeoutRules
{
    private static readonly string[] s_upgradeSigns = ["websocket", "upgrade", "socket.io", "signalr"];

    private static readonly string[] s_contentFetches =
    [
        "req.ssl_", "req_ssl_", "req.rdp_", "rdp_cookie", "req.payload", "req.len", "req_len", "payload", "req.proto_http",
        "req_proto_http", "ssl_hello_type",
    ];

    public static IEnumerable<LintRule> Rows =>
    [
        new("HL105", "request-timeout-beyond-client", Severity.Warning,
            "'timeout http-request' limits the whole request and 'timeout client' each silence within it. A client that "
            + "says nothing is cut by the shorter one: a longer 'timeout http-request' never applies to it.",
            "a silent client is let go after 'timeout client', however long 'timeout http-request' is",
            "make 'timeout http-request' shorter than 'timeout client'",
            FindLongRequest),
        new("HL106", "queue-inherits-connect", Severity.Warning,
            "Servers have a 'maxconn', so sessions queue, and 'timeout queue' is not set: 'timeout connect' is taken "
            + "instead, which is made for something else (manual, timeout queue).",
            "queued requests get a 503 after 'timeout connect'",
            "set 'timeout queue' to what users are willing to wait",
            FindInheritedQueue),
        new("HL108", "upgraded-without-tunnel", Severity.Warning,
            "The rules tell upgraded connections (WebSocket) apart, and their backend has no 'timeout tunnel': after "
            + "the upgrade 'timeout client' and 'timeout server' go on applying to a channel that is meant to be idle.",
            "an idle upgraded connection is cut after the shorter of 'timeout client' and 'timeout server'",
            "set 'timeout tunnel' to more than the application's ping interval",
            FindUpgrades),
        new("HL112", "slow-request", Severity.Notice,
            "A public http frontend has no 'timeout http-request'. 'timeout client' starts anew with each byte, so a "
            + "client that sends one now and then holds a slot as long as it likes (manual, timeout http-request).",
            "one byte per 'timeout client' holds a slot of maxconn; tune.bufsize bytes last for days",
            "set 'timeout http-request' to 5s or 10s",
            FindSlowRequest),
        new("HL114", "content-rule-without-delay", Severity.Warning,
            "In mode tcp a rule looks at what the client sends, without 'tcp-request inspect-delay': it is decided on "
            + "what has arrived at that moment, which is mostly nothing (manual, tcp-request content).",
            "0 seconds for the client's first bytes to arrive: the rule matches by luck",
            "add 'tcp-request inspect-delay 5s' and a 'tcp-request content accept' that waits for the data",
            FindMissingDelay),
        new("HL115", "inspection-beyond-client", Severity.Warning,
            "'tcp-request inspect-delay' is not shorter than 'timeout client', which ends a silent client first.",
            "a client that waits for the server to speak first is cut after 'timeout client' instead of being passed on",
            "make 'tcp-request inspect-delay' shorter than 'timeout client'",
            FindLongDelay),
        new("HL117", "tarpit-inherits-connect", Severity.Warning,
            "'http-request tarpit' without 'timeout tarpit' takes 'timeout connect' (manual, timeout tarpit).",
            "the attacker waits only for 'timeout connect' before the next attempt",
            "set 'timeout tarpit'",
            FindInheritedTarpit),
    ];

    private static IEnumerable<LintHit> FindLongRequest(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Frontends.Where(static proxy => proxy.IsHttp))
        {
            if (proxy.FiniteTimeout("http-request") is not { } request) continue;
            if (proxy.FiniteTimeout("client") is not { } client || request.Milliseconds <= client.Milliseconds) continue;
            yield return new LintHit(request.At,
                $"'timeout http-request' ({Quantity.Time(request.Milliseconds)}) is longer than 'timeout client' "
                + $"({Quantity.Time(client.Milliseconds)}, line {client.At.Line}) in {proxy.Title}",
                $"a silent client is let go after {Quantity.Time(client.Milliseconds)}, "
                + $"{Quantity.Time(request.Milliseconds - client.Milliseconds)} sooner than written");
        }
    }

    private static IEnumerable<LintHit> FindInheritedQueue(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends)
        {
            if (proxy.Timeout("queue") is not null || proxy.FiniteTimeout("connect") is not { } connect) continue;
            ServerView? limited = proxy.Servers.FirstOrDefault(static server => server.Options.NumberOf("maxconn") > 0);
            if (limited?.Options.Find("maxconn") is not { } option) continue;
            yield return new LintHit(option.At,
                $"{proxy.Title} limits its servers and has no 'timeout queue'",
                $"a queued request gets a 503 after {Quantity.Time(connect.Milliseconds)}, the 'timeout connect' of line {connect.At.Line}");
        }
    }

    private static IEnumerable<LintHit> FindUpgrades(ConfigurationView configuration)
    {
        foreach (ProxyView front in configuration.Frontends.Where(static proxy => proxy.IsHttp))
        {
            foreach (Statement line in front.Lines("use_backend"))
            {
                if (configuration.FindBackend(line.Text(1)) is not { } back || back.Timeout("tunnel") is not null) continue;
                if (line.Condition is null || !line.Condition.Terms.Any(term => SpeaksOfUpgrade(front, term))) continue;
                yield return Cut(front, back, line.At(1));
            }
        }
        foreach (ProxyView back in configuration.Backends.Where(static proxy => proxy.IsHttp))
        {
            if (back.Timeout("tunnel") is not null) continue;
            foreach (ServerView server in back.Servers)
            {
                if (server.Options.Find("ws") is not { } option || option.Value.Text == "auto") continue;
                ProxyView front = configuration.SourcesOf(back).FirstOrDefault() ?? back;
                yield return Cut(front, back, option.Name.Origin);
                break;
            }
        }
    }

    private static LintHit Cut(ProxyView front, ProxyView back, Origin at)
    {
        int[] limits =
        [
            .. new[] { front.FiniteTimeout("client"), back.FiniteTimeout("server") }
                .Where(static timeout => timeout is not null).Select(static timeout => timeout!.Value.Milliseconds),
        ];
        string? consequence = limits.Length == 0
            ? null
            : $"an idle upgraded connection is cut after {Quantity.Time(limits.Min())}";
        return new LintHit(at, $"upgraded connections go to {back.Title}, which has no 'timeout tunnel'", consequence);
    }

    private static bool SpeaksOfUpgrade(ProxyView proxy, ConditionTerm term)
    {
        if (term.IsNegated) return false;
        if (term.Anonymous is { } anonymous) return SpeaksOfUpgrade(anonymous);
        return proxy.Acls.Any(acl => acl.Name.Text == term.Name && SpeaksOfUpgrade(acl.Criterion));
    }

    private static bool SpeaksOfUpgrade(Criterion criterion) =>
        Sounds(criterion.Sample.Text) || criterion.Patterns.Any(static pattern => Sounds(pattern.Text));

    private static bool Sounds(string text) =>
        s_upgradeSigns.Any(sign => text.Contains(sign, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<LintHit> FindSlowRequest(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Frontends)
        {
            if (!proxy.IsHttp || !proxy.IsPublic || proxy.FiniteTimeout("http-request") is not null) continue;
            string? consequence = proxy.FiniteTimeout("client") is { } client
                ? $"one byte every {Quantity.Time(client.Milliseconds)} holds a slot of maxconn"
                : null;
            yield return new LintHit(proxy.Name.Origin, $"{proxy.Title} has no 'timeout http-request'", consequence);
        }
    }

    private static IEnumerable<LintHit> FindMissingDelay(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Frontends.Where(static proxy => proxy.IsTcp))
        {
            if (proxy.Setting("tcp-request", "inspect-delay") is not null) continue;
            Statement? rule = proxy.Lines("use_backend").Concat(proxy.Lines("tcp-request", "content"))
                .FirstOrDefault(line => LooksAtContent(proxy, line));
            if (rule is null) continue;
            yield return new LintHit(rule.Origin,
                $"{proxy.Title} decides on what the client sends and has no 'tcp-request inspect-delay'");
        }
    }

    private static bool LooksAtContent(ProxyView proxy, Statement line) =>
        (line.Condition is { } condition && condition.Terms.Any(term => LooksAtContent(proxy, term)))
        || (line.Is("use_backend") && IsContent(line.Text(1).Replace("%[", "", StringComparison.Ordinal)));

    private static bool LooksAtContent(ProxyView proxy, ConditionTerm term) =>
        term.Anonymous is { } anonymous
            ? IsContent(anonymous.Fetch)
            : proxy.Acls.Any(acl => acl.Name.Text == term.Name && IsContent(acl.Criterion.Fetch));

    private static bool IsContent(string fetch) =>
        s_contentFetches.Any(start => fetch.StartsWith(start, StringComparison.Ordinal));

    private static IEnumerable<LintHit> FindLongDelay(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Frontends)
        {
            if (proxy.Setting("tcp-request", "inspect-delay") is not { } line) continue;
            if (TimeoutView.Read(line, 2) is not { } delay || proxy.FiniteTimeout("client") is not { } client) continue;
            if (delay.Milliseconds < client.Milliseconds) continue;
            yield return new LintHit(delay.At,
                $"'tcp-request inspect-delay' ({Quantity.Time(delay.Milliseconds)}) is not shorter than 'timeout client' "
                + $"({Quantity.Time(client.Milliseconds)}, line {client.At.Line}) in {proxy.Title}",
                $"a client that waits for the server to speak first is cut after {Quantity.Time(client.Milliseconds)}");
        }
    }

    private static IEnumerable<LintHit> FindInheritedTarpit(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Proxies)
        {
            if (proxy.Timeout("tarpit") is not null) continue;
            if (proxy.Lines("http-request", "tarpit").FirstOrDefault() is not { } rule) continue;
            string? consequence = proxy.FiniteTimeout("connect") is { } connect
                ? $"the attacker waits only {Quantity.Time(connect.Milliseconds)} before the next attempt"
                : null;
            yield return new LintHit(rule.At(1), $"{proxy.Title} tarpits and has no 'timeout tarpit'", consequence);
        }
    }
}
