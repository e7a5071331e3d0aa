using System;
using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>What a proxy in http mode accepts, adds to messages and answers by itself.</summary>
internal static class HttpMessageKeywords
{
    private static readonly string[] NamePolicies = ["preserve", "delete", "reject"];

    /// <summary>Headers that frame or route a request: the name of a server would break it.</summary>
    private static readonly string[] NotForNames = ["connection", "host", "content-length", "transfer-encoding"];

    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        Option("http-buffer-request", ProxyRows.Anywhere, static (http, on) => http with { BufferRequest = on },
            "wait for the body before anything is decided"),
        Option("http-drop-request-trailers", ProxyRows.DefaultsAndBack, static (http, on) => http with { DropRequestTrailers = on },
            "no trailers to servers"),
        Option("http-drop-response-trailers", ProxyRows.DefaultsAndFront, static (http, on) => http with { DropResponseTrailers = on },
            "no trailers to clients"),
        Option("accept-unsafe-violations-in-http-request", ProxyRows.DefaultsAndFront,
            static (http, on) => http with { AcceptUnsafeRequests = on }, "take requests that break the standard"),
        Option("accept-unsafe-violations-in-http-response", ProxyRows.DefaultsAndBack,
            static (http, on) => http with { AcceptUnsafeResponses = on }, "take responses that break the standard"),
        Older("accept-invalid-http-request", "accept-unsafe-violations-in-http-request", ProxyRows.DefaultsAndFront,
            static (http, on) => http with { AcceptUnsafeRequests = on }),
        Older("accept-invalid-http-response", "accept-unsafe-violations-in-http-response", ProxyRows.DefaultsAndBack,
            static (http, on) => http with { AcceptUnsafeResponses = on }),
        Silent("h1-case-adjust-bogus-client", ProxyRows.DefaultsAndFront, static (http, on) => http with { AdjustCaseForClients = on },
            "header names to clients in the case that h1-case-adjust says"),
        Silent("h1-case-adjust-bogus-server", ProxyRows.DefaultsAndBack, static (http, on) => http with { AdjustCaseForServers = on },
            "header names to servers in the case that h1-case-adjust says"),
        Option("checkcache", ProxyRows.DefaultsAndBack, static (http, on) => http with { CheckCache = on },
            "refuse responses with a cookie that caches may keep"),
        ProxyRows.Http("option http-restrict-req-hdr-names", $"{{ {string.Join(" | ", NamePolicies)} }}", ProxyRows.Anywhere,
            HttpOnlyWarning.Silent, null, ParseNamePolicy, "what becomes of requests with unusual header names"),
        ProxyRows.Http("option forwardfor", "[ except <network> | header <name> | if-none ]*", ProxyRows.Anywhere,
            HttpOnlyWarning.Option, null, ParseForwardedFor, "the client's address in a header"),
        ProxyRows.Http("option originalto", "[ except <network> | header <name> ]*", ProxyRows.Anywhere,
            HttpOnlyWarning.Option, null, ParseOriginalTo, "the address that the client connected to in a header"),
        ProxyRows.Http("option forwarded",
            "[ proto | host | host-expr <expression> | by | by-expr <expression> | by_port | by_port-expr <expression> "
            + "| for | for-expr <expression> | for_port | for_port-expr <expression> ]*", ProxyRows.DefaultsAndBack,
            HttpOnlyWarning.Option, null, ParseForwarded, "the Forwarded header of RFC 7239") with { IsNegatable = true },
        ProxyRows.Http("http-send-name-header", "<header> ...", ProxyRows.DefaultsAndBack, HttpOnlyWarning.Silent, null,
            ParseNameHeader, "the server's name in a header"),
        ProxyRows.Http("monitor-uri", "<uri>", ProxyRows.DefaultsAndFront, HttpOnlyWarning.Statement, null,
            static (line, context) =>
            {
                if (line.TryTake(out Word uri))
                    ProxyRows.SetHttp(context, context.Proxy.Http with { MonitorUri = new Located<string>(uri.Text, uri.Origin) });
            },
            "request that is answered here"),
        ProxyRows.Row("unique-id-format", "<fmt>", ProxyRows.Anywhere, static (line, context) =>
        {
            if (ProxyLogKeywords.Take(line) is { } format) ProxyRows.SetHttp(context, context.Proxy.Http with { UniqueIdFormat = format });
        }, "what the identifiers of requests are made of"),
        ProxyRows.Row("unique-id-header", "<name> ...", ProxyRows.Anywhere, static (line, context) =>
        {
            if (line.TryExpect("expects an argument.", out Word name))
                ProxyRows.SetHttp(context, context.Proxy.Http with { UniqueIdHeader = name.Text });
        }, "a request's identifier in a header") with { IsHttpOnly = true },
    ];

    private static KeywordRow<ProxyContext> Option(
        string name, SectionSet sections, Func<HttpConfig, bool, HttpConfig> set, string doc) =>
        ProxyRows.HttpOption(name, sections, HttpOnlyWarning.Option, null, set, doc);

    private static KeywordRow<ProxyContext> Silent(
        string name, SectionSet sections, Func<HttpConfig, bool, HttpConfig> set, string doc) =>
        ProxyRows.HttpOption(name, sections, HttpOnlyWarning.Silent, null, set, doc);

    private static KeywordRow<ProxyContext> Older(
        string name, string modern, SectionSet sections, Func<HttpConfig, bool, HttpConfig> set) =>
        Option(name, sections, set, $"1.4 to 3.1: option {modern}") with
        {
            Modern = $"option {modern}",
            Deprecation = $"is deprecated, please use 'option {modern}' if absolutely needed.",
        };

    private static void ParseNamePolicy(LineCursor line, ProxyContext context)
    {
        if (line.TryChoice(NamePolicies, out int choice))
            ProxyRows.SetHttp(context, context.Proxy.Http with { RequestHeaderNames = (HeaderNamePolicy)choice });
    }

    private static void ParseForwardedFor(LineCursor line, ProxyContext context)
    {
        if (AddressHeader(line) is { } header) ProxyRows.SetHttp(context, context.Proxy.Http with { ForwardedFor = header });
    }

    private static void ParseOriginalTo(LineCursor line, ProxyContext context)
    {
        if (AddressHeader(line) is { } header) ProxyRows.SetHttp(context, context.Proxy.Http with { OriginalTo = header });
    }

    /// <summary>Null after a report.</summary>
    private static AddressHeaderConfig? AddressHeader(LineCursor line)
    {
        AddressHeaderConfig header = new();
        while (line.TryTake(out Word word))
        {
            switch (word.Text)
            {
                case "if-none":
                    header = header with { IfNone = true };
                    break;
                case "header":
                    line.TryTake(out Word name);
                    header = header with { Header = name.Text };
                    break;
                default:
                    line.TryTake(out Word text);
                    if (NetworkText.Parse(text.Text) is not { } network)
                    {
                        line.Reject(DiagnosticCodes.BadAddress, text.Origin,
                            $"'{line.Keyword} except' expects <address>[/mask] as argument.", "names are not looked up here");
                        line.SkipRest();
                        return null;
                    }
                    bool isIPv6 = text.Text.Contains(':', StringComparison.Ordinal);
                    header = isIPv6 ? header with { ExceptIPv6 = network } : header with { ExceptIPv4 = network };
                    break;
            }
        }
        return header;
    }

    private static void ParseForwarded(LineCursor line, ProxyContext context)
    {
        if (line.Negation == Negation.Default)
        {
            line.Reject(DiagnosticCodes.NotNegatable, line.KeywordOrigin, "negation/default is not supported for option 'forwarded'.");
            return;
        }
        if (line.Negation == Negation.No)
        {
            ProxyRows.SetHttp(context, context.Proxy.Http with { Forwarded = null });
            return;
        }
        ForwardedConfig forwarded = new() { Origin = line.KeywordOrigin };
        if (!line.HasMore)
            forwarded = forwarded with { HasProtocol = true, For = new ForwardedParameter(ForwardedSource.Own) };
        while (line.TryTake(out Word word))
        {
            bool isExpression = word.Text.EndsWith("-expr", StringComparison.Ordinal);
            ForwardedParameter parameter = new(ForwardedSource.Own);
            if (isExpression)
            {
                line.TryTake(out Word expression);
                parameter = new ForwardedParameter(ForwardedSource.Expression, expression.Text);
            }
            forwarded = word.Text.Split('-')[0] switch
            {
                "proto" => forwarded with { HasProtocol = true },
                "host" => forwarded with { Host = parameter },
                "by" => forwarded with { By = parameter },
                "by_port" => forwarded with { ByPort = parameter },
                "for" => forwarded with { For = parameter },
                _ => forwarded with { ForPort = parameter },
            };
        }
        forwarded = forwarded with
        {
            ByPort = PortOf(line, "by", forwarded.By, forwarded.ByPort),
            ForPort = PortOf(line, "for", forwarded.For, forwarded.ForPort),
        };
        ProxyRows.SetHttp(context, context.Proxy.Http with { Forwarded = forwarded });
    }

    /// <summary>A port without the node it belongs to is ignored.</summary>
    private static ForwardedParameter PortOf(LineCursor line, string node, ForwardedParameter owner, ForwardedParameter port)
    {
        if (owner.Source != ForwardedSource.None || port.Source == ForwardedSource.None) return port;
        line.Warn(DiagnosticCodes.WithoutEffect, line.KeywordOrigin,
            $"'{line.Keyword}' : '{node}_port-expr' will be ignored because both '{node}' and '{node}-expr' are unset");
        return default;
    }

    private static void ParseNameHeader(LineCursor line, ProxyContext context)
    {
        if (!line.TryTake(out Word name)) return;
        if (Array.Exists(NotForNames, other => other.Equals(name.Text, StringComparison.OrdinalIgnoreCase)))
        {
            line.Reject(DiagnosticCodes.BadName, name.Origin,
                $"'{name.Text}' cannot be used as header name for '{line.Keyword}' directive.");
        }
        else ProxyRows.SetHttp(context, context.Proxy.Http with { ServerNameHeader = name.Text });
    }
}
