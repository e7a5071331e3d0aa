using System.Collections.Generic;
using System.Net;
using System.Text;
using Hawser.Compare.Proxies;

namespace Hawser.Compare.Scenarios;

/// <summary>One listener, one server, the rest as it comes: in each program's own language.</summary>
internal static class HttpConfiguration
{
    public static string Text(
        ProxyKind kind, IPEndPoint bind, IPEndPoint server, IEnumerable<string> lines, IPEndPoint? log = null, int threads = 1) => kind switch
        {
            ProxyKind.Nginx => Nginx(bind, server),
            ProxyKind.Yarp => Yarp(bind, server),
            _ => Haproxy(bind, server, lines, log, threads),
        };

    private static string Haproxy(IPEndPoint bind, IPEndPoint server, IEnumerable<string> lines, IPEndPoint? log, int threads)
    {
        StringBuilder text = new($"global\n  nbthread {threads}\n");
        if (log is not null) text.Append($"  log {log} local0\n");
        text.Append("listen bench\n  mode http\n");
        text.Append("  timeout connect 5s\n  timeout client 60s\n  timeout server 60s\n");
        if (log is not null) text.Append("  log global\n  option httplog\n");
        foreach (string line in lines) text.Append($"  {line}\n");
        text.Append($"  bind {bind}\n  server origin {server}\n");
        return text.ToString();
    }

    private static string Nginx(IPEndPoint bind, IPEndPoint server) => $$"""
        daemon off; master_process off; worker_processes 1;
        error_log /dev/null; pid /dev/null;
        events { worker_connections 16384; }
        http {
          access_log off; keepalive_requests 1000000000; keepalive_timeout 300s;
          upstream origin { server {{server}}; keepalive 256; keepalive_requests 1000000000; }
          server {
            listen {{bind}} backlog=4096;
            location / { proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection ""; }
          }
        }
        """;

    private static string Yarp(IPEndPoint bind, IPEndPoint server) => $$"""
        {
          "Urls": "http://{{bind}}",
          "Logging": { "LogLevel": { "Default": "Error" } },
          "ReverseProxy": {
            "Routes": { "all": { "ClusterId": "origin", "Match": { "Path": "{**rest}" } } },
            "Clusters": { "origin": { "Destinations": { "one": { "Address": "http://{{server}}/" } } } }
          }
        }
        """;
}
