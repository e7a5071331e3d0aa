using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Lint.Views;

namespace Hawser.Config.Lint.Rules;

/// <summary>
/// Conditions of rules that end a list, indexed so that thousands of rules are compared with those only that have a
/// test in common.
/// </summary>
internal sealed class TakenConditions
{
    private readonly Dictionary<string, Statement> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Statement>> _byTest = new(StringComparer.Ordinal);

    public void Clear()
    {
        _byText.Clear();
        _byTest.Clear();
    }

    /// <param name="rule">Has a condition.</param>
    public void Add(Statement rule)
    {
        _byText.TryAdd(rule.Condition!.Text, rule);
        if (!IsIf(rule.Condition)) return;
        foreach (ImmutableArray<ConditionTerm> alternative in rule.Condition.Alternatives)
        {
            if (alternative.IsEmpty) continue;
            string test = Key(alternative[0]);
            if (!_byTest.TryGetValue(test, out List<Statement>? rules)) _byTest[test] = rules = [];
            rules.Add(rule);
        }
    }

    /// <summary>The first rule that is taken whenever this one's condition holds; null when there is none.</summary>
    public Statement? FindCover(Statement rule)
    {
        Condition narrow = rule.Condition!;
        if (_byText.TryGetValue(narrow.Text, out Statement? same)) return same;
        if (!IsIf(narrow)) return null;
        foreach (ConditionTerm term in narrow.Alternatives[0])
        {
            Statement? cover = _byTest.GetValueOrDefault(Key(term))?.Find(other => Covers(other.Condition!, narrow));
            if (cover is not null) return cover;
        }
        return null;
    }

    /// <summary>Each alternative of the narrower condition contains one of the wider condition's.</summary>
    private static bool Covers(Condition wide, Condition narrow) =>
        narrow.Alternatives.All(one => wide.Alternatives.Any(other => other.Length > 0 && Contains(one, other)));

    private static bool Contains(ImmutableArray<ConditionTerm> narrow, ImmutableArray<ConditionTerm> wide) =>
        wide.All(term => narrow.Any(other => Key(other) == Key(term)));

    private static bool IsIf(Condition condition) => condition.Keyword.Text == "if";

    private static string Key(ConditionTerm term)
    {
        string test = term.Anonymous is { } anonymous
            ? string.Join(' ', anonymous.Words.Select(static word => word.Text))
            : term.Name;
        return $"{term.IsNegated} {test}";
    }
}
