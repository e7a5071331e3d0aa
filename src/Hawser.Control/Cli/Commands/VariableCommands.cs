using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Hawser.Config.Model;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.LogFormat;
using Hawser.Expressions.Samples;
using Hawser.Expressions.Variables;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;

namespace Hawser.Control.Cli.Commands;

/// <summary>The variables that all sessions share (scope proc).</summary>
internal static class VariableCommands
{
    private const int ScratchBytes = 16 * 1024;
    private const string MissingName = "Missing process-wide variable identifier.";

    private static readonly AliasRows s_noAliases = new([]);

    public static IEnumerable<CommandRow> Rows =>
    [
        CommandRow.Simple("get var", "type and value of a process-wide variable", CliLevel.Operator, Get, "<name>"),
        CommandRow.Simple("set var", "set a process-wide variable", CliLevel.Operator, Set, "<name> {<expr>|fmt <fmt>}")
            with { IsExperimental = true },
        CommandRow.Simple("show vars", "limits of variables' memory and what they have refused", CliLevel.Operator, Show),
    ];

    /// <summary>Hawser's own: HAProxy drops a variable that does not fit without a word.</summary>
    private static void Show(CliCall call)
    {
        call.Output.WriteLine("# limit bytes refused");
        foreach (VariableRefusals limit in call.Context.Set.Process.Variables.All)
            call.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{limit.Name} {limit.LimitBytes} {limit.Total}"));
    }

    private static void Get(CliCall call)
    {
        string name = call.Argument(0);
        if (name.Length == 0)
        {
            call.Error(MissingName);
            return;
        }

        Sample sample = default;
        Scratch scratch = new(ScratchBytes);
        // A name that nobody has used is not given a number: it could be any text.
        if (!IsKnown(call, name)
            || Variable.Parse(name, call.Context.Set.Expressions.Variables, out _) is not { } variable
            || !variable.TryGet(SourceOf(call), ref sample))
        {
            call.Error("Variable not found.");
            return;
        }

        call.Severity(CliSeverity.Info);
        call.Output.Write($"{name}: type={SampleText.TypeName(sample.Type)} value=<");
        if (sample.Type == SampleType.Boolean)
            call.Output.Write(sample.Integer == 0 ? "0" : "1");
        else if (SampleCasts.TryCast(ref sample, SampleType.String, scratch))
            call.Output.Write(sample.Bytes);
        call.Output.Write(">\n"u8);
    }

    private static void Set(CliCall call)
    {
        string name = call.Argument(0);
        string first = call.Argument(1);
        if (name.Length == 0)
        {
            call.Error(MissingName);
            return;
        }

        if (first.Length == 0)
        {
            call.Error("Missing either 'expr', 'fmt' or expression.");
            return;
        }

        int dot = name.IndexOf('.');
        bool isOtherScope = dot > 0 && name[..dot] is "sess" or "txn" or "req" or "res" or "check";
        if (isOtherScope)
        {
            call.Error($"'set var': cannot set variable '{name}', only scope 'proc' is permitted here.");
            return;
        }

        if (Variable.Parse(name, call.Context.Set.Expressions.Variables, out string? problem) is not { } variable)
            call.Error(problem!);
        else if (first == "fmt")
            SetFormat(call, variable, string.Join(' ', call.Arguments[2..].ToArray()));
        else
            SetExpression(call, variable, string.Concat(call.Arguments[(first == "expr" ? 2 : 1)..].ToArray()));
    }

    private static void SetExpression(CliCall call, Variable variable, string text)
    {
        SampleExpression? expression = ExpressionCompiler.CompileWhole(text, call.Context.Set.Expressions, out CompileFinding finding);
        if (expression is null)
        {
            call.Error(finding.Message);
            return;
        }

        if ((expression.Row.Contexts & FetchContexts.CommandLine) == 0)
        {
            call.Error($"fetch method '{expression.Row.Name}' extracts information from "
                + $"'{FetchPlaces.SourceOf(expression.Row)}', none of which is available here");
            return;
        }

        Sample sample = default;
        SessionLogSource source = SourceOf(call);
        if (!expression.TryEvaluate(source, ref sample) || !variable.TrySet(source, in sample))
            call.Error("Failed to set the variable.");
    }

    private static void SetFormat(CliCall call, Variable variable, string text)
    {
        List<CompileFinding> findings = [];
        LogFormat? format = LogFormatCompiler.Compile(text, s_noAliases, call.Context.Set.Expressions, findings);
        if (format is null || !format.IsFor(FetchContexts.CommandLine))
        {
            call.Error(findings.Count > 0 ? findings[^1].Message : "the format reads what is not available here");
            return;
        }

        byte[] line = new byte[ScratchBytes];
        SessionLogSource source = SourceOf(call);
        int length = format.Write(source, line);
        Sample sample = default;
        sample.SetString(line.AsSpan(0, length));
        if (!variable.TrySet(source, in sample))
            call.Error("Failed to set the variable.");
    }

    private static bool IsKnown(CliCall call, string name) =>
        name.StartsWith("proc.", StringComparison.Ordinal)
        && call.Context.Set.Expressions.Variables.All.Contains((VariableScope.Process, name["proc.".Length..]));

    /// <summary>The process without any session.</summary>
    private static SessionLogSource SourceOf(CliCall call)
    {
        VariableStore variables = call.Context.Set.Process.Variables.ProcessVariables;
        SessionRecord record = new() { Variables = scope => scope == VariableScope.Process ? variables : null };
        return new SessionLogSource(record, call.Context.Set.LogProcess, new Scratch(ScratchBytes)) { LineTime = call.Loop.WallClock };
    }
}
