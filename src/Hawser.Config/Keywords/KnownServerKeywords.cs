using System.Collections.Generic;

namespace Hawser.Config.Keywords;

/// <summary>Options of server lines that are known and not implemented, or without effect.</summary>
internal static class KnownServerKeywords
{
    public static IEnumerable<KeywordRow<ServerContext>> Rows =>
    [
        NotYet("agent-check", ""),
        NotYet("agent-send", "<string>"),
        NotYet("agent-inter", "<time 1..>"),
        NotYet("agent-addr", "<address>"),
        NotYet("agent-port", "<integer>"),
        NotYet("allow-0rtt", ""),
        NotYet("alpn", "<protocols>"),
        NotYet("ca-file", "<cafile>"),
        NotYet("check-reuse-pool", ""),
        NotYet("check-alpn", "<protocols>"),
        NotYet("check-pool-conn-name", "<name>"),
        NotYet("check-proto", "{ h1 | h2 | fcgi | spop | none | quic }"),
        NotYet("check-sni-auto", ""),
        NotYet("check-sni", "<sni>"),
        NotYet("check-ssl", ""),
        NotYet("check-via-socks4", ""),
        NotYet("ciphers", "<ciphers>"),
        NotYet("ciphersuites", "<ciphersuites>"),
        NotYet("client-sigalgs", "<sigalgs>"),
        NotYet("crl-file", "<crlfile>"),
        NotYet("crt", "<cert>"),
        NotYet("curves", "<curves>"),
        NotYet("force-sslv3", ""),
        NotYet("force-tlsv10", ""),
        NotYet("force-tlsv11", ""),
        NotYet("force-tlsv12", ""),
        NotYet("force-tlsv13", ""),
        NotYet("healthcheck", "<name>"),
        NotYet("idle-ping", "<time>"),
        NotYet("ktls", "{ on | off }"),
        Hint("log-bufsize", "<1..>"),
        NotYet("log-proto", "{ legacy | octet-count }"),
        NotYet("namespace", "<name>"),
        Hint("no-agent-check", ""),
        Hint("no-check-reuse-pool", ""),
        Hint("no-check-sni-auto", ""),
        Hint("no-check-ssl", ""),
        Hint("no-renegotiate", ""),
        Hint("no-send-proxy-v2-ssl", ""),
        Hint("no-send-proxy-v2-ssl-cn", ""),
        Hint("no-sni-auto", ""),
        Hint("no-ssl", ""),
        Hint("no-ssl-reuse", ""),
        Hint("no-sslv3", ""),
        Hint("no-tls-tickets", ""),
        Hint("no-tlsv10", ""),
        Hint("no-tlsv11", ""),
        Hint("no-tlsv12", ""),
        Hint("no-tlsv13", ""),
        Hint("no-verifyhost", ""),
        NotYet("npn", "<protocols>"),
        NotYet("quic-cc-algo", "<algorithm>"),
        NotYet("renegotiate", ""),
        NotYet("resolve-opts", "<allow-dup-ip,ignore-weight,prevent-dup-ip>"),
        NotYet("resolve-net", "<networks>"),
        NotYet("resolvers", "<id>"),
        NotYet("send-proxy-v2-ssl", ""),
        NotYet("send-proxy-v2-ssl-cn", ""),
        NotYet("shard", "<integer>"),
        NotYet("sigalgs", "<sigalgs>"),
        NotYet("sni", "<expression>"),
        NotYet("sni-auto", ""),
        NotYet("ssl", ""),
        NotYet("ssl-max-ver", "{ SSLv3 | TLSv1.0 | TLSv1.1 | TLSv1.2 | TLSv1.3 }"),
        NotYet("ssl-min-ver", "{ SSLv3 | TLSv1.0 | TLSv1.1 | TLSv1.2 | TLSv1.3 }"),
        NotYet("ssl-reuse", ""),
        NotYet("socks4", "<address:port>"),
        NotYet("tcp-md5sig", "<password>"),
        NotYet("tls-tickets", ""),
        NotYet("verify", "{ none | required }"),
        NotYet("verifyhost", "<hostname>"),
        new("usesrc", "", SectionSet.None, KeywordStatus.Removed, "") { Modern = "source ... usesrc" },
    ];

    private static KeywordRow<ServerContext> Hint(string name, string usage) =>
        new(name, usage, SectionSet.None, KeywordStatus.TuningHint, "accepted, without effect here");

    private static KeywordRow<ServerContext> NotYet(string name, string usage) =>
        new(name, usage, SectionSet.None, KeywordStatus.NotImplemented, "");
}
