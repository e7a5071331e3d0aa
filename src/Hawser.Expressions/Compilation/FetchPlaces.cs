namespace Hawser.Expressions.Compilation;

/// <summary>HAProxy's words for places and for what fetches read.</summary>
public static class FetchPlaces
{
    /// <summary>A single place.</summary>
    public static string NameOf(FetchContexts place) => place switch
    {
        FetchContexts.FrontendTcpRequestConnection => "frontend tcp-request connection rule",
        FetchContexts.FrontendTcpRequestSession => "frontend tcp-request session rule",
        FetchContexts.FrontendTcpRequestContent => "frontend tcp-request content rule",
        FetchContexts.FrontendHttpRequest => "frontend http-request header rule",
        FetchContexts.FrontendHttpRequestBody => "frontend http-request body rule",
        FetchContexts.UseBackend => "frontend use-backend rule",
        FetchContexts.BackendTcpRequestContent => "backend tcp-request content rule",
        FetchContexts.BackendHttpRequest => "backend http-request header rule",
        FetchContexts.BackendHttpRequestBody => "backend http-request body rule",
        FetchContexts.UseServer => "backend use-server, balance or stick-match rule",
        FetchContexts.SourceAddress => "server source selection",
        FetchContexts.BackendTcpResponseContent => "backend tcp-response content rule",
        FetchContexts.BackendHttpResponse => "backend http-response header rule",
        FetchContexts.BackendHttpResponseBody => "backend http-response body rule",
        FetchContexts.StickStore => "backend stick-store rule",
        FetchContexts.FrontendTcpResponseContent => "frontend tcp-response content rule",
        FetchContexts.FrontendHttpResponse => "frontend http-response header rule",
        FetchContexts.FrontendHttpResponseBody => "frontend http-response body rule",
        FetchContexts.Log => "logs",
        FetchContexts.TcpCheck => "tcp-check rule",
        FetchContexts.Configuration => "configuration parser",
        _ => "CLI parser",
    };

    /// <summary>What a fetch reads, as an error says it.</summary>
    public static string SourceOf(FetchRow row) => row.Contexts switch
    {
        FetchContexts.RequestBuffer when row.ReadsHttp => "HTTP request headers",
        FetchContexts.ResponseBuffer when row.ReadsHttp => "HTTP response headers",
        FetchContexts.AnyBuffer when row.ReadsHttp => "HTTP request headers,HTTP response headers",
        FetchContexts.Stream when row.ReadsHttp => "HTTP request",
        FetchContexts.ServerConnected when row.ReadsHttp => "HTTP response",
        FetchContexts.RequestBuffer => "request buffer",
        FetchContexts.ResponseBuffer => "response buffer",
        FetchContexts.AnyBuffer => "request buffer,response buffer",
        FetchContexts.ServerChosen => "server",
        FetchContexts.ServerConnected => "server address",
        FetchContexts.ServerTransfer => "response buffer statistics",
        FetchContexts.BackendChosen => "backend",
        FetchContexts.Stream => "request buffer statistics",
        FetchContexts.ClientSession => "client-side connection",
        _ => "something",
    };
}
