using System;
using System.IO;
using System.Threading.Tasks;

namespace Hawser.EndToEnd.Article;

/// <summary>The article's file, with addresses adapted to this machine and nothing else.</summary>
public static class OriginalConfiguration
{
    public static async Task<string> AdaptedTo(int bindPort, int serverPort, int logPort, string pidFile)
    {
        string text = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "Configurations", "original-haproxy.cfg")).ConfigureAwait(false);
        text = Replace(text, "log 127.0.0.1 local0", $"log 127.0.0.1:{logPort} local0");
        text = Replace(text, "pidfile /var/run/haproxy.pid", $"pidfile {pidFile}");
        text = Replace(text, "bind 0.0.0.0:90", $"bind 127.0.0.1:{bindPort}");
        return Replace(text, "server s1 192.168.1.101:8081", $"server s1 127.0.0.1:{serverPort}");
    }

    /// <summary>The same with a line that also tells what was lost, which the original's tcplog does not.</summary>
    public static string WithLedger(string text) => Replace(
        text,
        "option tcplog",
        "log-format \"%ts B=%B U=%U out=%[res.bytes_out] req_lost=%[req.bytes_lost] res_lost=%[res.bytes_lost] "
        + "req_unconfirmed=%[req.bytes_unconfirmed] res_unconfirmed=%[res.bytes_unconfirmed]\"");

    private static string Replace(string text, string old, string now) =>
        text.Contains(old, StringComparison.Ordinal)
            ? text.Replace(old, now, StringComparison.Ordinal)
            : throw new InvalidDataException($"the original configuration has no '{old}'");
}
