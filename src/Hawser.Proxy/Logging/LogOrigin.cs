namespace Hawser.Proxy.Logging;

/// <summary>Which step of a session a log line was made at (manual, section 8.2.6, "%OG").</summary>
public enum LogOrigin : byte
{
    Unspecified,
    SessionError,
    SessionKilled,
    Accept,
    Request,
    Connect,
    Response,
    Close,

    // "do-log", by the rule set it stands in.
    TcpRequestConnection,
    TcpRequestSession,
    TcpRequestContent,
    TcpResponseContent,
    HttpRequest,
    HttpResponse,
    HttpAfterResponse,
}
