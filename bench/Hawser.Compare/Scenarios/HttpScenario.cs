using System.Collections.Immutable;
using Hawser.Compare.Load;

namespace Hawser.Compare.Scenarios;

/// <summary>A row of mode http, whose figure is CPU per request.</summary>
/// <param name="Goal">Most that Hawser ÷ HAProxy may be; null: shown without one.</param>
/// <param name="Proxy">Lines of the listen section, as in an haproxy.cfg.</param>
/// <param name="Logs">One httplog line per request over UDP.</param>
/// <param name="ShowsOthers">nginx and YARP can be told the same.</param>
/// <param name="PerSecond">Requests that are offered, the same for all; null: as many as the connections carry.</param>
internal sealed record HttpScenario(
    string Name,
    string Path,
    int Connections,
    double? Goal,
    ImmutableArray<string> Proxy,
    bool Logs = false,
    bool ShowsOthers = false,
    int? PerSecond = null)
{
    private static readonly ImmutableArray<string> s_rules =
    [
        "option forwardfor",
        "acl is_api path_beg /api",
        "acl is_image path_end .png .jpg .gif",
        "acl is_shop hdr(host) -i shop.example.com",
        "acl is_bot hdr_sub(user-agent) -i badbot",
        "http-request deny if is_bot",
        "http-request deny if is_api is_image !is_shop",
        "http-request set-header X-Forwarded-Proto http",
        "http-request set-header X-Real-IP %[src]",
        "http-request del-header X-Secret",
        "http-response set-header X-Frame-Options DENY",
        "http-response del-header Server",
        "http-reuse always",
    ];

    public static readonly ImmutableArray<HttpScenario> Rows =
    [
        new("http keep-alive, 37 bytes", NginxOrigin.Small, 64, 0.78, ["http-reuse always"], ShowsOthers: true),
        new("http keep-alive, 37 bytes, 12,800 requests in a second", NginxOrigin.Small, 64, 0.78, ["http-reuse always"], PerSecond: 12_800),
        new("http with ACLs, header rules, httplog over UDP", NginxOrigin.Small, 64, 0.60, s_rules, Logs: true),
        new("http, close after each request", NginxOrigin.Small, 64, 0.85, ["option httpclose"]),
        new("http 64 KiB", NginxOrigin.Medium, 64, 0.75, [], ShowsOthers: true),
        new("http 1 MiB", NginxOrigin.Large, 64, 0.40, [], ShowsOthers: true),
    ];
}
