using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;

namespace Hawser.Config.Keywords;

/// <summary>The section types that are known and not implemented yet, with their keywords.</summary>
public static class LaterSections
{
    private const string LogUsage =
        "{ global | <target> [ len <1..> | format <format> | sample <sample> | profile <name> ]* <facility> "
        + "[ <level> [ <level> ] ] }";

    private const string OnOff = "{ on | off }";

    public static readonly FrozenDictionary<string, LaterSection> All = new LaterSection[]
    {
        new("peers", "<name>", Peers) { IsUniqueByName = true },
        new("resolvers", "<name> ...", Resolvers) { IsUniqueByName = true },
        new("mailers", "<name>", Mailers) { IsUniqueByName = true },
        new("ring", "<name>", Ring) { IsUniqueByName = true },
        new("log-forward", "<name>", LogForward) { IsUniqueByName = true },
        new("cache", "<name>", Cache) { IsUniqueByName = true },
        new("crt-store", "[ <name> ]", CertificateStore),
        new("traces", "", Traces),
        new("fcgi-app", "<name>", FastCgi) { IsUniqueByName = true },
        new("acme", "<name>", Acme) { IsUniqueByName = true },
        new("healthcheck", "<name>", HealthCheck) { IsUniqueByName = true },
        new("namespace_list", "", NamespaceList),
    }.ToFrozenDictionary(static section => section.Name);

    /// <summary>The sections of a file that <c>filter spoe</c> names, which is not read yet.</summary>
    public static readonly FrozenDictionary<string, LaterSection> OfSpoe = new LaterSection[]
    {
        new("spoe-agent", "<name>", SpoeAgent) { IsUniqueByName = true },
        new("spoe-message", "<name>", SpoeMessage) { IsUniqueByName = true },
        new("spoe-group", "<name>", SpoeGroup) { IsUniqueByName = true },
    }.ToFrozenDictionary(static section => section.Name);

    private static IEnumerable<KeywordRow<LaterSectionContext>> Peers =>
    [
        LaterSection.Row("bind", "[ <address:port> <option>* ]"),
        LaterSection.Row("disabled", "..."),
        LaterSection.Row("default-bind", "<option>*"),
        LaterSection.Row("default-server", "<option>*"),
        LaterSection.Row("enabled", "..."),
        LaterSection.Row("log", LogUsage),
        LaterSection.Row("peer", "[ <name> [ <address:port> <option>* ] ]"),
        LaterSection.Row("server", "<name> [ <address:port> <option>* ]"),
        LaterSection.Row("shards", "<1..>"),
        LaterSection.Row("table",
            "<name> type { ip | ipv6 | integer | string [ len <1..> ] | binary [ len <1..> ] } { size <size 1..> "
            + "| expire <time> | nopurge | recv-only | srvkey { name | addr } | write-to <table> | store <data-types> }..."),
    ];

    private static IEnumerable<KeywordRow<LaterSectionContext>> Resolvers =>
    [
        LaterSection.Row("accepted_payload_size", "<..65535>"),
        LaterSection.Row("nameserver", "<name> <address:port> <option>*"),
        LaterSection.Row("parse-resolv-conf", "..."),
        LaterSection.Row("hold", "{ nx | other | refused | timeout | valid | obsolete } <time> ..."),
        LaterSection.Row("resolve_retries", "<integer> ..."),
        LaterSection.Row("resolution_pool_size", "") with { Status = KeywordStatus.Removed },
        LaterSection.Row("timeout resolve", "<time> ..."),
        LaterSection.Row("timeout retry", "<time> ..."),
    ];

    private static IEnumerable<KeywordRow<LaterSectionContext>> Mailers =>
    [
        LaterSection.Row("mailer", "<name> <address:port> ..."),
        LaterSection.Row("timeout mail", "<time> ..."),
    ];

    private static IEnumerable<KeywordRow<LaterSectionContext>> Ring =>
    [
        LaterSection.Row("backing-file", "<path>"),
        LaterSection.Row("description", "<text>..."),
        LaterSection.Row("format", "{ local | rfc3164 | rfc5424 | priority | short | timed | iso | raw } ..."),
        LaterSection.Row("maxlen", "<1..> ..."),
        LaterSection.Row("server", "<name> <address> <option>*"),
        LaterSection.Row("size", "<size 1..> ..."),
        LaterSection.Row("timeout connect", "<time> ..."),
        LaterSection.Row("timeout server", "<time> ..."),
    ];

    private static IEnumerable<KeywordRow<LaterSectionContext>> LogForward =>
    [
        LaterSection.Row("backlog", "<1..> ..."),
        LaterSection.Row("bind", "[ <address:port> <option>* ]"),
        LaterSection.Row("dgram-bind", "[ <address:port> <option>* ]"),
        LaterSection.Row("log", LogUsage),
        LaterSection.Row("maxconn", "<number> ..."),
        LaterSection.Row("timeout client", "<time> ..."),
        LaterSection.Row("option assume-rfc6587-ntf", ""),
        LaterSection.Row("option dont-parse-log", ""),
        LaterSection.Row("option host", "{ replace | fill | keep | append } ..."),
    ];

    private static IEnumerable<KeywordRow<LaterSectionContext>> Cache =>
    [
        LaterSection.Row("early-hints", "{ on | off | only } [ ratio <1..100> ]"),
        LaterSection.Row("max-age", "<number>"),
        LaterSection.Row("max-object-size", "<size 1..>"),
        LaterSection.Row("max-secondary-entries", "<1..>"),
        LaterSection.Row("process-vary", OnOff),
        LaterSection.Row("total-max-size", "<1..4095>"),
    ];

