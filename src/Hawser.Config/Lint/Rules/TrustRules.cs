using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Views;

namespace Hawser.Config.Lint.Rules;

/// <summary>What the client says and the configuration believes.</summary>
internal static class TrustRules
{
    private static readonly string[] s_trustedHeaders =
    [
        "x-forwarded-proto", "x-forwarded-ssl", "x-forwarded-port", "x-real-ip", "x-client-ip", "x-ssl", "x-ssl-client-verify",
        "x-ssl-client-dn", "x-ssl-client-cn", "front-end-https", "ssl-client-verify",
    ];

    private static readonly string[] s_unsafeRetries =
        ["all-retryable-errors", "response-timeout", "empty-response", "junk-response", "0rtt-rejected"];

    public static IEnumerable<LintRule> Rows =>
    [
        new("HL611", "proxy-header-from-anyone", Severity.Warning,
            "A listener on all interfaces expects a PROXY header from whoever connects, and no rule looks at who that is.",
            "any client can claim any address: ACLs on 'src', tables and logs are worthless",
            "bind to the address of the inner network, or 'tcp-request connection expect-proxy layer4 if <proxies>' instead of 'accept-proxy'",
            FindOpenProxyHeader),
        new("HL612", "client-address-from-header", Severity.Warning,
            "On a public listener the client's address is taken from a header that every client can send ('forwardfor if-none', "
            + "or 'set-src' without a condition).",
            "any client can claim any address: ACLs on 'src', tables and logs are worthless",
            "add a condition on the address of the trusted proxy, such as 'if { src 10.0.0.0/8 }', or drop 'if-none'",
            FindForgedAddress),
        new("HL613", "header-not-cleared", Severity.Warning,
            "A header that servers trust is set under a condition, and otherwise passes as the client sent it.",
            "a client that sends 'X-Forwarded-Proto: https' itself is believed",
            "add 'http-request del-header <name>' before it",
            FindUnclearedHeaders),
        new("HL614", "invalid-messages-accepted", Severity.Warning,
            "Messages that break the protocol's rules are accepted and passed on; proxies and servers that disagree about "
            + "where a request ends can be made to mix up requests.",
            "request smuggling: one client's request may be answered with another's response",
            "remove the option once the application that needs it is mended",
            FindInvalidAccepted),
        new("HL617", "unsafe-retries", Severity.Warning,
            "'retry-on' repeats requests that the server may have executed already, and nothing exempts those with effects (manual, retry-on).",
            "an order that was placed and whose answer was lost is placed again, up to 'retries' times",
            "add 'http-request disable-l7-retry if METH_POST', or restrict 'retry-on' to 'conn-failure'",
            FindUnsafeRetries),
        new("HL804", "redirect-loop", Severity.Warning,
            "A redirect to https has no condition, and the section listens with TLS itself.",
            "a client over https is redirected to where it already is, until it gives up: 0 requests served",
            "add 'unless { ssl_fc }'",
            FindRedirectLoop),
    ];

