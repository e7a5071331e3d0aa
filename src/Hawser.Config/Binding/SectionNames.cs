using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Keywords;
using Hawser.Config.Model;

namespace Hawser.Config.Binding;

/// <summary>What the first word of a section's first line starts.</summary>
internal enum SectionKind
{
    /// <summary>Before the first section of a file.</summary>
    None,
    Global,
    Proxy,

    UserList,
    HttpErrors,

    LogProfile,

    /// <summary>Known, and not implemented yet.</summary>
    NotImplemented,

    /// <summary>Gone from HAProxy.</summary>
    Removed,

    /// <summary>Lines of a section that could not be opened: they are skipped.</summary>
    Skipped,
}

/// <summary>The section keywords; they are valid everywhere (manual, 2.1).</summary>
internal static class SectionNames
{
    public const string Global = "global";
    public const string Defaults = "defaults";

    private static readonly FrozenDictionary<string, SectionKind> Kinds = new Dictionary<string, SectionKind>
    {
        [Global] = SectionKind.Global,
        [Defaults] = SectionKind.Proxy,
        ["frontend"] = SectionKind.Proxy,
        ["backend"] = SectionKind.Proxy,
        ["listen"] = SectionKind.Proxy,
        ["userlist"] = SectionKind.UserList,
        ["http-errors"] = SectionKind.HttpErrors,
        [LogProfileBinder.Section] = SectionKind.LogProfile,
        ["program"] = SectionKind.Removed,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> All => Kinds.Keys.Concat(LaterSections.All.Keys);

    /// <summary><see cref="SectionKind.None"/> for a word that starts no section.</summary>
    public static SectionKind Find(string word) =>
        Kinds.TryGetValue(word, out SectionKind kind) ? kind
        : LaterSections.All.ContainsKey(word) ? SectionKind.NotImplemented
        : SectionKind.None;

    public static ProxyKind ProxyKindOf(string word) => word switch
    {
        Defaults => ProxyKind.Defaults,
        "frontend" => ProxyKind.Frontend,
        "backend" => ProxyKind.Backend,
        _ => ProxyKind.Listen,
    };
}
