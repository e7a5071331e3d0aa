using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Printing;

namespace Hawser.Config.Migration;

/// <summary>Old keywords and options of proxies, but for those that rewrite and filter requests.</summary>
internal static class ProxyMigrations
{
    public const string Grace = "grace";

    private const string Frontend = "frontend";
    private const string NoServers = "never had an effect in a frontend";
    private const string Renamed = "the old name is gone since 2.1";
    private const string Deprecated = "the old name is deprecated";

    public static IEnumerable<MigrationRow> Rows =>
    [
        Rename("contimeout", "timeout connect"),
        Rename("clitimeout", "timeout client"),
        Rename("srvtimeout", "timeout server"),
        Rename("timeout contimeout", "timeout connect"),
        Rename("timeout clitimeout", "timeout client"),
        Rename("timeout srvtimeout", "timeout server"),
        Rename("redispatch", "option redispatch"),
        Rename("redisp", "option redispatch"),
        new("option forceclose", static line =>
            MigrationStep.Replace("gone since 2.0; 'httpclose' does the same today", line.WithKeyword("option httpclose"))),
        new("option tcpsplice", static line =>
            MigrationStep.Replace("an experiment of 1.3; the kernel's splice took its place", line.WithKeyword("option splice-auto"))),
        Rename("option accept-invalid-http-request", "option accept-unsafe-violations-in-http-request", Deprecated),
        Rename("option accept-invalid-http-response", "option accept-unsafe-violations-in-http-response", Deprecated),
        new("option http-tunnel", static _ => MigrationStep.Remove("gone since 2.1, when tunnels became automatic")),
        new("option http-use-htx", static _ => MigrationStep.Remove("the only way since 2.0")),
        new("option http_proxy", static _ => MigrationStep.Leave(
            "gone since 2.5 and without effect since 1.9: resolve the host with 'http-request do-resolve' and 'set-dst' if it is needed")),
        new("option transparent", Transparent),
        new("transparent", Transparent),
        new("dispatch", Dispatch),
        new(Grace, static line => line.Section.Keyword == "global"
            ? null
            : MigrationStep.Remove("per proxy it is gone since 2.5; 'grace' in global takes its place, with the longest time of all proxies")),
        new("mode", Mode),
        new("monitor-net", MonitorNet),
        new("block", static line => line.Section.IsHttp
            ? MigrationStep.Replace("same syntax since 1.5; 'block' is gone since 2.1", line.WithKeyword("http-request deny"))
            : MigrationStep.Leave("works in http mode only; here 'tcp-request connection reject' refuses connections")),
        new("appsession", static _ => MigrationStep.Leave(
            "gone since 1.6: 'stick-table' with 'stick store-response res.cook(NAME)' and 'stick match req.cook(NAME)' keeps sessions")),
        new("usesrc", static _ => MigrationStep.Leave("stands only behind 'source' on the same line")),
        new("option httpchk", HttpCheck),
        LegacyAddress("listen"),
        LegacyAddress(Frontend),
    ];

    private static MigrationRow Rename(string old, string modern, string reason = Renamed) =>
        new(old, line => MigrationStep.Replace(reason, line.WithKeyword(modern)));

    private static MigrationStep Transparent(MigrationLine line) => line switch
    {
        { First: > 0 } => MigrationStep.Remove("off is what everybody has today"),
        { Section.Keyword: Frontend } => MigrationStep.Remove(NoServers),
        { Section: { IsDefaults: false, HasServers: false } } =>
            MigrationStep.Replace("gone since 3.5: a server with the address 0.0.0.0 goes where the client wanted to go", "server transparent 0.0.0.0"),
        _ => MigrationStep.Leave("gone since 3.5: a server with the address 0.0.0.0 in each backend goes where the client wanted to go"),
    };

    private static MigrationStep Dispatch(MigrationLine line) => line.Section switch
    {
        { Keyword: Frontend } => MigrationStep.Remove(NoServers),
        { HasServers: true } => MigrationStep.Leave(
            $"gone since 3.5: write 'server dispatch {line.RawFrom(0)}' and give the other servers a weight of 0"),
        _ => MigrationStep.Replace("gone since 3.5: a server with the same address does the same", $"server dispatch {line.RawFrom(0)}"),
    };

    private static MigrationStep? Mode(MigrationLine line)
    {
        if (line.Text(0) != MigrationSection.Health) return null;
        if (line.Section.IsDefaults)
            return MigrationStep.Leave("gone since 2.3: write 'mode http' and 'http-request return status 200' in each proxy");
        string answer = line.Section.HasHttpCheck
            ? "http-request return status 200"
            : "http-request return status 200 content-type text/plain string OK";
        return MigrationStep.Replace("gone since 2.3; the answer is HTTP now, where a monitor that opens a bare connection got 'OK' at once",
            "mode http", answer);
    }

    private static MigrationStep MonitorNet(MigrationLine line) => line.Section.IsHttp && !line.Section.IsDefaults
        ? MigrationStep.Replace("gone since 2.3; the answer now goes to requests, and is logged",
            $"http-request return status 200 if {{ src {line.RawFrom(0)} }}")
        : MigrationStep.Leave("gone since 2.3: 'tcp-request connection reject if { src NETWORK }' closes without a log line");

    /// <summary>Headers and a body hidden behind the version.</summary>
    private static MigrationStep? HttpCheck(MigrationLine line)
    {
        string version = line.Text(2);
        string[] parts = version.Split("\r\n");
        if (parts.Length < 2) return null;
        int end = Array.IndexOf(parts, "", 1);
        string[] headers = parts[1..(end < 0 ? parts.Length : end)];
        string send = $"http-check send meth {WordText.Quote(line.Text(0))} uri {WordText.Quote(line.Text(1))} ver {WordText.Quote(parts[0])}";
        foreach (string header in headers)
        {
            int colon = header.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) return MigrationStep.Leave("the text behind the version is no header: use 'http-check send'");
            send += $" hdr {WordText.Quote(header[..colon])} {WordText.Quote(header[(colon + 1)..].Trim())}";
        }
        string body = end < 0 ? "" : string.Join("\r\n", parts.Skip(end + 1));
        if (body.Length > 0) send += $" body {WordText.Quote(body)}";
        return MigrationStep.Replace("headers behind the version are refused since 3.0", "option httpchk", send);
    }

    /// <summary><c>listen name address:port</c>, the way of 1.3.</summary>
    private static MigrationRow LegacyAddress(string keyword) => new(keyword, static line =>
    {
        int address = line.Text(1) == "from" ? 3 : 1;
        if (line.Count <= address) return null;
        string header = line.Source.RawFrom(0)[..^line.RawFrom(address).Length].TrimEnd();
        return MigrationStep.Replace("addresses stand in 'bind' since 1.4 and only there since 2.0", header, $"bind {line.RawFrom(address)}");
    });
}
