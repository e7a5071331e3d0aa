using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Views;

namespace Hawser.Config.Lint.Rules;

/// <summary>Health checks.</summary>
internal static class CheckRules
{
    private const int DefaultInterMs = 2000;
    private const int DefaultFall = 3;
    private const int SlowDetectionMs = 60_000;

    private static readonly string[] s_checkSettings =
        ["inter", "fastinter", "downinter", "rise", "fall", "port", "addr", "slowstart", "observe", "error-limit", "check-ssl"];

    private static readonly string[] s_checkOptions =
        ["httpchk", "tcp-check", "mysql-check", "pgsql-check", "redis-check", "smtpchk", "ldap-check", "ssl-hello-chk", "external-check", "spop-check"];

    public static IEnumerable<LintRule> Rows =>
    [
        new("HL302", "unchecked-server", Severity.Warning,
            "Some servers of the backend are checked and this one is not: it counts as up for ever.",
            "when it dies, its share of the sessions goes on failing, each after 'timeout connect' and the retries",
            "add 'check' to the server, or 'default-server check'",
            FindUnchecked),
        new("HL305", "slow-failure-detection", Severity.Warning,
            "A dead server is taken out after 'fall' failed checks, 'inter' apart ('fastinter' from the first failure on).",
            "until then it goes on getting its share of the sessions",
            "shorten 'inter', or set 'fastinter 1s'",
            FindSlowDetection),
        new("HL306", "check-settings-without-check", Severity.Warning,
            "A server has settings of health checks, and no 'check', 'agent-check' or 'track' that would use them.",
            "the server is never checked: it counts as up for ever",
            "add 'check'",
            FindIdleSettings),
        new("HL307", "check-method-without-check", Severity.Warning,
            "The backend says how to check its servers, and none of them has 'check'.",
            "no server is ever checked: dead ones go on getting their share of the sessions",
            "add 'default-server check'",
            FindIdleMethod),
    ];

    private static IEnumerable<LintHit> FindUnchecked(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends)
        {
            ServerView? watched = proxy.Servers.FirstOrDefault(static server => server.IsWatched);
            if (watched is null) continue;
            foreach (ServerView server in proxy.Servers)
            {
                bool isMeant = server.IsWatched || server.IsDisabled || server.Options.Has("no-check") || server.Weight == 0;
                if (isMeant) continue;
                int sharing = proxy.Servers.Count(other => other.IsBackup == server.IsBackup);
                yield return new LintHit(server.Name.Origin,
                    $"server '{server.Name.Text}' is not checked, '{watched.Name.Text}' of {proxy.Title} is",
                    $"when it dies, 1 of {sharing} sessions goes on failing");
            }
        }
    }

    private static IEnumerable<LintHit> FindSlowDetection(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends)
        {
            foreach (ServerView server in proxy.Servers)
            {
                if (!server.Options.Has("check") || server.Options.Find("inter") is not { } option) continue;
                long inter = server.Options.TimeOf("inter") ?? DefaultInterMs;
                long fall = server.Options.NumberOf("fall") ?? DefaultFall;
                long again = server.Options.TimeOf("fastinter") ?? inter;
                long total = inter + (fall - 1) * again;
                if (total <= SlowDetectionMs || proxy.Servers.Length < 2) continue;
                yield return new LintHit(option.At,
                    $"server '{server.Name.Text}' of {proxy.Title} is found dead after {fall} checks, {Quantity.Time(inter)} apart",
                    $"for up to {Quantity.Time(total)} a dead server goes on getting its share of the sessions");
            }
        }
    }

    private static IEnumerable<LintHit> FindIdleSettings(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends)
        {
            foreach (ServerView server in proxy.Servers)
            {
                if (server.IsWatched || server.IsDisabled || server.Options.Has("no-check")) continue;
                LineOption setting = server.Options.All
                    .FirstOrDefault(static option => option.IsOwn && s_checkSettings.Contains(option.Name.Text));
                if (!setting.IsOwn) continue;
                yield return new LintHit(setting.Name.Origin,
                    $"'{setting.Name.Text}' of server '{server.Name.Text}' without 'check'");
            }
        }
    }

    private static IEnumerable<LintHit> FindIdleMethod(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends)
        {
            if (proxy.Servers.IsEmpty || proxy.Servers.Any(static server => server.IsWatched)) continue;
            Statement? method = proxy.Own.FirstOrDefault(static line =>
                !line.IsNegated && line.Is("option") && s_checkOptions.Contains(line.Text(1)));
            if (method is null) continue;
            yield return new LintHit(method.At(1), $"'option {method.Text(1)}' in {proxy.Title}, where no server has 'check'");
        }
    }
}
