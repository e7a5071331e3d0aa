using System.Collections.Immutable;

namespace Hawser.Config.Legacy;

/// <summary>What a rule of older releases is today.</summary>
/// <param name="Rules">Each of them is to be processed; empty: there is none that means the same.</param>
/// <param name="Problem">Why there is none; null otherwise.</param>
internal sealed record LegacyTranslation(ImmutableArray<ModernRule> Rules, string? Problem)
{
    public static LegacyTranslation Of(params ImmutableArray<ModernRule> rules) => new(rules, null);

    public static LegacyTranslation None(string problem) => new([], problem);
}