    private static IEnumerable<KeywordRow<LaterSectionContext>> CertificateStore =>
    [
        LaterSection.Row("crt-base", "<directory>"),
        LaterSection.Row("key-base", "<directory>"),
        LaterSection.Row("load",
            "[ crt <file> | acme <name> | alias <name> | domains <list> | ips <list> | key <file> | ocsp <file> "
            + "| issuer <file> | sctl <file> | ocsp-update { on | off } | jwt { on | off } | generate-dummy { on | off } "
            + "| keytype { RSA | ECDSA } | bits <1..> | curves <curve> ]..."),
    ];

    private static IEnumerable<KeywordRow<LaterSectionContext>> Traces =>
    [
        LaterSection.Row("trace", "{ h1 | h2 | h3 | quic | qmux | fcgi | spop | acme | stream | session | check | applet | peers | dns | ssl | all | cli } "
            + "[ sink <sink> | level <level> | lock <criterion> | verbosity <verbosity> | start <event> | stop <event> "
            + "| pause <event> | event <event> | follow <source> ]*"),
    ];

    private static IEnumerable<KeywordRow<LaterSectionContext>> FastCgi =>
    [
        LaterSection.Row("acl", "<name> <criterion> <argument>*"),
        LaterSection.Row("docroot", "<path> ..."),
        LaterSection.Row("index", "<file> ..."),
        LaterSection.Row("log-stderr", LogUsage),
        LaterSection.Row("pass-header", "<name> [ { if | unless } <condition>... ]"),
        LaterSection.Row("path-info", "<regex> ..."),
        LaterSection.Row("option get-values", ""),
        LaterSection.Row("option keep-conn", ""),
        LaterSection.Row("option max-reqs", "<1..>"),
        LaterSection.Row("option mpxs-conns", ""),
        LaterSection.Row("set-param", "<name> <format> [ { if | unless } <condition>... ]"),
        LaterSection.Row("hide-header", "<name> [ { if | unless } <condition>... ]"),
        LaterSection.Row("unset-param", "<name> [ { if | unless } <condition>... ]"),
    ];

    private static IEnumerable<KeywordRow<LaterSectionContext>> Acme =>
    [
        LaterSection.Row("account-key", "<file>"),
        LaterSection.Row("acme-vars", "<text>"),
        LaterSection.Row("bits", "<1024..>"),
        LaterSection.Row("challenge", "<name>"),
        LaterSection.Row("challenge-ready", "<values>"),
        LaterSection.Row("contact", "<address>"),
        LaterSection.Row("curves", "<curve>"),
        LaterSection.Row("directory", "<url>"),
        LaterSection.Row("dns-delay", "<time>"),
        LaterSection.Row("dns-timeout", "<time>"),
        LaterSection.Row("keytype", "{ RSA | ECDSA }"),
        LaterSection.Row("map", "<map>"),
        LaterSection.Row("profile", "<name>"),
        LaterSection.Row("provider-name", "<name>"),
        LaterSection.Row("reuse-key", OnOff),
        LaterSection.Row("eab-key-id", "<file>"),
        LaterSection.Row("eab-mac-key", "<file>"),
        LaterSection.Row("eab-mac-alg", "{ HS256 | HS384 | HS512 }"),
    ];

    /// <summary>The rules of checks are those of a backend.</summary>
    private static IEnumerable<KeywordRow<LaterSectionContext>> HealthCheck =>
    [
        LaterSection.Row("type", "<type> <argument>*"),
        .. from row in KnownProxyKeywords.Rows
           where row.Name.StartsWith("http-check ") || row.Name.StartsWith("tcp-check ")
           select LaterSection.Row(row.Name, row.Usage),
    ];

    private static IEnumerable<KeywordRow<LaterSectionContext>> NamespaceList =>
    [
        LaterSection.Row("namespace", "<name>"),
    ];

    private static IEnumerable<KeywordRow<LaterSectionContext>> SpoeAgent =>
    [
        LaterSection.Row("groups", "<name>..."),
        LaterSection.Row("log", LogUsage),
        LaterSection.Row("maxconnrate", "<number>"),
        LaterSection.Row("maxerrrate", "<number>"),
        LaterSection.Row("max-frame-size", "<number>"),
        LaterSection.Row("max-waiting-frames", "<number>"),
        LaterSection.Row("messages", "<name>..."),
        LaterSection.Row("option async", ""),
        LaterSection.Row("option continue-on-error", ""),
        LaterSection.Row("option dontlog-normal", ""),
        LaterSection.Row("option force-set-var", ""),
        LaterSection.Row("option pipelining", ""),
        LaterSection.Row("option send-frag-payload", ""),
        LaterSection.Row("option set-on-error", "<variable>"),
        LaterSection.Row("option set-process-time", "<variable>"),
        LaterSection.Row("option set-total-time", "<variable>"),
        LaterSection.Row("option var-prefix", "<prefix>"),
        LaterSection.Row("register-var-names", "<variable>..."),
        LaterSection.Row("timeout hello", "<time>"),
        LaterSection.Row("timeout idle", "<time>"),
        LaterSection.Row("timeout processing", "<time>"),
        LaterSection.Row("use-backend", "<name>"),
    ];

    private static IEnumerable<KeywordRow<LaterSectionContext>> SpoeMessage =>
    [
        LaterSection.Row("acl", "<name> <criterion> <argument>*"),
        LaterSection.Row("args", "<argument>..."),
        LaterSection.Row("event", "<name> [ { if | unless } <condition>... ]"),
    ];

    private static IEnumerable<KeywordRow<LaterSectionContext>> SpoeGroup =>
    [
        LaterSection.Row("messages", "<name>..."),
    ];
}
