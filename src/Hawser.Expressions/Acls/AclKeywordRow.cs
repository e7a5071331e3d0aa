using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;
using Hawser.Expressions.Patterns;

namespace Hawser.Expressions.Acls;

/// <summary>
/// An ACL criterion that stands for a fetch method and a matching method ("ACL derivatives" of manual section 7.3).
/// </summary>
/// <param name="IsDotted">Its numbers may have a minor part, as versions do.</param>
/// <param name="NamesMethod">The name says how it matches: "-m" with something else is probably a mistake.</param>
public sealed record AclKeywordRow(string Name, string Fetch, MatchMethod Method, bool IsDotted = false, bool NamesMethod = false)
{
    private static readonly FrozenDictionary<string, AclKeywordRow> s_all = Rows().ToFrozenDictionary(row => row.Name);

    public static IEnumerable<AclKeywordRow> All => s_all.Values;

    public static AclKeywordRow? Find(string name) => s_all.GetValueOrDefault(name);

    private static IEnumerable<AclKeywordRow> Rows()
    {
        (string Name, string Fetch)[] families =
        [
            ("base", "base"), ("cook", "req.cook"), ("hdr", "req.hdr"), ("path", "path"), ("scook", "res.cook"),
            ("shdr", "res.hdr"), ("url", "url"), ("urlp", "urlp"),
        ];
        MatchMethod[] suffixes =
        [
            MatchMethod.Prefix, MatchMethod.Directory, MatchMethod.Domain, MatchMethod.Suffix, MatchMethod.Length,
            MatchMethod.Regex, MatchMethod.Substring,
        ];
        foreach ((string name, string fetch) in families)
        {
            yield return new AclKeywordRow(name, fetch, MatchMethod.String);
            foreach (MatchMethod method in suffixes)
                yield return new AclKeywordRow($"{name}_{MatchMethods.NameOf(method)}", fetch, method, NamesMethod: true);
        }

        yield return new AclKeywordRow("http_auth_group", "http_auth_group", MatchMethod.String, NamesMethod: true);
        yield return new AclKeywordRow("method", "method", MatchMethod.String, NamesMethod: true);
        yield return new AclKeywordRow("payload", "req.payload", MatchMethod.Binary);
        yield return new AclKeywordRow("payload_lv", "req.payload_lv", MatchMethod.Binary);
        yield return new AclKeywordRow("req.ssl_ver", "req.ssl_ver", MatchMethod.Integer, IsDotted: true);
        yield return new AclKeywordRow("req_rdp_cookie", "req.rdp_cookie", MatchMethod.String);
        yield return new AclKeywordRow("req_rdp_cookie_cnt", "req.rdp_cookie_cnt", MatchMethod.Integer);
        yield return new AclKeywordRow("req_ssl_sni", "req.ssl_sni", MatchMethod.String);
        yield return new AclKeywordRow("req_ssl_ver", "req.ssl_ver", MatchMethod.Integer, IsDotted: true);
        yield return new AclKeywordRow("req_ver", "req.ver", MatchMethod.String);
        yield return new AclKeywordRow("resp_ver", "res.ver", MatchMethod.String);
        yield return new AclKeywordRow("ssl_fc_sni_end", "ssl_fc_sni", MatchMethod.Suffix, NamesMethod: true);
        yield return new AclKeywordRow("ssl_fc_sni_reg", "ssl_fc_sni", MatchMethod.Regex, NamesMethod: true);
    }
}
