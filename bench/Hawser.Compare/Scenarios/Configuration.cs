using System.Net;
using System.Text;

namespace Hawser.Compare.Scenarios;

/// <summary>The haproxy.cfg of a row: one thread, one listener, one server, the rest as it comes.</summary>
internal static class Configuration
{
    /// <param name="globalLine">An extra keyword of the global section; empty for none.</param>
    /// <param name="proxyLine">An extra keyword of the proxy; empty for none.</param>
    /// <param name="log">Where to send one tcplog line per session; null for no logs.</param>
    public static string Text(
        IPEndPoint bind, IPEndPoint server, string globalLine = "", string proxyLine = "", IPEndPoint? log = null)
    {
        StringBuilder text = new();
        text.Append("global\n  nbthread 1\n");
        if (globalLine.Length > 0) text.Append($"  {globalLine}\n");
        if (log is not null) text.Append($"  log {log} local0\n");
        text.Append("listen bench\n  mode tcp\n");
        text.Append("  timeout connect 5s\n  timeout client 60s\n  timeout server 60s\n");
        if (log is not null) text.Append("  log global\n  option tcplog\n");
        if (proxyLine.Length > 0) text.Append($"  {proxyLine}\n");
        text.Append($"  bind {bind}\n  server origin {server}\n");
        return text.ToString();
    }
}
