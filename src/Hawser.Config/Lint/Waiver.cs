using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Lint;

/// <summary>Lines that a waiver covers.</summary>
internal readonly record struct WaiverReach(string File, int First, int Last);

/// <summary>A comment that allows a hazard: <c># hawser-lint: allow HL101 reason</c>.</summary>
/// <param name="Rules">Ids as written.</param>
/// <param name="At">The comment's instruction.</param>
internal sealed record Waiver(ImmutableArray<string> Rules, WaiverReach Reach, Origin At)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>True when it covers the finding; remembers that it was of use.</summary>
    public bool Covers(Diagnostic finding)
    {
        Origin at = finding.Origin;
        if (at.File != Reach.File || at.Line < Reach.First || at.Line > Reach.Last) return false;
        if (!Rules.Contains(finding.Code)) return false;
        _used.Add(finding.Code);
        return true;
    }

    public IEnumerable<string> Unused
    {
        get
        {
            foreach (string rule in Rules)
            {
                if (!_used.Contains(rule)) yield return rule;
            }
        }
    }
}
