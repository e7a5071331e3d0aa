using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Views;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint.Rules;

/// <summary>Logs that lose lines, parts of lines, or say too much.</summary>
internal static class LogRules
{
    /// <summary>Of a log target without 'len'.</summary>
    private const int DefaultLength = 1024;

    /// <summary>Fixed fields of an http line with their syslog header, and a request line of usual length.</summary>
    private const int HttpLineBytes = 512;

    private const int TcpLineBytes = 256;

    private static readonly string[] s_quietLevels = ["emerg", "alert", "crit", "err", "warning", "notice"];

    private static readonly string[] s_secretHeaders = ["authorization", "cookie", "set-cookie", "proxy-authorization", "x-api-key"];

    public static IEnumerable<LintRule> Rows =>
    [
        new("HL501", "log-target-truncates", Severity.Warning,
            "A log target cuts lines at 'len' bytes, 1024 unless given, and the proxy's lines can be longer: an http "
            + "line has fixed fields, captures and the request's URI, which stands last and is cut first.",
            "the end of a line is lost, without a mark: first the URI",
            "set 'len 8192' on the log line, where the receiver takes that",
            FindTruncation),
        new("HL502", "httplog-in-tcp-mode", Severity.Warning,
            "'option httplog' in mode tcp: there is no request to log, and 'option tcplog' is used instead.",
            "the fields of a request are missing from each line; a parser made for them fails",
            "write 'option tcplog'",
            FindHttpLogInTcp),
        new("HL503", "proxy-without-log", Severity.Warning,
            "The global section has log targets, and the proxy does not use them: it needs a 'log global' of its own or of its defaults.",
            "0 lines about its sessions",
            "add 'log global'",
            FindWithoutLog),
        new("HL507", "level-hides-traffic", Severity.Warning,
            "The log line of a session has level 'info'. Every target of the proxy takes only graver ones.",
            "0 lines about its sessions, although a log format is set",
            "remove the level, or write 'info'",
            FindHiddenTraffic),
        new("HL508", "log-socket-outside-chroot", Severity.Notice,
            "A log target is a UNIX socket and the process goes into a 'chroot': it opens the path inside of it.",
            "0 lines after start, unless the syslog daemon listens inside the chroot too",
            "log to an address such as 127.0.0.1, or let the daemon open a second socket inside the chroot",
            FindOutsideChroot),
        new("HL509", "secret-in-log", Severity.Warning,
            "A header that carries credentials is captured, and captures are written to the log.",
            "whoever reads the logs can take over sessions",
            "do not capture it; where one part is needed, capture that with 'http-request capture ... ,word(...)'",
            FindSecrets),
    ];

