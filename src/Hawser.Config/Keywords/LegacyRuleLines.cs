using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Legacy;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>
/// <c>reqadd</c>, <c>rspidel</c>, <c>block</c> and their like: read as the rules of today that mean the same, or refused
/// where there are none.
/// </summary>
internal static class LegacyRuleLines
{
    public static IEnumerable<KeywordRow<ProxyContext>> Rows => LegacyRules.All.Values.Select(static rule =>
        ProxyRows.Row(rule.Name, rule.Usage, rule.Modern == LegacyRules.UseBackend ? SectionSet.Front : SectionSet.Proxies, (line, context) => Parse(line, context, rule), $"older spelling of {rule.Modern}") with
        {
            ChecksUsage = true,
            IsHttpOnly = true,
            HttpOnly = HttpOnlyWarning.Silent,
        });

    /// <summary>
    /// Puts the rules of a section that has ended where their stages were: what stands between them in the file does not
    /// matter, as it did not then.
    /// </summary>
    public static void Place(ProxyContext context, DiagnosticBag diagnostics)
    {
        if (context.LegacyRules.Count == 0) return;
        LegacyRuleLine? ending = context.LegacyRules.FirstOrDefault(static line => line.Rule.EndsRules);
        LegacyRuleLine? addition = context.LegacyRules.FirstOrDefault(static line => line.Rule.Stage == LegacyStage.Additions && line.Set == RuleSetKind.HttpRequest);
        if (ending is not null && addition is not null)
        {
            diagnostics.Report(DiagnosticCodes.Removed, Severity.Alert, ending.Origin,
                $"'{ending.Rule.Name}' let requests pass that '{addition.Rule.Name}' added a header to all the same; no rule of today does.",
                $"write '{addition.Rule.Modern}' above '{ending.Rule.Modern}'");
        }

        context.Proxy = context.Proxy with
        {
            Rules =
            [
                .. Of(context, LegacyStage.BeforeRules), .. context.Proxy.Rules, .. Of(context, LegacyStage.AfterRules),
                .. Of(context, LegacyStage.Additions),
            ],
        };
    }

    private static IEnumerable<RuleConfig> Of(ProxyContext context, LegacyStage stage) =>
        context.LegacyRules.Where(line => line.Rule.Stage == stage).SelectMany(static line => line.Rules);

    private static void Parse(LineCursor line, ProxyContext context, LegacyRule rule)
    {
        List<string> arguments = [];
        Origin at = line.HasMore ? line.Peek.Origin : line.KeywordOrigin;
        while (arguments.Count < rule.Arguments && line.TryTake(out Word word)) arguments.Add(word.Text);
        IReadOnlyList<Word> condition = line.PeekRest();
        line.SkipRest();

        LegacyTranslation translation = rule.Translate(arguments);
        if (translation.Problem is { } problem)
        {
            line.Reject(DiagnosticCodes.Removed, at, $"'{rule.Name}' is gone since HAProxy 2.1, and {problem}.", $"today: {rule.Modern}");
            return;
        }

        List<RuleConfig> rules = [];
        foreach (ModernRule modern in translation.Rules)
        {
            if (Join(modern.Test, condition, at) is not { } joined)
            {
                line.Reject(DiagnosticCodes.Removed, condition[0].Origin,
                    $"'{rule.Name}' is gone since HAProxy 2.1, and this condition cannot be joined with the expression: write an acl by hand.",
                    $"today: {rule.Modern}");
                return;
            }
            rules.Add(new RuleConfig(SetOf(modern.Keyword), modern.Keyword, line.KeywordOrigin, [.. modern.Words.Select(word => new Word(word.Text, at)), .. joined]));
        }

        line.Note(DiagnosticCodes.Legacy, line.KeywordOrigin, $"'{rule.Name}' is gone since HAProxy 2.1; it is read as rules of today.",
            $"write '{string.Join("' and '", rules.Select(Print))}'");
        context.LegacyRules.Add(new LegacyRuleLine(rule, line.KeywordOrigin, rules[0].Set, [.. rules]));
    }

    /// <summary>The rule's own test and what the line demanded; null when that cannot be said in one condition.</summary>
    private static IReadOnlyList<Word>? Join(ImmutableArray<ModernWord> test, IReadOnlyList<Word> condition, Origin at)
    {
        const string If = "if";
        if (test.IsEmpty) return condition;
        Word[] own = [.. test.Select(word => new Word(word.Text, at))];
        if (condition.Count == 0) return [new Word(If, at), .. own];
        Word[] rest = [.. condition.Skip(1)];
        if (rest.Length == 0) return null;
        if (condition[0].Text != If) return Negated(rest) is { } negated ? [new Word(If, at), .. own, .. negated] : null;
        List<Word> words = [new Word(If, at), .. own];
        foreach (Word word in rest)
        {
            words.Add(word);
            if (word.Text is "or" or "||") words.AddRange(own);
        }
        return words;
    }

    /// <summary>The opposite of a single term; null for more than one.</summary>
    private static Word[]? Negated(Word[] term)
    {
        string first = term[0].Text;
        bool isNegated = first.StartsWith('!');
        Word[] plain = first == "!" ? term[1..] : [term[0] with { Text = first.TrimStart('!') }, .. term[1..]];
        bool isSingle = plain.Length == 1
            || (plain.Length > 1 && plain[0].Text == "{" && System.Array.FindIndex(plain, static word => word.Text == "}") == plain.Length - 1);
        if (!isSingle) return null;
        return isNegated ? plain : [plain[0] with { Text = "!" + plain[0].Text }, .. plain[1..]];
    }

    private static RuleSetKind SetOf(string keyword) => keyword switch
    {
        LegacyRules.Response => RuleSetKind.HttpResponse,
        LegacyRules.UseBackend => RuleSetKind.UseBackend,
        _ => RuleSetKind.HttpRequest,
    };

    private static string Print(RuleConfig rule) =>
        string.Join(' ', rule.Words.Select(static word => Quote(word.Text)).Prepend(rule.Keyword));

    private static string Quote(string word) =>
        word.Length == 0 || word.Any(static letter => letter is ' ' or '\t' or '#' or '\\' or '"') ? $"\"{word.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"" : word;
}
