using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Views;

namespace Hawser.Config.Lint.Rules;

/// <summary>The servers of a backend beside one another, and how one is chosen.</summary>
internal static class ServerRules
{
    private static readonly string[] s_proxiedHeaders = ["x-forwarded-for", "forwarded", "x-real-ip", "cf-connecting-ip"];

    /// <summary>Options that copied lines share or that are changed together with the name.</summary>
    private static readonly string[] s_copiedOptions =
    [
        "id", "cookie", "weight", "maxconn", "minconn", "maxqueue", "check", "inter", "fastinter", "downinter", "rise", "fall",
        "slowstart", "observe", "error-limit", "on-error", "on-marked-down", "on-marked-up",
    ];

    public static IEnumerable<LintRule> Rows =>
    [
        new("HL301", "duplicate-server-address", Severity.Warning,
            "Two servers of a backend have the same address: mostly a copied line of which only the name was changed.",
            "one machine gets two shares of the load and two times its maxconn; the machine that was meant gets nothing",
            "correct the address, or use 'weight' for a larger share",
            FindDuplicateAddress),
        new("HL303", "only-backups", Severity.Warning,
            "All servers of a backend are 'backup'. Only the first of them is used, the others wait for its death.",
            "one server carries everything; load balancing is off",
            "remove 'backup' from the servers that shall work, or add 'option allbackups'",
            FindOnlyBackups),
        new("HL304", "source-hash-behind-proxy", Severity.Warning,
            "The backend hashes the client's address, and its clients are other proxies: they connect through this "
            + "machine's own listener, or name the real client in a header.",
            "all clients of one proxy fall on one server",
            "add 'accept-proxy' with 'send-proxy' on the other side, 'http-request set-src', or hash something else",
            FindSourceHash),
        new("HL309", "no-server-takes-traffic", Severity.Warning,
            "Every server of the backend is disabled or has weight 0.",
            "0 servers: every session gets a 503 or a close until somebody changes that at run time",
            "enable a server or give it a weight",
            FindIdleFarm),
        new("HL311", "name-looked-up-once", Severity.Notice,
            "A server is given by name and has no 'resolvers': the name is looked up at start only, and a failure there stops the start.",
            "after a change of address, sessions fail until the next reload; without DNS the proxy does not start",
            "add 'resolvers' to the server (with 'init-addr last,libc,none'), or write the address",
            FindNamesLookedUpOnce),
        new("HL315", "idle-backups", Severity.Notice,
            "Several servers are 'backup': without 'option allbackups' only the first that is up is used.",
            "in the emergency one backup carries everything, the others idle",
            "add 'option allbackups', if they are meant to share",
            FindIdleBackups),
        new("HL318", "hash-type-without-hash", Severity.Warning,
            "'hash-type' says how a hash becomes a server, and the balancing of this backend does not hash.",
            "the setting has no effect",
            "remove it, or use 'balance source', 'uri', 'hdr(...)' or 'hash'",
            FindUselessHashType),
        new("HL320", "hash-moves-everybody", Severity.Notice,
            "A hash with the default 'hash-type map-based' gives almost all clients another server when one goes down or comes back.",
            "with n servers (n-1)/n of all clients lose their server, and caches their content, for one failure",
            "add 'hash-type consistent'",
            FindMapHash),
    ];

