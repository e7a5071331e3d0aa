using System.Collections.Frozen;
using System.Collections.Generic;

namespace Hawser.Config.Keywords;

/// <summary>Proxy keywords that are known and not implemented.</summary>
internal static class KnownProxyKeywords
{
    private static readonly FrozenSet<string> ErrorsElsewhere = new[]
    {
        "use-fcgi-app", "tcp-response content", "tcp-response inspect-delay",
        "tcp-request connection", "tcp-request session",
    }.ToFrozenSet();

    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        NotYet("crt", "<file>", SectionSet.Front),
        NotYet("email-alert from", "...", ProxyRows.Anywhere),
        NotYet("email-alert level", "{ emerg | alert | crit | err | warning | notice | info | debug } ...", ProxyRows.Anywhere),
        NotYet("email-alert mailers", "...", ProxyRows.Anywhere),
        NotYet("email-alert myhostname", "...", ProxyRows.Anywhere),
        NotYet("email-alert to", "...", ProxyRows.Anywhere),
        NotYet("external-check command", "<command>", ProxyRows.DefaultsAndBack),
        NotYet("external-check path", "<path>", ProxyRows.DefaultsAndBack),
        NotYet("filter-sequence", "{ request | response } <names>", SectionSet.Proxies),
        NotYet("http-check comment", "<text> ...", ProxyRows.DefaultsAndBack),
        NotYet("http-check connect",
            "[ default | port <port> | addr <address> | send-proxy | via-socks4 | ssl | sni <sni> | alpn <alpn> | linger | proto <name> | comment <text> ]*", ProxyRows.DefaultsAndBack),
        NotYet("http-check disable-on-404", "", ProxyRows.DefaultsAndBack),
        NotYet("http-check expect",
            "[ min-recv <-1..2147483647> | comment <text> | ok-status <status> | error-status <status> | tout-status <status> | on-success <format> | on-error <format> | status-code <expression> ]* [ ! ] { status | rstatus | string | rstring | string-lf | hdr | fhdr | !status | !rstatus | !string | !rstring | !string-lf | !hdr | !fhdr } <pattern>...", ProxyRows.DefaultsAndBack),
        NotYet("http-check send",
            "[ meth <method> | uri <uri> | uri-lf <format> | ver <version> | hdr <name> <format> | body <text> | body-lf <format> | comment <text> ]*", ProxyRows.DefaultsAndBack),
        NotYet("http-check send-state", "", ProxyRows.DefaultsAndBack),
        NotYet("http-check set-var", "(<name>) <expression>...", ProxyRows.DefaultsAndBack),
        NotYet("http-check unset-var", "(<name>)", ProxyRows.DefaultsAndBack),
        NotYet("option external-check", "", ProxyRows.DefaultsAndBack),
        NotYet("option httpchk",
            "[ <uri> | <method> <uri> [ <version> [ <host> ] ] ] ...", ProxyRows.DefaultsAndBack),
        NotYet("option ldap-check", "", ProxyRows.DefaultsAndBack),
        NotYet("option mysql-check",
            "[ user <user> [ post-41 | pre-41 | post-80 ] ]", ProxyRows.DefaultsAndBack),
        NotYet("option pgsql-check", "user <user>", ProxyRows.DefaultsAndBack),
        NotYet("option redis-check", "", ProxyRows.DefaultsAndBack),
        NotYet("option smtpchk", "[ <hello> <domain> ] ...", ProxyRows.DefaultsAndBack),
        NotYet("option spop-check", "", ProxyRows.DefaultsAndBack),
        NotYet("option ssl-hello-chk", "", ProxyRows.DefaultsAndBack),
        NotYet("option use-small-buffers", "", ProxyRows.DefaultsAndBack),
        NotYet("persist rdp-cookie", "...", ProxyRows.Anywhere),
        NotYet("quic-initial", "<accept,dgram-drop,do-log,reject,send-retry> <argument>*", ProxyRows.DefaultsAndFront),
        NotYet("stick match", "<pattern>...", SectionSet.Back),
        NotYet("stick on", "<pattern>...", SectionSet.Back),
        NotYet("stick store-request", "<pattern>...", SectionSet.Back),
        NotYet("stick store-response", "<pattern>...", SectionSet.Back),
        NotYet("stick-table", "{ type { ip | ipv6 | integer | string [ len <1..> ] | binary [ len <1..> ] } | size <size 1..> | expire <time> | nopurge | recv-only | peers <section> | srvkey { name | addr } | write-to <table> | store <data-types> | brates-factor <1..1024> }...", SectionSet.Proxies),
        NotYet("tcp-check comment", "<text> ...", ProxyRows.DefaultsAndBack),
        NotYet("tcp-check connect",
            "[ default | port <port> | addr <address> | send-proxy | via-socks4 | ssl | sni <sni> | alpn <alpn> | linger | proto <name> | comment <text> ]*", ProxyRows.DefaultsAndBack),
        NotYet("tcp-check expect",
            "[ min-recv <-1..2147483647> | comment <text> | ok-status <status> | error-status <status> | tout-status <status> | on-success <format> | on-error <format> | status-code <expression> ]* [ ! ] { string | rstring | string-lf | binary | rbinary | binary-lf | custom | !string | !rstring | !string-lf | !binary | !rbinary | !binary-lf } <pattern>...", ProxyRows.DefaultsAndBack),
        NotYet("tcp-check send", "<data> [ comment <text> ]", ProxyRows.DefaultsAndBack),
        NotYet("tcp-check send-lf", "<format> [ comment <text> ]", ProxyRows.DefaultsAndBack),
        NotYet("tcp-check send-binary", "<hexadecimal> [ comment <text> ]", ProxyRows.DefaultsAndBack),
        NotYet("tcp-check send-binary-lf", "<format> [ comment <text> ]", ProxyRows.DefaultsAndBack),
        NotYet("tcp-check set-var", "(<name>) <expression>...", ProxyRows.DefaultsAndBack),
        NotYet("tcp-check unset-var", "(<name>)", ProxyRows.DefaultsAndBack),
        NotYet("use-fcgi-app", "<name>", SectionSet.Back),
        NotYet("http-check set-var-fmt", "(<name>) <format>...", ProxyRows.DefaultsAndBack),
        NotYet("ssl-f-use", "[ crt <file> | allow-0rtt | no-alpn | no-ca-names | alpn <protocols> | npn <protocols> | ca-file <file> | ca-verify-file <file> | ciphers <list> | ciphersuites <list> | client-sigalgs <list> | sigalgs <list> | crl-file <file> | curves <list> | ecdhe <curve> | ktls { on | off } | ssl-min-ver <version> | ssl-max-ver <version> | verify { none | optional | required } | key <file> | ocsp <file> | issuer <file> | sctl <file> | ocsp-update { on | off } | alias <name> | acme <name> | domains <list> ]*", SectionSet.Proxies),
        NotYet("tcp-check set-var-fmt", "(<name>) <format>...", ProxyRows.DefaultsAndBack),
    ];

    private static KeywordRow<ProxyContext> NotYet(string name, string usage, SectionSet sections) =>
        new(name, usage, sections, KeywordStatus.NotImplemented, "") 
        {
            IsNegatable = name.StartsWith("option "),
            IsErrorElsewhere = ErrorsElsewhere.Contains(name),
        };
}
