using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Views;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint.Rules;

/// <summary>Who may reach what: control sockets, statistics, identity, clear-text passwords.</summary>
internal static class AccessRules
{
    private const int WriteByOthers = 2;

    public static IEnumerable<LintRule> Rows =>
    [
        new("HL601", "world-writable-socket", Severity.Warning,
            "The permissions of a UNIX socket let every user of the machine connect. On a 'stats socket' that is the runtime CLI.",
            "any local user can drain servers, change maps or end sessions",
            "write 'mode 660' and 'group <name>'",
            FindWritableSockets),
        new("HL602", "control-socket-on-network", Severity.Warning,
            "'stats socket' is an IP address that others can reach. The runtime CLI has no authentication.",
            "whoever can open a connection controls the proxy",
            "use a UNIX socket, or 127.0.0.1",
            FindNetworkSockets),
        new("HL603", "statistics-without-authentication", Severity.Warning,
            "The statistics page is on a public listener and asks for no password; it names all servers, their addresses and states.",
            "whoever can reach the port can read it, and with 'stats admin' take servers out",
            "add 'stats auth', or 'stats http-request deny' for strangers, or bind it to 127.0.0.1",
            FindOpenStatistics),
        new("HL608", "root-in-chroot", Severity.Warning,
            "'chroot' without 'user' or 'uid': the process stays root, which can leave a chroot (manual, chroot).",
            "the chroot protects nothing",
            "add 'user' and 'group'",
            FindRootInChroot),
        new("HL609", "clear-text-password", Severity.Notice,
            "A userlist holds a password in clear text ('insecure-password').",
            "whoever can read the file, or a backup of it, knows the password",
            "use 'password' with a hash from 'mkpasswd -m sha-512'",
            FindClearPasswords),
    ];

    private static IEnumerable<LintHit> FindWritableSockets(ConfigurationView configuration)
    {
        foreach (Statement line in configuration.Global)
        {
            if (!line.Is("stats", "socket") || line.Count < 3) continue;
            string level = line.IndexOf("level") is > 0 and var at ? line.Text(at + 1) : "operator";
            if (WritableMode(line) is not { } mode || level == "user") continue;
            yield return new LintHit(mode.Origin, $"'mode {mode.Text}' lets every local user write to '{line.Text(2)}', level {level}");
        }
        foreach (ProxyView proxy in configuration.Frontends)
        {
            foreach (BindView bind in proxy.Binds)
            {
                bool isSocket = bind.Addresses.Any(static address => address.Reach == AddressReach.ThisMachine && address.Port.Length == 0);
                bool isTrusting = bind.Options.Has("accept-proxy") || proxy.Setting("stats", "admin") is not null;
                if (!isSocket || !isTrusting || WritableMode(bind.Statement) is not { } mode) continue;
                yield return new LintHit(mode.Origin,
                    $"'mode {mode.Text}' lets every local user connect to {proxy.Title}, which trusts its clients",
                    "any local user can claim any client address, or use 'stats admin'");
            }
        }
    }

    private static Word? WritableMode(Statement line)
    {
        int at = line.IndexOf("mode");
        if (at < 0 || at + 1 >= line.Count) return null;
        return NumberText.TryParseOctal(line[at + 1].Text, out int mode) && (mode & WriteByOthers) != 0 ? line[at + 1] : null;
    }

    private static IEnumerable<LintHit> FindNetworkSockets(ConfigurationView configuration)
    {
        foreach (Statement line in configuration.Global)
        {
            if (!line.Is("stats", "socket") || line.Count < 3) continue;
            BindView bind = new(line, 2);
            if (!bind.IsPublic) continue;
            string level = bind.Options.ValueOf("level") ?? "operator";
            bool hasMutualTls = bind.Options.Has("ssl") && bind.Options.ValueOf("verify") == "required";
            if (hasMutualTls) continue;
            yield return new LintHit(line.At(2), $"the control socket '{line.Text(2)}' (level {level}) is on the network");
        }
    }

    private static IEnumerable<LintHit> FindOpenStatistics(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Proxies.Where(static proxy => proxy.IsHttp))
        {
            Statement? page = proxy.Setting("stats", "enable") ?? proxy.Setting("stats", "uri");
            if (page is null || proxy.Setting("stats", "auth") is not null) continue;
            if (proxy.Lines("stats", "http-request").Any(static rule => rule.Text(2) is "auth" or "deny")) continue;
            IEnumerable<ProxyView> listeners = proxy.HasFrontend ? [proxy] : configuration.SourcesOf(proxy);
            ProxyView? open = listeners.FirstOrDefault(static listener => listener.IsPublic && !IsGuarded(listener));
            if (open is null) continue;
            bool isAdmin = proxy.Setting("stats", "admin") is { } admin && admin.Condition?.Text is "if TRUE" or "if { always_true }";
            yield return new LintHit(page.Span(0, 2), $"the statistics of {proxy.Title} are open to whoever reaches {open.Title}",
                isAdmin ? "whoever reaches the port can take servers out of service: 'stats admin if TRUE'" : null);
        }
    }

    /// <summary>Some rule turns clients away before the page.</summary>
    private static bool IsGuarded(ProxyView proxy) =>
        proxy.Lines("http-request").Any(static rule => rule.Text(1) is "auth" or "deny" or "reject" or "tarpit")
        || proxy.Lines("tcp-request").Any(static rule => rule.Text(2) is "reject" or "silent-drop")
        || proxy.Binds.All(static bind => bind.Options.ValueOf("verify") == "required");

    private static IEnumerable<LintHit> FindRootInChroot(ConfigurationView configuration)
    {
        if (configuration.GlobalSetting("chroot") is not { } line) yield break;
        if (configuration.GlobalSetting("user") is not null || configuration.GlobalSetting("uid") is not null) yield break;
        yield return new LintHit(line.Origin, "'chroot' without 'user' or 'uid'");
    }

    private static IEnumerable<LintHit> FindClearPasswords(ConfigurationView configuration)
    {
        foreach (SectionView section in configuration.Sections.Where(static section => section.Keyword.Text == "userlist"))
        {
            foreach (Statement line in section.Lines)
            {
                int at = line.IndexOf("insecure-password");
                if (at > 0) yield return new LintHit(line.At(at), $"the password of '{line.Text(1)}' stands in clear text");
            }
        }
    }
}
