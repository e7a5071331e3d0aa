using System.Collections.Generic;
using System.Linq;

namespace Hawser.Config.Keywords;

/// <summary>What keywords of a section that is not implemented yet write to: nothing.</summary>
public sealed class LaterSectionContext
{
    public static LaterSectionContext Instance { get; } = new();
}

/// <summary>
/// A section type that is known and not implemented. That is said once, at its first line; the first line and all
/// keywords in it are checked as HAProxy checks them.
/// </summary>
/// <param name="Usage">What follows the section's keyword.</param>
public sealed class LaterSection(string name, string usage, IEnumerable<KeywordRow<LaterSectionContext>> rows)
{
    public string Name { get; } = name;

    /// <summary>Of the words after the section's keyword.</summary>
    internal KeywordRow<LaterSectionContext> Header { get; } = Row(name, usage);

    /// <summary>A second section of the same name is an error.</summary>
    public bool IsUniqueByName { get; init; }

    public KeywordTable<LaterSectionContext> Table { get; } = new(rows.ToArray());

    /// <summary>A keyword of such a section.</summary>
    internal static KeywordRow<LaterSectionContext> Row(string name, string usage) =>
        new(name, usage, SectionSet.Later, KeywordStatus.PartOfSection, "") { IsNegatable = name.StartsWith("option ") };
}
