using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Expressions.Variables;

namespace Hawser.Expressions.Converters;

/// <summary>Arithmetic, bits, and questions about numbers.</summary>
public static class NumberConverters
{
    public static ConverterRow[] Rows { get; } =
    [
        Operation("add", Add, "1.6", "sum, which stays at the largest or smallest number"),
    ];

    private delegate long BinaryOperation(long value, long operand);

    /// <summary>The operand is a number or a variable that holds one.</summary>
    private static ConverterRow Operation(string name, BinaryOperation operation, string since, string description)
    {
        bool Evaluate(SampleSource source, Arguments arguments, ref Sample sample)
        {
            long value = sample.Integer;
            if (!Operands.TryGet(source, arguments.Prepared, out long operand)) return false;
            sample.SetInteger(operation(value, operand));
            return true;
        }

        return new ConverterRow(
            name,
            ArgumentSignature.Required(ArgumentType.Text),
            SampleType.Integer,
            SampleType.Integer,
            Evaluate,
            since,
            description)
        {
            Prepare = Operands.Prepare,
        };
    }

    private static long Add(long value, long operand)
    {
        long sum = unchecked(value + operand);
        bool overflows = (value ^ sum) < 0 && (operand ^ sum) < 0;
        return !overflows ? sum : value < 0 ? long.MinValue : long.MaxValue;
    }

    /// <summary>An argument that is a number or the name of a variable.</summary>
    private static class Operands
    {
        public static string? Prepare(Arguments arguments, CompileContext context)
        {
            string text = arguments.String(0);
            if (text.Length == 0 || IsNumber(text))
            {
                _ = SampleCasts.TryParseInteger(arguments.Text(0), out long number);
                arguments.Prepared = number;
                return null;
            }

            arguments.ReadsSource = true;
            arguments.Prepared = Variable.Parse(text, context.Variables, out _);
            return arguments.Prepared is null ? "expects an integer or a variable name" : null;
        }

        public static bool TryGet(SampleSource source, object? operand, out long value)
        {
            if (operand is not Variable variable)
            {
                value = (long)operand!;
                return true;
            }

            Sample sample = default;
            bool isNumber = variable.TryGet(source, ref sample)
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
}