    private static IEnumerable<LintHit> FindTruncation(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Frontends)
        {
            int wanted = LineBytes(proxy);
            foreach (Statement target in Targets(configuration, proxy))
            {
                int at = target.IndexOf("len");
                bool isGiven = at > 0 && at + 1 < target.Count;
                int length = isGiven && int.TryParse(target.Text(at + 1), out int number) ? number : DefaultLength;
                if (wanted <= length) continue;
                yield return new LintHit(isGiven ? target.At(at + 1) : target.At(1),
                    $"lines of {proxy.Title} can take {Quantity.Bytes(wanted)}, and this target cuts them at {Quantity.Bytes(length)}",
                    $"the last {Quantity.Bytes(wanted - length)} of a long line are lost, without a mark");
            }
        }
    }

    /// <summary>0 when the format is not known to be long.</summary>
    private static int LineBytes(ProxyView proxy)
    {
        int captured = 0;
        foreach (Statement line in proxy.Lines("capture"))
        {
            int at = line.IndexOf("len");
            if (at > 0 && int.TryParse(line.Text(at + 1), out int length)) captured += length;
        }
        if (proxy.IsHttp && (proxy.HasOption("httplog") || proxy.HasOption("httpslog"))) return HttpLineBytes + captured;
        return proxy.HasOption("tcplog") ? TcpLineBytes : 0;
    }

    /// <summary>Log lines that receive the proxy's traffic, with 'log global' resolved.</summary>
    private static IEnumerable<Statement> Targets(ConfigurationView configuration, ProxyView proxy)
    {
        List<Statement> targets = [];
        foreach (Statement line in proxy.All.Where(static line => line.Is("log")))
        {
            if (line.IsNegated) targets.Clear();
            else if (line.Text(1) == "global") targets.AddRange(configuration.Global.Where(static own => own.Is("log") && !own.IsNegated));
            else targets.Add(line);
        }
        return targets.Where(TakesTraffic);
    }

    private static bool TakesTraffic(Statement target) => !s_quietLevels.Contains(Level(target)?.Text);

    /// <summary>The level behind the facility; null when none is given: everything is taken.</summary>
    private static Word? Level(Statement target)
    {
        int index = 2;
        while (index + 1 < target.Count && target.Text(index) is "len" or "format" or "sample" or "profile") index += 2;
        return index + 1 < target.Count ? target[index + 1] : null;
    }

    private static IEnumerable<LintHit> FindHttpLogInTcp(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Frontends.Where(static proxy => proxy.IsTcp))
        {
            // A tcplog that follows replaces it.
            Statement? format = proxy.All.LastOrDefault(static line =>
                line.Is("log-format") || (line.Is("option") && line.Text(1) is "httplog" or "tcplog" or "httpslog"));
            if (format is not { IsNegated: false } || format.Text(1) is not ("httplog" or "httpslog") || format.Is("log-format")) continue;
            yield return new LintHit(format.At(1), $"'option {format.Text(1)}' in {proxy.Title}, which is in mode tcp");
        }
    }

    private static IEnumerable<LintHit> FindWithoutLog(ConfigurationView configuration)
    {
        Statement? target = configuration.Global.FirstOrDefault(static line => line.Is("log") && !line.IsNegated);
        if (target is null) yield break;
        foreach (ProxyView proxy in configuration.Frontends)
        {
            if (proxy.All.Any(static line => line.Is("log")) || proxy.Mode is not ("tcp" or "http")) continue;
            bool isMeant = proxy.Setting("stats", "enable") is not null || proxy.Setting("stats", "uri") is not null
                || proxy.Lines("http-request", "use-service").Any();
            if (isMeant) continue;
            yield return new LintHit(proxy.Name.Origin,
                $"{proxy.Title} has no 'log' line, the global target of line {target.Origin.Line} is not used");
        }
    }

    private static IEnumerable<LintHit> FindHiddenTraffic(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Frontends)
        {
            bool hasFormat = proxy.HasOption("httplog") || proxy.HasOption("tcplog") || proxy.HasOption("httpslog")
                || proxy.Setting("log-format") is not null;
            if (!hasFormat || Targets(configuration, proxy).Any()) continue;
            Statement[] lines =
            [
                .. proxy.All.Where(static line => line.Is("log") && !line.IsNegated && line.Text(1) != "global"),
                .. proxy.All.Any(static line => line.Is("log") && line.Text(1) == "global")
                    ? configuration.Global.Where(static line => line.Is("log") && !line.IsNegated)
                    : [],
            ];
            if (lines.FirstOrDefault(static line => Level(line) is not null) is not { } first || Level(first) is not { } level) continue;
            yield return new LintHit(level.Origin, $"level '{level.Text}' keeps the lines of {proxy.Title}, which are 'info', from every target");
        }
    }

    private static IEnumerable<LintHit> FindOutsideChroot(ConfigurationView configuration)
    {
        if (configuration.GlobalSetting("chroot") is not { } chroot) yield break;
        foreach (Statement line in configuration.Sections.SelectMany(static section => section.Lines))
        {
            if (!line.Is("log") || !line.Text(1).StartsWith('/')) continue;
            yield return new LintHit(line.At(1), $"'{line.Text(1)}' is looked for inside '{chroot.Text(1)}'");
        }
    }

    private static IEnumerable<LintHit> FindSecrets(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Frontends)
        {
            foreach (Statement line in proxy.Lines("capture"))
            {
                if (line.Text(2) != "header" || !s_secretHeaders.Contains(line.Text(3).ToLowerInvariant())) continue;
                yield return new LintHit(line.At(3), $"'{line.Text(3)}' is captured into the log of {proxy.Title}");
            }
        }
    }
}
