using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Variables of the process that the configuration sets (manual, section 3.1: "set-var").</summary>
internal static class GlobalVariableKeywords
{
    private const string Scope = "proc.";

    public static IEnumerable<KeywordRow<GlobalContext>> Rows =>
    [
        GlobalRows.Row("set-var", "<var-name> <expression>...", static (line, context) => Parse(line, context, isFormat: false),
            "a variable of the process from an expression"),
        GlobalRows.Row("set-var-fmt", "<var-name> <format>", static (line, context) => Parse(line, context, isFormat: true),
            "a variable of the process from a format"),
    ];

    private static void Parse(LineCursor line, GlobalContext context, bool isFormat)
    {
        if (!line.TryTake(out Word name) || !line.HasMore)
        {
            string what = isFormat ? "a format string" : "a sample expression";
            line.RejectKeyword(DiagnosticCodes.MissingArgument, $"requires a process-wide variable name ('proc.<name>') and {what}.");
            return;
        }

        bool isOfProcess = name.Text.StartsWith(Scope, StringComparison.Ordinal);
        if (!isOfProcess && name.Text.Contains('.'))
        {
            line.Reject(DiagnosticCodes.BadChoice, name.Origin,
                $"'{line.Keyword}': cannot set variable '{name.Text}', only scope 'proc' is permitted in the global section.");
            line.SkipRest();
            return;
        }

        ImmutableArray<Word>.Builder words = ImmutableArray.CreateBuilder<Word>();
        while (line.TryTake(out Word word)) words.Add(word);
        context.Config = context.Config with
        {
            ProcessVariables = context.Config.ProcessVariables.Add(new ProcessVariableConfig(isFormat, name, words.ToImmutable())),
        };
    }
}
