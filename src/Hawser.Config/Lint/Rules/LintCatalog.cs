using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace Hawser.Config.Lint.Rules;

/// <summary>All rules, in the order of their ids.</summary>
public static class LintCatalog
{
    public static readonly ImmutableArray<LintRule> Rules =
    [
        .. ((IEnumerable<LintRule>[])
        [
            TimeoutRules.Rows, PhaseTimeoutRules.Rows, LimitRules.Rows, ServerRules.Rows, CheckRules.Rows,
            RuleOrderRules.Rows, AclRules.Rows, LogRules.Rows, AccessRules.Rows, TlsRules.Rows, TrustRules.Rows,
            PersistenceRules.Rows, WaiverRules.Rows,
        ]).SelectMany(static rows => rows).OrderBy(static rule => rule.Id, StringComparer.Ordinal),
    ];

    /// <summary>Null for an id that no rule has.</summary>
    public static LintRule? Find(string id) => Rules.FirstOrDefault(rule => rule.Id == id);
}
