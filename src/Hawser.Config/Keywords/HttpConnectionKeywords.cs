using System;
using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>What a proxy in http mode does with its connections.</summary>
internal static class HttpConnectionKeywords
{
    private const string? Awaiting = Awaited.HttpConnections;
    private const string None = "none";

    private static readonly string[] ReuseModes = ["never", "safe", "aggressive", "always"];

    private static readonly Dictionary<string, RetryConditions> Conditions = new(StringComparer.Ordinal)
    {
        ["conn-failure"] = RetryConditions.ConnectionFailure,
        ["empty-response"] = RetryConditions.EmptyResponse,
        ["junk-response"] = RetryConditions.JunkResponse,
        ["response-timeout"] = RetryConditions.ResponseTimeout,
        ["0rtt-rejected"] = RetryConditions.EarlyDataRejected,
        ["401"] = RetryConditions.Status401,
        ["403"] = RetryConditions.Status403,
        ["404"] = RetryConditions.Status404,
        ["408"] = RetryConditions.Status408,
        ["421"] = RetryConditions.Status421,
        ["425"] = RetryConditions.Status425,
        ["429"] = RetryConditions.Status429,
        ["500"] = RetryConditions.Status500,
        ["501"] = RetryConditions.Status501,
        ["502"] = RetryConditions.Status502,
        ["503"] = RetryConditions.Status503,
        ["504"] = RetryConditions.Status504,
        ["all-retryable-errors"] = RetryConditions.ConnectionFailure | RetryConditions.EmptyResponse
            | RetryConditions.JunkResponse | RetryConditions.ResponseTimeout | RetryConditions.EarlyDataRejected
            | RetryConditions.Status500 | RetryConditions.Status502 | RetryConditions.Status503 | RetryConditions.Status504,
    };

    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        Mode("http-keep-alive", HttpConnectionMode.KeepAlive, "keep both connections after a response"),
        Mode("http-server-close", HttpConnectionMode.ServerClose, "close the server's connection after a response"),
        Mode("httpclose", HttpConnectionMode.Close, "close both connections after a response"),
        Option("prefer-last-server", ProxyRows.DefaultsAndBack, static (http, on) => http with { PreferLastServer = on },
            "stay with the server of the request before"),
        Option("http-pretend-keepalive", ProxyRows.DefaultsAndBack, static (http, on) => http with { PretendKeepAlive = on },
            "ask the server to keep a connection that will be closed"),
        Option("http-no-delay", ProxyRows.Anywhere, static (http, on) => http with { NoDelay = on },
            "send what there is at once"),
        Option("http-ignore-probes", ProxyRows.DefaultsAndFront, static (http, on) => http with { IgnoreProbes = on },
            "no answer and no log line for connections without a request"),
        Option("http-use-proxy-header", ProxyRows.DefaultsAndFront, static (http, on) => http with { UseProxyHeader = on },
            "Proxy-Connection in place of Connection"),
        Option("idle-close-on-response", ProxyRows.DefaultsAndFront, static (http, on) => http with { IdleCloseOnResponse = on },
            "at a soft stop, close idle connections with their next response"),
        Option("disable-h2-upgrade", ProxyRows.DefaultsAndFront, static (http, on) => http with { DisableHttp2Upgrade = on },
            "no HTTP/2 on a connection that began otherwise") with { Awaits = Awaited.Http2 },
        ProxyRows.Http("http-reuse", $"{{ {string.Join(" | ", ReuseModes)} }}", ProxyRows.DefaultsAndBack, HttpOnlyWarning.Silent,
            null, ParseReuse, "which requests may use another client's idle connections to servers"),
        ProxyRows.Http("max-keep-alive-queue", "<-1..> ...", ProxyRows.DefaultsAndBack, HttpOnlyWarning.Silent, null,
            static (line, context) =>
            {
                if (line.TryInteger(-1, int.MaxValue, out int value))
                    ProxyRows.SetHttp(context, context.Proxy.Http with { MaxKeepAliveQueue = value });
            },
            "queue of a server above which another one is taken; -1: no limit"),
        ProxyRows.Http("max-session-srv-conns", "<integer> ...", ProxyRows.DefaultsAndFront, HttpOnlyWarning.Silent, null,
            static (line, context) =>
            {
                if (line.TryInteger(int.MinValue, int.MaxValue, out int value))
                    ProxyRows.SetHttp(context, context.Proxy.Http with { MaxSessionServerConnections = Math.Max(0, value) });
            },
            "idle connections to servers kept for one client"),
        ProxyRows.Row("retry-on", $"{{ none | {string.Join(" | ", Conditions.Keys)} }}...", ProxyRows.DefaultsAndBack, ParseRetry,
            "failures after which a request is sent again") with
        {
            ChecksUsage = true, IsErrorElsewhere = true, IsHttpOnly = true,
        },
    ];

    private static KeywordRow<ProxyContext> Option(
        string name, SectionSet sections, Func<HttpConfig, bool, HttpConfig> set, string doc) =>
        ProxyRows.HttpOption(name, sections, HttpOnlyWarning.Option, null, set, doc);

    /// <summary>Each of the three takes the place of the others; "no" only takes back itself.</summary>
    private static KeywordRow<ProxyContext> Mode(string name, HttpConnectionMode mode, string doc) =>
        ProxyRows.Row($"option {name}", "", ProxyRows.Anywhere, (line, context) =>
        {
            HttpConfig http = context.Proxy.Http;
            if (line.Negation == Negation.None) ProxyRows.SetHttp(context, http with { ConnectionMode = mode });
            else if (line.Negation == Negation.Default)
                line.Reject(DiagnosticCodes.NotNegatable, line.KeywordOrigin, $"negation/default is not supported for option '{name}'.");
            else if (http.ConnectionMode == mode) ProxyRows.SetHttp(context, http with { ConnectionMode = null });
        }, doc, isNegatable: true) with { IsHttpOnly = true };

    private static void ParseReuse(LineCursor line, ProxyContext context)
    {
        if (line.TryChoice(ReuseModes, out int choice))
            ProxyRows.SetHttp(context, context.Proxy.Http with { Reuse = (HttpReuse)choice });
    }

    private static void ParseRetry(LineCursor line, ProxyContext context)
    {
        RetryConditions conditions = RetryConditions.None;
        bool isAlone = line.Remaining == 1;
        while (line.TryTake(out Word word))
        {
            if (word.Text == None && !isAlone)
            {
                line.RejectKeyword(DiagnosticCodes.Conflict, "'none' keyword only usable alone");
                line.SkipRest();
                return;
            }
            conditions |= Conditions.GetValueOrDefault(word.Text);
        }
        ProxyRows.SetHttp(context, context.Proxy.Http with { RetryOn = conditions });
    }
}
