using System.Globalization;

namespace Hawser.Control.Lab;

/// <summary>The configuration of a case: what an operator would have written.</summary>
public static class LabConfiguration
{
    /// <param name="row">The timeouts.</param>
    /// <param name="hasLedger">The proxy knows Hawser's fetches.</param>
    /// <param name="syslogPort">Of 127.0.0.1, like the others.</param>
    /// <param name="frontPort">Where the client connects.</param>
    /// <param name="serverPort">Where the server application listens.</param>
    public static string Text(LabCase row, bool hasLedger, int syslogPort, int frontPort, int serverPort)
    {
        string format = hasLedger ? SessionLine.LedgerFormat : SessionLine.Format;
        string onTimeout = row.OnTimeout is null ? "" : $"\n    on-timeout {row.OnTimeout}";
        return string.Create(CultureInfo.InvariantCulture, $"""
            global
                log 127.0.0.1:{syslogPort} local0

            listen {SessionLine.ProxyName}
                mode tcp
                log global
                log-format "{format}"
                timeout connect 1s
                timeout client {row.TimeoutClientMs}
                timeout server {row.TimeoutServerMs}{onTimeout}
                bind 127.0.0.1:{frontPort}
                server {SessionLine.ServerName} 127.0.0.1:{serverPort}

            """);
    }
}
