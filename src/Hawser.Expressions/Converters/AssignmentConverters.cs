using System.Collections.Generic;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Expressions.Variables;

namespace Hawser.Expressions.Converters;

/// <summary>Variables set and unset on the way through an expression, which goes on with its value.</summary>
public static class AssignmentConverters
{
    public static ConverterRow[] Rows { get; } =
    [
        new(
            "set-var",
            ArgumentSignature.Of(
                1, ArgumentType.Text, ArgumentType.Text, ArgumentType.Text, ArgumentType.Text, ArgumentType.Text),
            SampleType.Any,
            SampleType.Same,
            Set,
            "1.6",
            "the input, stored in a variable under some conditions; no value when one of them does not hold")
        {
            Prepare = PrepareSet,
            ReadsSource = true,
        },
        new("unset-var", ArgumentSignature.Required(ArgumentType.Text), SampleType.Any, SampleType.Same, Unset, "1.7", "the input, a variable being unset")
        {
            Prepare = static (arguments, context) =>
            {
                arguments.Prepared = Variable.Parse(arguments.String(0), context.Variables, out string? problem);
                return problem;
            },
            ReadsSource = true,
        },
    ];

    private enum Condition : byte
    {
        Exists,
        NotExists,
        Empty,
        NotEmpty,
        Set,
        NotSet,
        Greater,
        Less,
    }

    private sealed record Assignment(Variable Variable, Condition[] Conditions);

    private static string? PrepareSet(Arguments arguments, CompileContext context)
    {
        if (Variable.Parse(arguments.String(0), context.Variables, out string? problem) is not { } variable) return problem;
        List<Condition> conditions = [];
        for (int index = 1; index < arguments.Count; index++)
        {
            Condition? condition = arguments.String(index) switch
            {
                "ifexists" => Condition.Exists,
                "ifnotexists" => Condition.NotExists,
                "ifempty" => Condition.Empty,
                "ifnotempty" => Condition.NotEmpty,
                "ifset" => Condition.Set,
                "ifnotset" => Condition.NotSet,
                "ifgt" => Condition.Greater,
                "iflt" => Condition.Less,
                _ => null,
            };
            if (condition is not { } known) return $"unknown condition \"{arguments.String(index)}\"";
            conditions.Add(known);
        }

        arguments.Prepared = new Assignment(variable, [.. conditions]);
        return null;
    }

    private static bool Set(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Assignment assignment = (Assignment)arguments.Prepared!;
        if (assignment.Conditions.Length > 0)
        {
            Sample before = default;
            bool isSet = assignment.Variable.TryGet(source, ref before);
            foreach (Condition condition in assignment.Conditions)
            {
                if (!Holds(condition, assignment.Variable, isSet, in before, in sample)) return false;
            }
        }

        return assignment.Variable.TrySet(source, in sample);
    }

    /// <summary>
    /// A variable of the process always exists; others exist while they are set. Only integers are compared: the
    /// condition holds for anything else.
    /// </summary>
    private static bool Holds(
        Condition condition, Variable variable, bool isSet, scoped in Sample before, scoped in Sample input)
    {
        bool exists = isSet || variable.Scope == VariableScope.Process;
        bool isEmpty = input.IsBytes && input.Bytes.IsEmpty;
        bool isNumber = isSet && before.Type == SampleType.Integer && input.Type == SampleType.Integer;
        return condition switch
        {
            Condition.Exists => exists,
            Condition.NotExists => !exists,
            Condition.Empty => isEmpty,
            Condition.NotEmpty => !isEmpty,
            Condition.Set => isSet,
            Condition.NotSet => !isSet,
            Condition.Greater => !isNumber || before.Integer > input.Integer,
            _ => !isNumber || before.Integer < input.Integer,
        };
    }

    private static bool Unset(SampleSource source, Arguments arguments, ref Sample sample)
    {
        ((Variable)arguments.Prepared!).Unset(source);
        return true;
    }
}
