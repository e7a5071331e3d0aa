using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Legacy;
using Hawser.Config.Printing;

namespace Hawser.Config.Migration;

/// <summary>The rules that matched whole lines of requests and responses (<see cref="LegacyRules"/>), as lines of today.</summary>
internal static class RequestRuleMigrations
{
    private const string InOrder = "gone since 2.1; rules of today run in the order of the file";

    /// <summary>Its line keeps its words: <see cref="ProxyMigrations"/> has it.</summary>
    private const string Block = "block";

    public static IEnumerable<MigrationRow> Rows =>
    [
        .. LegacyRules.All.Values.Where(static rule => rule.Name != Block).Select(static rule => new MigrationRow(rule.Name, line => Translate(line, rule))),
    ];

    private static MigrationStep Translate(MigrationLine line, LegacyRule rule)
    {
        if (Obstacle(line, rule.Arguments) is { } obstacle) return obstacle;
        LegacyTranslation translation = rule.Translate([.. Enumerable.Range(0, rule.Arguments).Select(line.Text)]);
        if (translation.Problem is { } problem) return MigrationStep.Leave(problem);
        string?[] lines = [.. translation.Rules.Select(modern => Print(modern, line, rule.Arguments))];
        return lines.Any(static text => text is null)
            ? MigrationStep.Leave("its condition cannot be joined with the expression in one line: write an acl by hand")
            : MigrationStep.Replace(InOrder, [.. lines.Select(static text => text!)]);
    }

    /// <summary>Why a rule about requests cannot stand here; null when it can.</summary>
    private static MigrationStep? Obstacle(MigrationLine line, int arguments)
    {
        if (line.Count < arguments) return MigrationStep.Leave("arguments are missing");
        if (line.Section.IsDefaults) return MigrationStep.Leave("rules cannot stand in 'defaults': move it to each proxy");
        return line.Section.IsHttp
            ? null
            : MigrationStep.Leave("works on HTTP only, and this proxy is not in http mode: it has no effect, remove it");
    }

    private static string? Print(ModernRule rule, MigrationLine line, int arguments)
    {
        string action = $"{rule.Keyword} {Print(rule.Words)}";
        if (rule.Test.IsEmpty) return action + RuleCondition.Tail(line, arguments);
        return RuleCondition.Join(line, arguments, Print(rule.Test)) is { } condition ? action + condition : null;
    }

    private static string Print(ImmutableArray<ModernWord> words) =>
        string.Join(' ', words.Select(static word => word.IsFree ? Quoted(word.Text) : WordText.Quote(word.Text)));

    /// <summary>Expressions and values are quoted even where they need not be: they are easier to read so.</summary>
    private static string Quoted(string word)
    {
        string quoted = WordText.Quote(word);
        return quoted == word ? $"'{word}'" : quoted;
    }
}