    private static IEnumerable<LintHit> FindDuplicateAddress(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends)
        {
            Dictionary<string, ServerView> seen = new(StringComparer.Ordinal);
            foreach (ServerView server in proxy.Servers)
            {
                bool isMeant = server.IsTemplate || server.IsDisabled || server.Address.Reach == AddressReach.Unknown
                    || server.Address.Host is "" or "*" or "0.0.0.0" or "::";
                string key = WayTo(server);
                if (isMeant || seen.TryAdd(key, server)) continue;
                yield return new LintHit(server.Address.Origin,
                    $"server '{server.Name.Text}' has the address of '{seen[key].Name.Text}' (line {seen[key].Address.Origin.Line}) in {proxy.Title}");
            }
        }
    }

    /// <summary>The address with the options that make it another way to the machine: source, TLS, protocol, proxies.</summary>
    private static string WayTo(ServerView server)
    {
        IEnumerable<string> options = server.Options.All
            .Where(static option => !s_copiedOptions.Contains(option.Name.Text))
            .Select(static option => $"{option.Name.Text} {option.Value.Text}").Order(StringComparer.Ordinal);
        return $"{server.Address.Text} {string.Join(' ', options)}";
    }

    private static IEnumerable<LintHit> FindOnlyBackups(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends)
        {
            if (proxy.Servers.Length < 2 || proxy.HasOption("allbackups")) continue;
            if (proxy.Servers.Any(static server => !server.IsBackup)) continue;
            yield return new LintHit(proxy.Servers[0].Options.Find("backup")!.Value.Name.Origin,
                $"all {proxy.Servers.Length} servers of {proxy.Title} are 'backup'",
                $"1 server carries everything, {proxy.Servers.Length - 1} idle");
        }
    }

    private static IEnumerable<LintHit> FindIdleBackups(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends)
        {
            ServerView[] backups = [.. proxy.Servers.Where(static server => server.IsBackup)];
            if (backups.Length < 2 || backups.Length == proxy.Servers.Length || proxy.HasOption("allbackups")) continue;
            yield return new LintHit(backups[1].Options.Find("backup")!.Value.Name.Origin,
                $"{backups.Length} servers of {proxy.Title} are 'backup' and only the first that is up is used",
                $"in the emergency 1 carries everything, {backups.Length - 1} idle");
        }
    }

    private static IEnumerable<LintHit> FindSourceHash(ConfigurationView configuration)
    {
        foreach (ProxyView back in configuration.Backends)
        {
            if (back.Servers.Length < 2 || back.Setting("balance") is not { } balance) continue;
            bool isSource = balance.Text(1) == "source" || balance is { Count: > 2 } && balance.Is("balance", "hash") && balance.Text(2) == "src";
            if (!isSource) continue;
            foreach (ProxyView front in configuration.SourcesOf(back))
            {
                if (KnowsClients(front) || KnowsClients(back)) continue;
                bool isLocal = front.Binds.Length > 0
                    && front.Binds.All(static bind => bind.Addresses.All(static address => address.Reach == AddressReach.ThisMachine));
                bool isHeader = MentionsProxiedHeader(front) || MentionsProxiedHeader(back);
                if (!isLocal && !isHeader) continue;
                string evidence = isLocal ? "listens on this machine only" : "reads the client from a header";
                yield return new LintHit(balance.At(1),
                    $"{back.Title} hashes the source address, and {front.Title} {evidence}",
                    $"all clients of one proxy fall on 1 of {back.Servers.Length} servers");
                break;
            }
        }
    }

    private static bool KnowsClients(ProxyView proxy) =>
        proxy.Binds.Any(static bind => bind.Options.Has("accept-proxy") || bind.Options.Has("accept-netscaler-cip"))
        || proxy.All.Any(static line => line.Text(1) == "set-src" || line.Text(2) is "set-src" or "expect-proxy");

    private static bool MentionsProxiedHeader(ProxyView proxy) =>
        proxy.Lines("acl").Concat(proxy.Lines("tcp-request")).Concat(proxy.Lines("log-format"))
            .Concat(proxy.Lines("capture")).Concat(proxy.Lines("stick")).Concat(proxy.Lines("http-request", "track-sc0"))
            .Any(static line => s_proxiedHeaders.Any(
                header => line.Joined(1).Contains(header, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<LintHit> FindIdleFarm(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends)
        {
            if (proxy.Servers.IsEmpty || proxy.Mode is not ("tcp" or "http")) continue;
            if (proxy.Servers.Any(static server => !server.IsDisabled && server.Weight > 0)) continue;
            yield return new LintHit(proxy.Servers[0].Statement.Origin,
                $"every server of {proxy.Title} is disabled or has weight 0");
        }
    }

    private static IEnumerable<LintHit> FindNamesLookedUpOnce(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends)
        {
            foreach (ServerView server in proxy.Servers)
            {
                if (!server.Address.IsName || server.Options.Has("resolvers")) continue;
                bool isMeant = proxy.All.Any(static line => line.Text(1) is "do-resolve" || line.Text(1).StartsWith("do-resolve(", StringComparison.Ordinal));
                if (isMeant) continue;
                yield return new LintHit(server.Address.Origin,
                    $"'{server.Address.Host}' of server '{server.Name.Text}' is looked up at start only");
            }
        }
    }

    private static IEnumerable<LintHit> FindUselessHashType(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends)
        {
            if (proxy.Own.LastOrDefault(static line => line.Is("hash-type") && !line.IsNegated) is not { } line) continue;
            if (BalanceView.IsHash(proxy)) continue;
            string balance = proxy.Setting("balance")?.Text(1) ?? "roundrobin, the default,";
            yield return new LintHit(line.Origin, $"'hash-type' in {proxy.Title}, where 'balance {balance}' does not hash");
        }
    }

    private static IEnumerable<LintHit> FindMapHash(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends)
        {
            if (!BalanceView.IsHash(proxy) || proxy.Setting("balance") is not { } balance) continue;
            int servers = proxy.Servers.Count(static server => !server.IsBackup);
            if (servers < 3 || proxy.Setting("hash-type") is not null || !proxy.Servers.Any(static server => server.IsWatched)) continue;
            yield return new LintHit(balance.At(1),
                $"'balance {balance.Text(1)}' over {servers} servers in {proxy.Title} has no 'hash-type consistent'",
                $"one failure gives about {servers - 1} of {servers} clients another server");
        }
    }
}
