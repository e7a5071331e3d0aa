using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Views;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint.Rules;

/// <summary>TLS settings that protect less than they seem to.</summary>
internal static class TlsRules
{
    private const int MinDhBits = 2048;

    private static readonly string[] s_oldVersions = ["SSLv3", "TLSv1.0", "TLSv1.1"];

    private static readonly string[] s_forcedOld = ["force-sslv3", "force-tlsv10", "force-tlsv11"];

    private static readonly string[] s_weakCiphers =
        ["RC4", "3DES", "DES", "NULL", "eNULL", "aNULL", "ADH", "EXP", "EXPORT", "MD5", "LOW", "COMPLEMENTOFDEFAULT"];

    public static IEnumerable<LintRule> Rows =>
    [
        new("HL604", "old-tls-version", Severity.Warning,
            "SSLv3, TLS 1.0 and TLS 1.1 are allowed or forced. They are broken or withdrawn (RFC 7568, RFC 8996).",
            "recorded traffic can be attacked; current browsers refuse a listener that is forced to them",
            "write 'ssl-min-ver TLSv1.2'",
            FindOldVersions),
        new("HL605", "weak-ciphers", Severity.Warning,
            "A cipher list lets in suites without encryption, without authentication, of export strength, RC4, 3DES, DES or MD5.",
            "a client that offers only those gets them; recorded traffic can be read",
            "remove them, or put '!' before them",
            FindWeakCiphers),
        new("HL606", "server-certificate-not-verified", Severity.Warning,
            "A server on the network is reached over TLS and its certificate is not verified.",
            "whoever can redirect the traffic reads and changes all of it, and the log shows nothing",
            "write 'verify required ca-file <file>', and 'verifyhost' or 'sni'",
            FindUnverified),
        new("HL607", "verification-turned-off", Severity.Warning,
            "'ssl-server-verify none' in the global section turns verification off for every server that does not ask for it.",
            "whoever can redirect the traffic to any server reads and changes all of it",
            "remove the line, and write 'verify none' on the servers concerned",
            FindGlobalUnverified),
        new("HL610", "small-dh-parameters", Severity.Warning,
            "'tune.ssl.default-dh-param' below 2048 bits.",
            "key exchanges of 1024 bits are in reach of large attackers; current clients refuse them",
            "set 2048 or more",
            FindSmallDh),
    ];

    private static IEnumerable<LintHit> FindOldVersions(ConfigurationView configuration)
    {
        foreach (Statement line in TlsLines(configuration))
        {
            for (int index = 1; index < line.Count; index++)
            {
                string word = line.Text(index);
                if (s_forcedOld.Contains(word)) yield return new LintHit(line.At(index), $"'{word}' forces a withdrawn version");
                else if (word is "ssl-min-ver" or "ssl-max-ver" && s_oldVersions.Contains(line.Text(index + 1)))
                    yield return new LintHit(line.At(index + 1), $"'{word} {line.Text(index + 1)}' allows a withdrawn version");
            }
        }
    }

    private static IEnumerable<LintHit> FindWeakCiphers(ConfigurationView configuration)
    {
        foreach (Statement line in TlsLines(configuration))
        {
            int at = line.Text(0) is "ssl-default-bind-ciphers" or "ssl-default-server-ciphers" ? 0 : line.IndexOf("ciphers");
            if (at < 0 || at + 1 >= line.Count) continue;
            string[] suites = line.Text(at + 1).Split(':', ',', ' ');
            // '!X' and '-X' take something out, '+X' only moves it to the end.
            string? weak = suites.FirstOrDefault(static suite =>
                suite.Length > 0 && suite[0] is not ('!' or '-' or '+' or '@')
                && suite.Split('+', '-').Any(static part => s_weakCiphers.Contains(part)));
            if (weak is null) continue;
            yield return new LintHit(line.At(at + 1), $"the cipher list lets in '{weak}'");
        }
    }

    private static IEnumerable<LintHit> FindUnverified(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends)
        {
            foreach (ServerView server in proxy.Servers)
            {
                if (!server.Options.Has("ssl") || server.Address.Reach != AddressReach.Network) continue;
                if (server.Options.Find("verify") is not { } verify || verify.Value.Text != "none") continue;
                yield return new LintHit(verify.At, $"the certificate of server '{server.Name.Text}' ({server.Address.Text}) is not verified");
            }
        }
    }

    private static IEnumerable<LintHit> FindGlobalUnverified(ConfigurationView configuration)
    {
        if (configuration.GlobalSetting("ssl-server-verify") is { } line && line.Text(1) == "none")
            yield return new LintHit(line.At(1), "certificates of servers are not verified unless a server asks for it");
    }

    private static IEnumerable<LintHit> FindSmallDh(ConfigurationView configuration)
    {
        if (configuration.GlobalNumber("tune.ssl.default-dh-param") is { } bits and < MinDhBits)
            yield return new LintHit(configuration.GlobalSetting("tune.ssl.default-dh-param")!.At(1), $"{bits} bits for the key exchange");
    }

    /// <summary>bind, server and default-server lines, and the global defaults for them.</summary>
    private static IEnumerable<Statement> TlsLines(ConfigurationView configuration) =>
        configuration.Sections.SelectMany(static section => section.Lines).Where(static line =>
            !line.IsNegated && (line.Text(0) is "bind" or "server" or "default-server" or "server-template" or "ssl-f-use"
                || line.Text(0).StartsWith("ssl-default-", StringComparison.Ordinal)));
}
