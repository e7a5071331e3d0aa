namespace Hawser.MicroBenchmarks.Engine;

/// <summary>As the rows of bench/compare.</summary>
public enum EngineScenario
{
    TcpExchange,
    HttpKeepAlive,
    HttpRules,
    HttpClose,
}

internal static class EngineScenarios
{
    private const string Request = "GET /api/x HTTP/1.1\r\nHost: 127.0.0.1:18092\r\nX-Secret: 1\r\n\r\n";

    private const string Response = """
        HTTP/1.1 200 OK
        Server: nginx/1.22.1
        Date: Sat, 28 Nov 2026 19:00:00 GMT
        Content-Type: application/octet-stream
        Content-Length: 37
        Connection: keep-alive

        hello, this is 37 bytes of content...

        """;

    private const string Rules = """
         option httplog
         log 127.0.0.1:514 local0
         acl is_api path_beg /api
         acl is_img path_end .png .jpg .gif
         acl host_a hdr(host) -i a.example.com
         acl bad hdr_sub(user-agent) -i badbot
         http-request deny if bad
         http-request set-header X-Forwarded-Proto http
         http-request set-header X-Real-IP %[src]
         http-request del-header X-Secret
         http-response set-header X-Frame-Options DENY
         http-response del-header Server
         use_backend b if is_api host_a
         use_backend b if is_img
        """;

    public static ServingEngine Build(EngineScenario scenario) => scenario switch
    {
        EngineScenario.TcpExchange => Of(" mode tcp", "", ""),
        EngineScenario.HttpRules => Of(" mode http", Rules, " option forwardfor"),
        EngineScenario.HttpClose => Of(" mode http\n option httpclose", "", "", closes: true),
        _ => Of(" mode http", "", ""),
    };

    private static ServingEngine Of(string defaults, string frontend, string backend, bool closes = false) => new(
        $"{defaults}\nfrontend f\n bind 127.0.0.1:8080\n{frontend}\n default_backend b\n"
            + $"backend b\n{backend}\n server s 127.0.0.1:8090",
        Request, Response.Replace("\r", "").Replace("\n", "\r\n"), closes);
}
