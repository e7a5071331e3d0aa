using System.Collections.Generic;
using System.Collections.Immutable;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Places for headers and cookies that are logged and can be fetched later.</summary>
internal static class HttpCaptureKeywords
{
    private const string Usage = "<name> len <1..>";

    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        Capture("capture cookie", static (http, name, length, _) => http with { CookieCapture = new CookieCaptureConfig(name, length) },
            "log a cookie of requests and responses"),
        Capture("capture request header",
            static (http, name, length, at) => AddRequest(http, new HeaderCaptureConfig(name, length, at)), "log a header of requests"),
        Capture("capture response header",
            static (http, name, length, at) => AddResponse(http, new HeaderCaptureConfig(name, length, at)), "log a header of responses"),
        ProxyRows.Http("declare capture", "{ request | response } len <1..> ...", SectionSet.Front, HttpOnlyWarning.Silent, null,
            ParseDeclaration, "a place that rules capture into") with { IsErrorElsewhere = true },
    ];

    private static KeywordRow<ProxyContext> Capture(
        string name, System.Func<HttpConfig, string, int, Origin, HttpConfig> add, string doc) =>
        ProxyRows.Http(name, Usage, SectionSet.Front, HttpOnlyWarning.Statement, null, (line, context) =>
        {
            if (!line.TryTake(out Word captured) || !line.TryTake(out _) || !line.TryInteger(1, int.MaxValue, out int length)) return;
            ProxyRows.SetHttp(context, add(context.Proxy.Http, captured.Text, length, line.KeywordOrigin));
        }, doc);

    private static void ParseDeclaration(LineCursor line, ProxyContext context)
    {
        if (!line.TryTake(out Word direction) || !line.TryTake(out _) || !line.TryInteger(1, int.MaxValue, out int length)) return;
        HeaderCaptureConfig slot = new(null, length, line.KeywordOrigin);
        HttpConfig http = context.Proxy.Http;
        ProxyRows.SetHttp(context, direction.Text == "request" ? AddRequest(http, slot) : AddResponse(http, slot));
    }

    private static HttpConfig AddRequest(HttpConfig http, HeaderCaptureConfig capture) =>
        http with { RequestCaptures = http.RequestCaptures.Add(capture) };

    private static HttpConfig AddResponse(HttpConfig http, HeaderCaptureConfig capture) =>
        http with { ResponseCaptures = http.ResponseCaptures.Add(capture) };
}
