using System.Collections.Generic;

namespace Hawser.Config.Keywords;

/// <summary>Options of bind lines that are known and not implemented.</summary>
internal static class KnownBindKeywords
{
    public static IEnumerable<KeywordRow<BindContext>> Rows =>
    [
        NotYet("accept-netscaler-cip", "<integer>"),
        NotYet("allow-0rtt", ""),
        NotYet("alpn", "<protocols>"),
        NotYet("ca-file", "<cafile>"),
        NotYet("ca-ignore-err", "<errors>"),
        NotYet("ca-sign-file", "<cafile>"),
        NotYet("ca-sign-pass", "<passphrase>"),
        NotYet("ca-verify-file", "<cafile>"),
        NotYet("ciphers", "<ciphers>"),
        NotYet("ciphersuites", "<ciphersuites>"),
        NotYet("client-sigalgs", "<sigalgs>"),
        NotYet("crl-file", "<crlfile>"),
        NotYet("crt", "<cert>"),
        NotYet("crt-ignore-err", "<errors>"),
        NotYet("crt-list", "<file>"),
        NotYet("default-crt", "<cert>"),
        NotYet("curves", "<curves>"),
        NotYet("ecdhe", "<named curve>"),
        NotYet("ech", "<dir>"),
        NotYet("force-sslv3", ""),
        NotYet("force-tlsv10", ""),
        NotYet("force-tlsv11", ""),
        NotYet("force-tlsv12", ""),
        NotYet("force-tlsv13", ""),
        NotYet("generate-certificates", ""),
        NotYet("idle-ping", "<time>"),
        NotYet("ktls", "{ on | off }"),
        NotYet("namespace", "<name>"),
        NotYet("nbconn", "<1..>"),
        NotYet("no-alpn", ""),
        NotYet("no-ca-names", ""),
        NotYet("no-sslv3", ""),
        NotYet("no-strict-sni", ""),
        NotYet("no-tls-tickets", ""),
        NotYet("no-tlsv10", ""),
        NotYet("no-tlsv11", ""),
        NotYet("no-tlsv12", ""),
        NotYet("no-tlsv13", ""),
        NotYet("npn", "<protocols>"),
        NotYet("prefer-client-ciphers", ""),
        NotYet("quic-cc-algo", "<algorithm>"),
        NotYet("quic-force-retry", ""),
        NotYet("quic-socket", "{ connection | listener }"),
        NotYet("sigalgs", "<sigalgs>"),
        NotYet("ssl", ""),
        NotYet("ssl-max-ver", "{ SSLv3 | TLSv1.0 | TLSv1.1 | TLSv1.2 | TLSv1.3 }"),
        NotYet("ssl-min-ver", "{ SSLv3 | TLSv1.0 | TLSv1.1 | TLSv1.2 | TLSv1.3 }"),
        NotYet("strict-sni", ""),
        NotYet("tcp-md5sig", "<password>"),
        NotYet("tls-tickets", ""),
        NotYet("tls-ticket-keys", "<keyfile>"),
        NotYet("verify", "{ none | optional | required }"),
    ];

    private static KeywordRow<BindContext> NotYet(string name, string usage) =>
        new(name, usage, SectionSet.None, KeywordStatus.NotImplemented, "");
}
