using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Legacy;
using Hawser.Config.Printing;

namespace Hawser.Config.Migration;

/// <summary>
/// Old rules were processed stage by stage, whatever stood between them; rules of today in the order of the file. Where
/// the two differ, the rules of that side of a section move to where its last one stood, in the order they had.
/// </summary>
internal sealed class RuleStages
{
    private const string Moved = "; moved, because it was processed in another order than it stood in the file";

    private const string PassesAndAdds =
        "what 'reqallow' and 'reqpass' let through got the headers of 'reqadd' all the same, which no rule of today does: "
        + "write 'http-request add-header' above 'http-request allow' by hand";

    private readonly IReadOnlyList<SourceLine> _lines;
    private readonly MigrationStep?[] _steps;
    private readonly Dictionary<int, int[]> _placed = [];
    private readonly HashSet<int> _gone = [];

    /// <param name="steps">Of each line; changed where a rule moves or cannot be rewritten after all.</param>
    public RuleStages(IReadOnlyList<SourceLine> lines, IReadOnlyList<MigrationSection> sections, MigrationStep?[] steps)
    {
        _lines = lines;
        _steps = steps;
        IEnumerable<IGrouping<(MigrationSection, string), int>> sides = Enumerable.Range(0, lines.Count)
            .Where(index => SideOf(index) is not null)
            .GroupBy(index => (sections[index], SideOf(index)!));
        foreach (IGrouping<(MigrationSection, string), int> side in sides.ToArray()) Arrange([.. side]);
    }

    /// <summary>The lines that come in the place of this one, itself perhaps among them; null: it stays where it is.</summary>
    public IReadOnlyList<int>? At(int index) =>
        _placed.TryGetValue(index, out int[]? lines) ? lines : _gone.Contains(index) ? [] : null;

    private void Arrange(int[] side)
    {
        LegacyRule[] old = [.. side.Select(OldRule).OfType<LegacyRule>()];
        if (old.Length == 0) return;
        if (old.Any(static rule => rule.EndsRules) && old.Any(static rule => rule.Stage == LegacyStage.Additions))
        {
            foreach (int index in side.Where(index => OldRule(index) is not null)) _steps[index] = MigrationStep.Leave(PassesAndAdds);
            return;
        }

        int[] sorted = [.. side.OrderBy(StageOf)];
        if (sorted.SequenceEqual(side)) return;
        bool isConditional = Enumerable.Range(side[0], side[^1] - side[0]).Any(index => _lines[index].Keyword.StartsWith('.'));
        foreach (int index in side)
        {
            if (_steps[index] is not { IsDone: true } step) continue;
            _steps[index] = isConditional
                ? MigrationStep.Leave("rules of today run in the order of the file, and conditions stand between them: rewrite them by hand, additions last")
                : step with { Reason = step.Reason + Moved };
        }

        if (isConditional) return;
        _gone.UnionWith(side);
        _placed[side[^1]] = sorted;
    }

    /// <summary>"http-request", "http-response" or "use_backend"; null for a line that is no such rule.</summary>
    private string? SideOf(int index)
    {
        string keyword = _lines[index].Keyword;
        if (keyword is LegacyRules.Request or LegacyRules.Response or LegacyRules.UseBackend) return keyword;
        if (OldRule(index) is not { } rule || _steps[index] is not { IsDone: true }) return null;
        return rule.Modern.Split(' ')[0];
    }

    private LegacyRule? OldRule(int index) => LegacyRules.All.GetValueOrDefault(_lines[index].Keyword);

    /// <summary>Rules of today stand between what came before them and the rest.</summary>
    private int StageOf(int index) => OldRule(index)?.Stage switch
    {
        LegacyStage.BeforeRules => 0,
        null => 1,
        LegacyStage.AfterRules => 2,
        _ => 3,
    };
}
