using System;
using System.Collections.Generic;

namespace Hawser.Config.Keywords;

/// <summary>
/// What could not be read. A mistake in a line takes away what the line would have set; that this is missing
/// afterwards is no second mistake.
/// </summary>
public sealed class Refusals
{
    /// <summary>For a line whose keyword is not known: it may have been any.</summary>
    private const string AnyKeyword = "";

    private const string AnyName = "";
    private const string Defaults = "defaults";

    private readonly HashSet<(bool IsDefaults, string Name)> _sections = [];
    private readonly HashSet<string> _keywords = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);

    /// <summary>The first line of some defaults section could not be read: what it holds is not known.</summary>
    public bool HasDefaults { get; private set; }

    /// <summary>A new set that begins with these, for a section that inherits.</summary>
    public Refusals Inherit()
    {
        Refusals copy = new();
        copy._keywords.UnionWith(_keywords);
        return copy;
    }

    /// <summary>The first line of a section could not be read, and the section is skipped.</summary>
    /// <param name="keyword">The word that opens it.</param>
    /// <param name="name">Null when the name itself is in doubt.</param>
    public void AddSection(string keyword, string? name)
    {
        bool isDefaults = keyword == Defaults;
        HasDefaults |= isDefaults;
        if (keyword == "global") AddUnknown();
        else if (keyword != "frontend") _sections.Add((isDefaults, name ?? AnyName));
    }

    /// <summary>True when a defaults section that was skipped may have had this name.</summary>
    public bool MayHaveDefaults(string name) => _sections.Contains((true, name)) || _sections.Contains((true, AnyName));

    /// <summary>True when a backend or listen section that was skipped may have had this name.</summary>
    public bool MayHaveBackend(string name) => _sections.Contains((false, name)) || _sections.Contains((false, AnyName));

    /// <summary>A line that begins with this keyword was refused.</summary>
    public void AddKeyword(string keyword) => _keywords.Add(keyword);

    /// <summary>A line was refused whose keyword cannot be told.</summary>
    public void AddUnknown() => _keywords.Add(AnyKeyword);

    /// <summary>True when a refused line may have been this keyword.</summary>
    public bool MayHave(string keyword) => _keywords.Contains(keyword) || _keywords.Contains(AnyKeyword);

    /// <summary>True the first time that this name is missed: each missing thing is reported once.</summary>
    public bool TryMiss(string name) => _missing.Add(name);
}
