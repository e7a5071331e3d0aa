using System;
using System.Collections.Frozen;
using System.Collections.Generic;

namespace Hawser.Config.Syntax;

/// <summary>One predicate of the manual's section 2.4.</summary>
/// <param name="Evaluate">Null: an argument makes no sense.</param>
public sealed record ConditionPredicate(
    string Name, int Arguments, Func<ConditionFacts, IReadOnlyList<string>, bool?> Evaluate)
{
    private const string OpenSsl = "OpenSSL";

    private static readonly FrozenDictionary<string, ConditionPredicate> Rows = Index(
    [
        new("defined", 1, static (facts, words) => facts.Variables.Exists(words[0])),
        new("feature", 1, static (facts, words) => facts.Features.Contains(words[0])),
        new("enabled", 1, static (facts, words) =>
            facts.EnabledOptions.Contains(words[0])),
        new("streq", 2, static (_, words) => words[0] == words[1]),
        new("strneq", 2, static (_, words) => words[0] != words[1]),
        new("strstr", 2, static (_, words) => words[0].Contains(words[1], StringComparison.Ordinal)),
        new("version_atleast", 1, static (facts, words) => AtLeast(facts.Version, words[0])),
        new("version_before", 1, static (facts, words) => !AtLeast(facts.Version, words[0])),
        new("openssl_version_atleast", 1, static (facts, words) =>
            IsTlsVersion(words[0]) ? AtLeast(TlsVersion(facts), words[0]) : null),
        new("openssl_version_before", 1, static (facts, words) =>
            IsTlsVersion(words[0]) ? !AtLeast(TlsVersion(facts), words[0]) : null),
        new("ssllib_name_startswith", 1, static (facts, words) =>
            facts.TlsLibrary.StartsWith(words[0], StringComparison.Ordinal)),
        // Only an AWS-LC library has such a number, and only a certified library runs in FIPS mode.
        new("awslc_api_atleast", 1, static (_, _) => false),
        new("awslc_api_before", 1, static (_, _) => false),
        new("fips_mode", 0, static (_, _) => false),
    ]);

    public static ConditionPredicate? Find(string name) => Rows.GetValueOrDefault(name);

    /// <summary>A text that is no version counts as the oldest one.</summary>
    private static bool AtLeast(string version, string wanted) => VersionText.Compare(version, wanted) is not < 0;

    /// <summary>Three numbers, perhaps with a letter behind: "1.1.1a".</summary>
    private static bool IsTlsVersion(string text)
    {
        string[] parts = text.Split('.');
        return parts.Length == 3 && Array.TrueForAll(parts, static part => part.Length > 0 && char.IsAsciiDigit(part[0]));
    }

    private static string TlsVersion(ConditionFacts facts)
    {
        int space = facts.TlsLibrary.LastIndexOf(' ');
        bool isOpenSsl = facts.TlsLibrary.StartsWith(OpenSsl, StringComparison.Ordinal);
        return isOpenSsl && space > 0 ? facts.TlsLibrary[(space + 1)..] : "0";
    }

    private static FrozenDictionary<string, ConditionPredicate> Index(ConditionPredicate[] rows) =>
        rows.ToFrozenDictionary(static row => row.Name, StringComparer.Ordinal);
}
