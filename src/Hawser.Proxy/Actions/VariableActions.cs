using System;
using Hawser.Config.Syntax;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.LogFormat;
using Hawser.Expressions.Samples;
using Hawser.Expressions.Variables;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>Actions that set and forget variables.</summary>
internal static class VariableActions
{
    public static ActionRow[] Rows { get; } =
    [
        new("set-var", "set-var(<var-name>[,<cond>...]) <expr>", RuleSets.All | RuleSets.HttpRules, ParseSet, "a variable from an expression") { HasParentheses = true },
        new("set-var-fmt", "set-var-fmt(<var-name>[,<cond>...]) <fmt>", RuleSets.All | RuleSets.HttpRules, ParseFormat, "a variable from a format") { HasParentheses = true },
        new("unset-var", "unset-var(<var-name>)", RuleSets.All | RuleSets.HttpRules, ParseUnset, "forgets a variable") { HasParentheses = true },
    ];

    private static SessionAction? ParseSet(ActionReader reader)
    {
        if (Target(reader, out VariableConditions conditions) is not { } variable) return null;
        return reader.Expression() is { } expression ? new Set(variable, conditions, expression) : null;
    }

    private static SessionAction? ParseFormat(ActionReader reader)
    {
        if (Target(reader, out VariableConditions conditions) is not { } variable) return null;
        return reader.Format(LogFormatUse.Text) is { } format ? new SetFormat(variable, conditions, format) : null;
    }

    private static SessionAction? ParseUnset(ActionReader reader) =>
        Target(reader, out _) is { } variable ? new Unset(variable) : null;

    /// <summary>The variable, and the conditions behind it.</summary>
    private static Variable? Target(ActionReader reader, out VariableConditions conditions)
    {
        conditions = default;
        Word inside = reader.InParentheses!.Value;
        string[] parts = inside.Text.Split(',');
        Variable? variable = Variable.Parse(parts[0], reader.Context.Variables, out string? problem);
        foreach (string part in parts.AsSpan(1))
            problem ??= VariableConditions.TryAdd(part, ref conditions) ? null : $"unknown condition \"{part}\"";
        if (problem is null) return variable;
        reader.Fail(inside.Origin, problem);
        return null;
    }

    private sealed class Set(Variable variable, VariableConditions conditions, SampleExpression expression) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            Sample sample = default;
            if (expression.TryEvaluate(source, ref sample)) conditions.Set(variable, source, in sample);
            return RuleVerdict.None;
        }
    }

    private sealed class SetFormat(Variable variable, VariableConditions conditions, LogFormat format) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            if (!source.Scratch.TryEnter()) return RuleVerdict.None;
            Span<byte> text = source.Scratch.Take(default);
            bool canGoDeeper = source.Scratch.TryEnter();
            if (canGoDeeper)
            {
                int length = format.Write(source, text);
                source.Scratch.Leave();
                Sample sample = default;
                sample.SetString(text[..length]);
                conditions.Set(variable, source, in sample);
            }

            source.Scratch.Leave();
            return RuleVerdict.None;
        }
    }

    private sealed class Unset(Variable variable) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            variable.Unset(source);
            return RuleVerdict.None;
        }
    }
}
