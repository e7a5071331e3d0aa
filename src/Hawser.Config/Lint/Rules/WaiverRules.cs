using System.Collections.Generic;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Lint.Rules;

/// <summary>Waivers that do not do what they say. The linter finds them; a waiver cannot waive them.</summary>
internal static class WaiverRules
{
    public static readonly LintRule Unreadable = new("HL901", "unreadable-waiver", Severity.Warning,
        "A comment begins with 'hawser-lint:' and is not 'allow <rule>[,<rule>] <reason>' or 'allow-file <rule>[,<rule>] <reason>' "
        + "with rules that exist and a reason.",
        "it waives nothing",
        "write '# hawser-lint: allow HL101 <reason>'",
        Check: null);

    public static readonly LintRule Unused = new("HL902", "unused-waiver", Severity.Notice,
        "A waiver names a rule that finds nothing at its place: the hazard was mended, or the waiver stands on the wrong line.",
        "the next hazard of that kind on the line passes unseen",
        "remove the waiver",
        Check: null);

    public static IEnumerable<LintRule> Rows => [Unreadable, Unused];
}
