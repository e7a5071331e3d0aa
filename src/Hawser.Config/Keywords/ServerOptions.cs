using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;

namespace Hawser.Config.Keywords;

/// <summary>Everything that may follow the address of a server line.</summary>
public static class ServerOptions
{
    public static readonly KeywordTable<ServerContext> Table = new(
        ServerKeywords.Rows, ServerCheckKeywords.Rows, ServerHttpKeywords.Rows, KnownServerKeywords.Rows);

    /// <summary>Those that HAProxy does not take of a server which is added at run time.</summary>
    public static readonly FrozenSet<string> NotAtRunTime = FrozenSet.ToFrozenSet(
    [
        "cc", "enabled", "init-addr", "log-bufsize", "log-proto", "max-reuse", "namespace", "no-agent-check", "no-check", "no-ssl",
        "non-stick", "redir", "resolve-net", "resolve-opts", "resolve-prefer", "resolvers", "sni-auto", "socks4", "stick",
        "tcp-md5sig", "tcp-ut",
    ], StringComparer.Ordinal);

    /// <summary>What "add server" takes, sorted.</summary>
    public static IEnumerable<string> AtRunTime => Table.Rows
        .Where(static row => row.Status == KeywordStatus.Implemented && !NotAtRunTime.Contains(row.Name))
        .Select(static row => row.Name)
        .Order(StringComparer.Ordinal);
}
