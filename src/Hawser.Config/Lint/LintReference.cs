using System.Text;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Rules;

namespace Hawser.Config.Lint;

/// <summary>The documentation of the rules, made from the rules.</summary>
public static class LintReference
{
    public const string Page = "docs/lint.md";

    /// <summary>Null for a code that is no rule's.</summary>
    public static CodeDescription? Describe(string code) =>
        LintCatalog.Find(code) is { } rule ? new CodeDescription(rule.Id, rule.Name, rule.Reason, rule.Fix + ".", Page) : null;

    /// <summary>The part of the page that lists the rules.</summary>
    public static string Markdown()
    {
        StringBuilder text = new();
        text.Append("| rule | | hazard |\n|---|---|---|\n");
        foreach (LintRule rule in LintCatalog.Rules)
            text.Append($"| [{rule.Id}](#{rule.Id.ToLowerInvariant()}) | {DiagnosticText.NameOf(rule.Severity)} | {rule.Name} |\n");
        foreach (LintRule rule in LintCatalog.Rules)
        {
            text.Append($"\n## {rule.Id}\n**{rule.Name}** ({DiagnosticText.NameOf(rule.Severity)}). {rule.Reason}\n\n");
            text.Append($"- Consequence: {Escape(rule.Consequence)}.\n- Fix: {rule.Fix}.\n");
        }
        return text.ToString();
    }

    private static string Escape(string text) => text.Replace("|", "\\|", System.StringComparison.Ordinal).Replace("<", "&lt;", System.StringComparison.Ordinal);
}
