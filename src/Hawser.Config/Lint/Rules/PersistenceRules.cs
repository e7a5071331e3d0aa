using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Views;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint.Rules;

/// <summary>Cookies and stick tables.</summary>
internal static class PersistenceRules
{
    /// <summary>Counters that are also part of the name of the fetch that reads them.</summary>
    private static readonly string[] s_counters =
    [
        "http_req_rate", "http_req_cnt", "http_err_rate", "http_err_cnt", "http_fail_rate", "http_fail_cnt", "conn_rate",
        "conn_cnt", "conn_cur", "sess_rate", "sess_cnt", "bytes_in_rate", "bytes_out_rate", "gpc0_rate", "gpc1_rate",
    ];

    public static IEnumerable<LintRule> Rows =>
    [
        new("HL701", "cookie-without-server-cookies", Severity.Warning,
            "The backend has a persistence cookie, and servers have no 'cookie' value: nothing says which server a client belongs to.",
            "clients of these servers get no cookie, and another server with the next request",
            "add 'cookie <value>' to each server, or 'dynamic' and 'dynamic-cookie-key'",
            FindMissingServerCookies),
        new("HL702", "server-cookies-without-cookie", Severity.Warning,
            "Servers have 'cookie' values, and the backend has no 'cookie' line that would use them.",
            "no persistence: each request may get another server",
            "add 'cookie <name> insert indirect nocache'",
            FindUnusedServerCookies),
        new("HL703", "duplicate-server-cookie", Severity.Warning,
            "Two servers of a backend have the same 'cookie' value: the first one that is up gets the clients of both.",
            "the second server's clients lose their session with the second request",
            "give each server its own value",
            FindDuplicateCookies),
        new("HL704", "cookie-in-shared-caches", Severity.Warning,
            "'cookie ... insert' without 'nocache': a response with the cookie may be stored by a shared cache (manual, cookie).",
            "every client behind that cache gets the same cookie, and so the same server",
            "add 'nocache' (and 'indirect', which keeps the cookie from the server)",
            FindCacheableCookies),
        new("HL705", "entries-forgotten-too-soon", Severity.Warning,
            "A stick table forgets entries sooner than the period of its rates: whoever pauses that long starts at zero.",
            "a limit per period is never reached by those who know the pause",
            "make 'expire' at least as long as the longest period",
            FindShortExpiry),
        new("HL706", "counter-not-stored", Severity.Warning,
            "A rule reads a counter of a stick table that no table of the configuration stores: it is always 0.",
            "0 requests are limited by the rule",
            "add the counter to the table's 'store'",
            FindMissingCounters),
        new("HL707", "entries-never-expire", Severity.Notice,
            "A stick table has no 'expire': entries stay until it is full, when the oldest are thrown out, in use or not.",
            "memory grows to 'size' entries and stays there; clients stick to servers for ever",
            "add 'expire'",
            FindEndless),
    ];

