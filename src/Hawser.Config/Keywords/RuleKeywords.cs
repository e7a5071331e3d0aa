using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>What rules a defaults section holds; not every section can take them over.</summary>
[Flags]
public enum InheritedRules
{
    None = 0,

    /// <summary>Any rule.</summary>
    Any = 1,

    /// <summary><c>tcp-request connection</c> or <c>session</c>: for frontends.</summary>
    Session = 2,

    /// <summary><c>tcp-response content</c>: for backends.</summary>
    Response = 4,
}

/// <summary>The keywords of rules, which the manual (4.1) allows in defaults sections with a name.</summary>
public static class RuleKeywords
{
    private static readonly FrozenDictionary<string, InheritedRules> Kinds = new Dictionary<string, InheritedRules>
    {
        // An ACL wants a name as well, and may be inherited by everybody.
        ["acl"] = InheritedRules.None,
        ["quic-initial"] = InheritedRules.Any,
        ["http-request"] = InheritedRules.Any,
        ["http-response"] = InheritedRules.Any,
        ["http-after-response"] = InheritedRules.Any,
        ["tcp-request inspect-delay"] = InheritedRules.None,
        ["tcp-request connection"] = InheritedRules.Any | InheritedRules.Session,
        ["tcp-request session"] = InheritedRules.Any | InheritedRules.Session,
        ["tcp-request content"] = InheritedRules.Any,
        ["tcp-response inspect-delay"] = InheritedRules.None,
        ["tcp-response content"] = InheritedRules.Any | InheritedRules.Response,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>True for a keyword that no anonymous defaults section may have.</summary>
    public static bool NeedNamedDefaults(string keyword) => Kinds.ContainsKey(keyword);

    /// <summary>What a line of a defaults section adds.</summary>
    public static InheritedRules Of(IReadOnlyList<Word> words)
    {
        if (Kinds.TryGetValue(words[0].Text, out InheritedRules kind) || words.Count < 2) return kind;
        return Kinds.GetValueOrDefault($"{words[0].Text} {words[1].Text}");
    }
}
