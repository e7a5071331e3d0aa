using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Views;

namespace Hawser.Config.Lint.Rules;

/// <summary>Limits, queues and retries.</summary>
internal static class LimitRules
{
    private const int TurnAroundMs = 1000;

    public static IEnumerable<LintRule> Rows =>
    [
        new("HL201", "retries-on-one-server", Severity.Warning,
            "'retries' is set and 'option redispatch' is not: all attempts go to the same server, with a pause of up "
            + "to a second in between, although others are there (manual, retries).",
            "(retries + 1) x 'timeout connect' plus the pauses, then a 503, for each session that was given a dead server",
            "add 'option redispatch'",
            FindRetriesAlone),
        new("HL202", "redispatch-defeated", Severity.Warning,
            "'option redispatch' cannot do its work: 'retries 0' leaves no attempt to redispatch, an interval of 0 "
            + "turns it off, 'option persist' sends clients to servers that are known to be down first, and a hash of 'hash-type "
            + "map-based' (the default) finds the same server again as long as no check has taken it down.",
            "sessions of a dead server spend 'timeout connect' on it before anything else, or fail",
            "remove 'option persist', set 'retries' to at least 1, and use 'hash-type consistent' or checks",
            FindDefeatedRedispatch),
        new("HL203", "server-limit-beyond-process", Severity.Warning,
            "A server's 'maxconn' is above that of the process: the process stops accepting long before the server's limit is reached.",
            "the server's limit and its queue never work; connections wait in the kernel instead, unseen by the logs",
            "raise 'maxconn' of the global section, or lower the server's",
            FindServerLimit),
        new("HL204", "frontend-limit-beyond-process", Severity.Warning,
            "A frontend's or listener's 'maxconn' is above that of the process, which is reached first, by all frontends together.",
            "the frontend's limit never works: one busy frontend starves the others",
            "raise 'maxconn' of the global section above the sum of the frontends', or lower the frontend's",
            FindFrontendLimit),
        new("HL205", "minimum-without-maximum", Severity.Warning,
            "A server's 'minconn' makes its limit move between minconn and maxconn with the load of the backend. "
            + "Without a greater 'maxconn' there is no such range.",
            "the limit does not adapt to the load as written",
            "set 'maxconn' above 'minconn' on the server, and 'fullconn' in the backend",
            FindMinimum),
        new("HL206", "queue-limit-without-limit", Severity.Warning,
            "'maxqueue' limits the queue of a server, and a server without 'maxconn' has none.",
            "the setting has no effect: the server takes every session at once",
            "set 'maxconn' on the server",
            FindQueueLimit),
        new("HL207", "descriptors-below-maxconn", Severity.Warning,
            "Each session takes two descriptors, one per side. 'ulimit-n' is below twice 'maxconn', and it is better "
            + "left to the process to compute (manual, ulimit-n).",
            "with strict-limits the process does not start; without, it runs out of descriptors before maxconn is reached",
            "remove 'ulimit-n'",
            FindFewDescriptors),
        new("HL208", "listeners-on-one-address", Severity.Warning,
            "Two bind lines name the same address and port. SO_REUSEPORT lets both open it, so nothing fails, and the "
            + "kernel spreads connections over both.",
            "about half of the connections end up in the other section, by chance",
            "give each its own address or port, or merge the sections",
            FindSharedAddress),
    ];