    private static IEnumerable<LintHit> FindMissingServerCookies(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends.Where(static proxy => proxy.IsHttp))
        {
            if (proxy.Setting("cookie") is not { } line || line.IndexOf("dynamic") > 0) continue;
            ServerView[] without = [.. proxy.Servers.Where(static server => !server.Options.Has("cookie") && !server.IsBackup)];
            if (without.Length == 0 || proxy.Servers.Length < 2) continue;
            bool isAll = without.Length == proxy.Servers.Length;
            yield return new LintHit(isAll ? line.At(1) : without[0].Name.Origin,
                isAll
                    ? $"'cookie {line.Text(1)}' of {proxy.Title}, and no server has a 'cookie' value"
                    : $"server '{without[0].Name.Text}' has no value for 'cookie {line.Text(1)}' of {proxy.Title}");
        }
    }

    private static IEnumerable<LintHit> FindUnusedServerCookies(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends.Where(static proxy => proxy.IsHttp))
        {
            if (proxy.Setting("cookie") is not null || proxy.Setting("appsession") is not null) continue;
            if (proxy.Servers.FirstOrDefault(static server => server.Options.Has("cookie")) is not { } server) continue;
            yield return new LintHit(server.Options.Find("cookie")!.Value.Name.Origin,
                $"server '{server.Name.Text}' has a 'cookie' value and {proxy.Title} no 'cookie' line");
        }
    }

    private static IEnumerable<LintHit> FindDuplicateCookies(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends.Where(static proxy => proxy.IsHttp))
        {
            Dictionary<string, ServerView> seen = new(StringComparer.Ordinal);
            foreach (ServerView server in proxy.Servers)
            {
                if (server.Options.Find("cookie") is not { IsOwn: true } option || server.IsBackup) continue;
                if (seen.TryAdd(option.Value.Text, server)) continue;
                yield return new LintHit(option.At,
                    $"server '{server.Name.Text}' has the cookie '{option.Value.Text}' of '{seen[option.Value.Text].Name.Text}' (line {seen[option.Value.Text].Statement.Origin.Line})");
            }
        }
    }

    private static IEnumerable<LintHit> FindCacheableCookies(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Defaults.Concat(configuration.Proxies).Where(static proxy => proxy.IsHttp))
        {
            Statement? line = proxy.Own.LastOrDefault(static line => line.Is("cookie") && !line.IsNegated);
            if (line is null || line.IndexOf("insert") < 0 || line.IndexOf("nocache") > 0) continue;
            yield return new LintHit(line.At(line.IndexOf("insert")), $"'cookie {line.Text(1)} insert' of {proxy.Title} has no 'nocache'");
        }
    }

    private static IEnumerable<LintHit> FindShortExpiry(ConfigurationView configuration)
    {
        foreach (Statement line in Tables(configuration))
        {
            int at = line.IndexOf("expire");
            if (at < 0 || at + 1 >= line.Count) continue;
            if (TimeText.TryParse(line.Text(at + 1), 1000, out int expiry, out _) != ValueError.None) continue;
            int longest = Periods(line).DefaultIfEmpty(0).Max();
            if (expiry == 0 || expiry >= longest) continue;
            yield return new LintHit(line.At(at + 1),
                $"'expire {line.Text(at + 1)}' is shorter than the period of {Quantity.Time(longest)} of a rate in the table",
                $"whoever pauses {Quantity.Time(expiry)} starts at zero, instead of after {Quantity.Time(longest)}");
        }
    }

    private static IEnumerable<int> Periods(Statement table)
    {
        foreach (string type in table.Joined(1).Split(',', ' '))
        {
            int open = type.IndexOf("_rate(", StringComparison.Ordinal);
            if (open < 0) continue;
            string period = type[(open + "_rate(".Length)..].TrimEnd(')');
            if (TimeText.TryParse(period, 1000, out int milliseconds, out _) == ValueError.None) yield return milliseconds;
        }
    }

    private static IEnumerable<LintHit> FindMissingCounters(ConfigurationView configuration)
    {
        // Counters of tables that peers or other files declare cannot be seen from here.
        string stored = string.Join(' ', Tables(configuration).Select(static line => line.Joined(1)));
        if (stored.Length == 0) yield break;
        foreach (ProxyView proxy in configuration.Defaults.Concat(configuration.Proxies))
        {
            foreach (Statement line in proxy.Own)
            {
                foreach (Word word in line.Words.ToArray())
                {
                    foreach (string name in Names(word.Text))
                    {
                        if (CounterOf(name) is not { } counter || IsStored(stored, counter)) continue;
                        yield return new LintHit(word.Origin, $"'{name}' in {proxy.Title} is always 0: no table stores '{counter}'");
                    }
                }
            }
        }
    }

    private static IEnumerable<string> Names(string text)
    {
        int start = 0;
        for (int index = 0; index <= text.Length; index++)
        {
            if (index < text.Length && (char.IsAsciiLetterOrDigit(text[index]) || text[index] == '_')) continue;
            if (index > start) yield return text[start..index];
            start = index + 1;
        }
    }

    /// <summary>The counter that <c>sc0_…</c>, <c>sc_…</c> and <c>src_…</c> read; null for anything else.</summary>
    private static string? CounterOf(string fetch)
    {
        int cut = fetch.IndexOf('_', StringComparison.Ordinal);
        if (cut < 0 || !(fetch[..cut] == "src" || fetch[..cut].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') == "sc")) return null;
        return s_counters.Contains(fetch[(cut + 1)..]) ? fetch[(cut + 1)..] : null;
    }

    private static bool IsStored(string stored, string counter)
    {
        if (stored.Contains(counter, StringComparison.Ordinal)) return true;
        // gpc(<n>) holds what gpc0 and gpc1 name.
        return counter.StartsWith("gpc", StringComparison.Ordinal) && stored.Contains("gpc_rate(", StringComparison.Ordinal);
    }

    private static IEnumerable<LintHit> FindEndless(ConfigurationView configuration)
    {
        foreach (Statement line in Tables(configuration))
        {
            if (line.IndexOf("expire") > 0) continue;
            yield return new LintHit(line.Origin, "the stick table has no 'expire'");
        }
    }

    /// <summary>stick-table lines of proxies, table lines of peers.</summary>
    private static IEnumerable<Statement> Tables(ConfigurationView configuration) =>
        configuration.Sections.SelectMany(static section => section.Lines.Where(line =>
            line.Is("stick-table") || (line.Is("table") && section.Keyword.Text == "peers")));
}
