using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Views;

namespace Hawser.Config.Lint.Rules;

/// <summary>A place where a rule's hazard stands.</summary>
/// <param name="Message">What is wrong, in one sentence about this configuration.</param>
/// <param name="Consequence">With this configuration's numbers; null: the rule's own words.</param>
/// <param name="Fix">With this configuration's words; null: the rule's own.</param>
public readonly record struct LintHit(Origin At, string Message, string? Consequence = null, string? Fix = null);

/// <summary>Looks for a hazard; yields nothing where there is none.</summary>
public delegate IEnumerable<LintHit> LintCheck(ConfigurationView configuration);

/// <summary>One hazard that the checks of <c>-c</c> do not see: legal, and probably not meant.</summary>
/// <param name="Id">Stable: waivers name it.</param>
/// <param name="Name">The hazard in two to four words, joined by dashes.</param>
/// <param name="Severity">Warning: something is lost, open or dead. Notice: advice.</param>
/// <param name="Reason">What happens and why, with the manual's keyword where that is documented.</param>
/// <param name="Consequence">What it costs, in seconds, bytes or sessions.</param>
/// <param name="Fix">What to write.</param>
/// <param name="Check">Null for what the linter itself finds while it applies waivers.</param>
public sealed record LintRule(
    string Id, string Name, Severity Severity, string Reason, string Consequence, string Fix, LintCheck? Check);