    private static IEnumerable<LintHit> FindRetriesAlone(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends)
        {
            bool hasOthers = proxy.Servers.Length > 1 || proxy.Servers.Any(static server => server.IsTemplate);
            if (!hasOthers || HasRedispatch(proxy)) continue;
            if (proxy.Setting("retries") is not { } line || !int.TryParse(line.Text(1), out int retries) || retries <= 0)
                continue;
            string? consequence = null;
            if (proxy.FiniteTimeout("connect") is { Milliseconds: var connect })
            {
                long wait = (retries + 1L) * connect + retries * (long)System.Math.Min(connect, TurnAroundMs);
                consequence = $"a session that was given a silent server waits up to {Quantity.Time(wait)}, then gets a 503 or a close";
            }
            yield return new LintHit(line.At(1),
                $"'retries {retries}' without 'option redispatch' in {proxy.Title}: all {retries + 1} attempts go to one server",
                consequence);
        }
    }

    private static bool HasRedispatch(ProxyView proxy) =>
        (proxy.Option("redispatch") is { } line && line.Text(2) != "0")
        || proxy.Setting("redispatch") is not null || proxy.Setting("redisp") is not null;

    private static IEnumerable<LintHit> FindDefeatedRedispatch(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends)
        {
            Statement? redispatch = proxy.Option("redispatch") ?? proxy.Setting("redispatch");
            if (redispatch is null || proxy.Servers.IsEmpty) continue;
            if (proxy.Setting("retries") is { } retries && retries.Text(1) == "0")
                yield return new LintHit(retries.At(1), $"'retries 0' leaves nothing to redispatch in {proxy.Title}");
            else if (redispatch.Text(2) == "0")
                yield return new LintHit(redispatch.At(2), $"'option redispatch 0' never redispatches in {proxy.Title}",
                    "the session fails after its retries on one server", "remove the 0");
            if (proxy.Option("persist") is { } persist)
            {
                string? consequence = proxy.FiniteTimeout("connect") is { } connect
                    ? $"each request with the cookie of a dead server first spends up to {Quantity.Time(connect.Milliseconds)} per attempt on it"
                    : null;
                yield return new LintHit(persist.At(1),
                    $"'option persist' sends clients to servers that are down before 'option redispatch' may act in {proxy.Title}",
                    consequence, "remove 'option persist'");
            }
            bool isMapped = BalanceView.IsHash(proxy) && proxy.Setting("hash-type")?.Text(1) != "consistent";
            if (isMapped && proxy.Servers.Length > 1 && !proxy.Servers.Any(static server => server.IsWatched))
            {
                yield return new LintHit(redispatch.At(redispatch.Is("option") ? 1 : 0),
                    $"the hash of {proxy.Title} finds the dead server again: no check takes it down, and 'hash-type' is map-based",
                    $"1 of {proxy.Servers.Length} clients has no service as long as its server is dead",
                    "add 'check' to the servers, or 'hash-type consistent'");
            }
        }
    }

    private static IEnumerable<LintHit> FindServerLimit(ConfigurationView configuration)
    {
        if (configuration.GlobalNumber("maxconn") is not { } limit) yield break;
        foreach (ProxyView proxy in configuration.Backends)
        {
            foreach (ServerView server in proxy.Servers)
            {
                if (server.Options.NumberOf("maxconn") is not { } own || own <= limit) continue;
                yield return new LintHit(server.Options.Find("maxconn")!.Value.At,
                    $"'maxconn {own}' of server '{server.Name.Text}' is above the process's {limit}",
                    $"the last {own - limit} sessions never get there: they wait in the kernel, unseen");
            }
        }
    }

    private static IEnumerable<LintHit> FindFrontendLimit(ConfigurationView configuration)
    {
        if (configuration.GlobalNumber("maxconn") is not { } limit) yield break;
        foreach (ProxyView proxy in configuration.Frontends)
        {
            if (proxy.Setting("maxconn") is { } line && long.TryParse(line.Text(1), out long own) && own > limit)
                yield return Beyond(line.At(1), own, limit, proxy.Title);
            foreach (BindView bind in proxy.Binds)
            {
                if (bind.Options.NumberOf("maxconn") is { } number && number > limit)
                    yield return Beyond(bind.Options.Find("maxconn")!.Value.At, number, limit, "a listener of " + proxy.Title);
            }
        }
    }

    private static LintHit Beyond(Diagnostics.Origin at, long own, long limit, string subject) =>
        new(at, $"'maxconn {own}' of {subject} is above the process's {limit}");

    private static IEnumerable<LintHit> FindMinimum(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends)
        {
            foreach (ServerView server in proxy.Servers)
            {
                if (server.Options.NumberOf("minconn") is not { } low || low == 0) continue;
                long? high = server.Options.NumberOf("maxconn");
                if (high > low) continue;
                string problem = high is > 0 ? $"not below its 'maxconn {high}'" : "without 'maxconn'";
                yield return new LintHit(server.Options.Find("minconn")!.Value.At,
                    $"'minconn {low}' of server '{server.Name.Text}' is {problem}");
            }
        }
    }

    private static IEnumerable<LintHit> FindQueueLimit(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends)
        {
            foreach (ServerView server in proxy.Servers)
            {
                if (server.Options.NumberOf("maxqueue") is not > 0) continue;
                if (server.Options.NumberOf("maxconn") is > 0 || server.Options.NumberOf("minconn") is > 0) continue;
                yield return new LintHit(server.Options.Find("maxqueue")!.Value.Name.Origin,
                    $"server '{server.Name.Text}' has 'maxqueue' and no 'maxconn'");
            }
        }
    }

    private static IEnumerable<LintHit> FindFewDescriptors(ConfigurationView configuration)
    {
        if (configuration.GlobalNumber("ulimit-n") is not { } descriptors) yield break;
        if (configuration.GlobalNumber("maxconn") is not { } limit || descriptors >= 2 * limit) yield break;
        yield return new LintHit(configuration.GlobalSetting("ulimit-n")!.At(1),
            $"'ulimit-n {descriptors}' is below twice 'maxconn {limit}'",
            $"descriptors for about {descriptors / 2} of {limit} sessions");
    }

    private static IEnumerable<LintHit> FindSharedAddress(ConfigurationView configuration)
    {
        Dictionary<string, (ProxyView Proxy, AddressView Address)> seen = [];
        foreach (ProxyView proxy in configuration.Frontends)
        {
            foreach (BindView bind in proxy.Binds)
            {
                // Listeners of one port may differ by interface or namespace.
                if (bind.Options.Has("interface") || bind.Options.Has("namespace")) continue;
                foreach (AddressView address in bind.Addresses)
                {
                    if (address.Port is "" or "0" || !address.Port.All(char.IsAsciiDigit)) continue;
                    string host = address.Host is "*" or "0.0.0.0" ? "" : address.Host;
                    string key = $"{address.IsDatagram} {host} {address.Port}";
                    if (seen.TryAdd(key, (proxy, address))) continue;
                    (ProxyView other, AddressView first) = seen[key];
                    string owner = other == proxy ? "the same section" : other.Title;
                    yield return new LintHit(address.Origin,
                        $"'{address.Text}' is already bound on line {first.Origin.Line}, in {owner}");
                }
            }
        }
    }
}
