using System.Collections.Generic;
using Hawser.Base.Time;
using Hawser.Config.Diagnostics;
using Hawser.Expressions.Acls;
using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Streams.Rules;

/// <summary>An action and the condition it depends on.</summary>
/// <param name="Condition">Null: always.</param>
/// <param name="Origin">Of its line.</param>
public sealed record SessionRule(Condition? Condition, SessionAction Action, Origin Origin);

/// <summary>Rules in order, such as those of "tcp-request content". Immutable.</summary>
/// <param name="inspectDelay">How long they may wait for data; not set: they decide with what there is.</param>
public sealed class RuleSet(IReadOnlyList<SessionRule> rules, Milliseconds inspectDelay)
{
    private readonly SessionRule[] _rules = [.. rules];

    public Milliseconds InspectDelay => inspectDelay;

    /// <summary>
    /// Runs the rules from the first one on, also after an earlier <see cref="RuleVerdict.Undecided"/>: that is what
    /// HAProxy does.
    /// </summary>
    public RuleVerdict Run(Session session, SessionLogSource source)
    {
        int next = 0;
        return RunFrom(session, source, ref next);
    }

    /// <summary>Goes on where the rules stopped to wait.</summary>
    /// <param name="next">The rule to begin with; the one behind the last that ran when this returns.</param>
    public RuleVerdict RunFrom(Session session, SessionLogSource source, ref int next)
    {
        while (next < _rules.Length)
        {
            SessionRule rule = _rules[next++];
            AclResult applies = rule.Condition?.Evaluate(source) ?? AclResult.Pass;
            if (applies == AclResult.Undecided) return RuleVerdict.Undecided;
            if (applies == AclResult.Fail) continue;
            // An action does not wait: its expressions are evaluated for good, as in HAProxy.
            bool isFinal = source.IsFinal;
            source.IsFinal = true;
            RuleVerdict verdict = rule.Action.Run(session, source);
            source.IsFinal = isFinal;
            if (verdict == RuleVerdict.None) continue;
            // What comes before a stream exists is not told, as in HAProxy.
            if (session.Phase >= SessionPhase.RequestRules) session.Facts.LastRule = rule.Origin;
            return verdict;
        }

        return RuleVerdict.None;
    }
}
