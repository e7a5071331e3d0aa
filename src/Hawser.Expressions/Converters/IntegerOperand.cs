using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Expressions.Variables;

namespace Hawser.Expressions.Converters;

/// <summary>An argument that is a number or the name of a variable that holds one. Immutable.</summary>
internal sealed class IntegerOperand
{
    private readonly Variable? _variable;

    private IntegerOperand(Variable? variable, long constant)
    {
        _variable = variable;
        Constant = constant;
    }

    public bool IsVariable => _variable is not null;

    /// <summary>The number; 0 for a variable.</summary>
    public long Constant { get; }

    /// <summary>An empty argument is 0.</summary>
    /// <returns>Null, with HAProxy's sentence, when it is neither.</returns>
    public static IntegerOperand? Parse(Arguments arguments, int index, CompileContext context, out string? problem)
    {
        problem = null;
        if (!arguments.Has(index) || IsNumber(arguments.String(index)))
        {
            _ = SampleCasts.TryParseInteger(arguments.Text(index), out long number);
            return new IntegerOperand(null, number);
        }

        arguments.ReadsSource = true;
        if (Variable.Parse(arguments.String(index), context.Variables, out _) is { } variable)
            return new IntegerOperand(variable, 0);
        problem = "expects an integer or a variable name";
        return null;
    }

    /// <returns>False when the variable is not set or holds no number.</returns>
    public bool TryGet(SampleSource source, out long value)
    {
        value = Constant;
        if (_variable is null) return true;
        Sample sample = default;
        bool isNumber = _variable.TryGet(source, ref sample)
            && SampleCasts.TryCast(ref sample, SampleType.Integer, source.Scratch);
        value = sample.Integer;
        return isNumber;
    }

    private static bool IsNumber(string text)
    {
        int digits = text[0] is '-' or '+' ? 1 : 0;
        return digits < text.Length && text.AsSpan(digits).IndexOfAnyExceptInRange('0', '9') < 0;
    }
}
