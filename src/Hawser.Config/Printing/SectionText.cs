using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace Hawser.Config.Printing;

/// <summary>One section in effect.</summary>
/// <param name="Keyword">Its first word.</param>
/// <param name="ProxyName">Null for sections that are no proxies.</param>
/// <param name="Header">The whole first line.</param>
/// <param name="Lines">Canonical, in order.</param>
public sealed record SectionText(string Keyword, string? ProxyName, string Header, ImmutableArray<string> Lines)
{
    public bool IsSameAs(SectionText? other) =>
        other is not null && Header == other.Header && Lines.AsSpan().SequenceEqual(other.Lines.AsSpan());

    /// <summary>The line of a server; null when a template stands for it.</summary>
    public string? ServerLine(string name)
    {
        string start = $"server {name} ";
        foreach (string line in Lines)
        {
            if (line.StartsWith(start, StringComparison.Ordinal)) return line;
        }

        return null;
    }

    /// <summary>Lines that are in one of them only, as a difference is written: "-" for gone, "+" for new.</summary>
    public static IEnumerable<string> Difference(SectionText? before, SectionText? after)
    {
        Dictionary<string, int> left = Counted(before);
        Dictionary<string, int> right = Counted(after);
        foreach (string line in before is null ? [] : before.Lines.Distinct())
        {
            for (int count = left[line] - right.GetValueOrDefault(line); count > 0; count--) yield return $"- {line}";
        }

        foreach (string line in after is null ? [] : after.Lines.Distinct())
        {
            for (int count = right[line] - left.GetValueOrDefault(line); count > 0; count--) yield return $"+ {line}";
        }
    }

    private static Dictionary<string, int> Counted(SectionText? section)
    {
        Dictionary<string, int> lines = new(StringComparer.Ordinal);
        foreach (string line in section is null ? [] : section.Lines)
            lines[line] = lines.GetValueOrDefault(line) + 1;
        return lines;
    }
}
