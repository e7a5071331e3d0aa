namespace Hawser.Control.Explain;

/// <summary>The shapes of log lines that HAProxy and Hawser write by themselves (manual, section 8.2).</summary>
public enum LogLineKind
{
    /// <summary>No format chosen: "Connect from …", at accept (8.2.1).</summary>
    Connect,

    /// <summary><c>option tcplog</c> (8.2.2).</summary>
    Tcp,

    /// <summary><c>option tcplog clf</c> (8.2.2).</summary>
    TcpClf,

    /// <summary><c>option httplog</c> (8.2.3).</summary>
    Http,

    /// <summary><c>option httplog clf</c> (8.2.3).</summary>
    HttpClf,

    /// <summary><c>option httpslog</c> (8.2.4).</summary>
    Https,

    /// <summary>A connection that failed before there was a session (8.2.5).</summary>
    Error,

    /// <summary>A message of the process about a server or a proxy; no session.</summary>
    Process,
}