    private static IEnumerable<LintHit> FindOpenProxyHeader(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Frontends)
        {
            bool looks = proxy.Lines("tcp-request", "connection").Any(static rule => rule.Condition is not null);
            if (looks) continue;
            foreach (BindView bind in proxy.Binds)
            {
                if (bind.Options.Find("accept-proxy") is not { } option) continue;
                if (!bind.Addresses.Any(static address => address.IsWildcard) || bind.Options.Has("interface")) continue;
                yield return new LintHit(option.Name.Origin, $"{proxy.Title} believes the PROXY header of anyone who reaches '{bind.Addresses[0].Text}'");
            }
        }
    }

    private static IEnumerable<LintHit> FindForgedAddress(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Frontends.Where(static proxy => proxy is { IsHttp: true, IsPublic: true }))
        {
            if (proxy.Option("forwardfor") is { } option && option.IndexOf("if-none") is > 0 and var at && option.IndexOf("except") < 0
                && !Deletes(proxy, "x-forwarded-for"))
            {
                yield return new LintHit(option.At(at), $"{proxy.Title} keeps the X-Forwarded-For that a client sends");
            }
            foreach (Statement rule in proxy.Lines("http-request", "set-src"))
            {
                if (rule.Condition is not null || !rule.Joined(2).Contains("hdr", StringComparison.Ordinal)) continue;
                yield return new LintHit(rule.At(1), $"{proxy.Title} takes the client's address from a header, whoever sent it");
            }
        }
    }

    private static IEnumerable<LintHit> FindUnclearedHeaders(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Frontends.Where(static proxy => proxy is { IsHttp: true, IsPublic: true }))
        {
            HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
            foreach (Statement rule in proxy.Lines("http-request"))
            {
                if (rule.Text(1) is not ("set-header" or "add-header") || rule.Condition is null) continue;
                string name = rule.Text(2).ToLowerInvariant();
                if (!s_trustedHeaders.Contains(name) || Deletes(proxy, name) || !seen.Add(name)) continue;
                if (IsAlwaysSet(proxy, name) || AreComplementary(proxy, name)) continue;
                yield return new LintHit(rule.At(2), $"{proxy.Title} sets '{rule.Text(2)}' under a condition and otherwise passes the client's own");
            }
        }
    }

    private static bool Deletes(ProxyView proxy, string header) =>
        proxy.Lines("http-request", "del-header").Any(rule => rule.Text(2).Equals(header, StringComparison.OrdinalIgnoreCase))
        || proxy.Lines("reqidel").Concat(proxy.Lines("reqdel")).Any(rule => rule.Joined(1).Contains(header, StringComparison.OrdinalIgnoreCase));

    private static bool IsAlwaysSet(ProxyView proxy, string header) =>
        proxy.Lines("http-request", "set-header")
            .Any(rule => rule.Condition is null && rule.Text(2).Equals(header, StringComparison.OrdinalIgnoreCase));

    /// <summary>One value under a condition and another under its opposite.</summary>
    private static bool AreComplementary(ProxyView proxy, string header)
    {
        string[] conditions =
        [
            .. proxy.Lines("http-request", "set-header")
                .Where(rule => rule.Condition is not null && rule.Text(2).Equals(header, StringComparison.OrdinalIgnoreCase))
                .Select(static rule => Normal(rule.Condition!)),
        ];
        return conditions.Any(one => conditions.Contains(one.StartsWith('!') ? one[1..] : "!" + one));
    }

    /// <summary>"if !x" and "unless x" are the same.</summary>
    private static string Normal(Condition condition)
    {
        bool isNegated = condition.Keyword.Text == "unless";
        string test = condition.Text[(condition.Text.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim();
        if (test.StartsWith('!')) (isNegated, test) = (!isNegated, test[1..].Trim());
        return (isNegated ? "!" : "") + test;
    }

    private static IEnumerable<LintHit> FindInvalidAccepted(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Defaults.Concat(configuration.Proxies))
        {
            foreach (Statement line in proxy.Own)
            {
                bool isUnsafe = line.Text(1).StartsWith("accept-invalid-http-", StringComparison.Ordinal)
                    || line.Text(1).StartsWith("accept-unsafe-violations-", StringComparison.Ordinal);
                if (line.IsNegated || !line.Is("option") || !isUnsafe) continue;
                yield return new LintHit(line.At(1), $"'option {line.Text(1)}' in {proxy.Title}");
            }
        }
    }

    private static IEnumerable<LintHit> FindUnsafeRetries(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Backends.Where(static proxy => proxy.IsHttp && !proxy.Servers.IsEmpty))
        {
            if (proxy.Setting("retry-on") is not { } line) continue;
            int at = 1;
            while (at < line.Count && !s_unsafeRetries.Contains(line.Text(at)) && !line.Text(at).StartsWith('5')) at++;
            if (at == line.Count) continue;
            bool isExempt = configuration.SourcesOf(proxy).Append(proxy).Any(static other => other.Lines("http-request", "disable-l7-retry").Any());
            if (isExempt) continue;
            string retries = proxy.Setting("retries")?.Text(1) ?? "3";
            yield return new LintHit(line.At(at), $"'retry-on {line.Text(at)}' in {proxy.Title} repeats requests with effects too",
                $"a request that was executed and whose answer was lost is executed again, up to {retries} times");
        }
    }

    private static IEnumerable<LintHit> FindRedirectLoop(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Frontends)
        {
            if (!proxy.Binds.Any(static bind => bind.IsTls)) continue;
            foreach (Statement rule in proxy.Lines("redirect").Concat(proxy.Lines("http-request", "redirect")))
            {
                int at = rule.IndexOf("scheme");
                if (rule.Condition is not null || at < 0 || rule.Text(at + 1) != "https") continue;
                yield return new LintHit(rule.At(at), $"{proxy.Title} listens with TLS and redirects every request to https");
            }
        }
    }
}
