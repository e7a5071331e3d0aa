using System;
using System.Buffers.Binary;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Converters;

/// <summary>Arithmetic, bits, and questions about numbers.</summary>
public static class NumberConverters
{
    public static ConverterRow[] Rows { get; } =
    [
        Operation("add", Add, "sum, which stays at the largest or smallest number"),
        Operation("sub", Subtract, "difference, which stays at the largest or smallest number"),
        Operation("mul", Multiply, "product, which stays at the largest or smallest number"),
        Operation("div", Divide, "quotient towards zero; the largest number when divided by zero"),
        Operation("mod", Modulo, "remainder with the sign of the input; zero when divided by zero"),
        Operation("and", static (value, operand) => value & operand, "bits set in both"),
        Operation("or", static (value, operand) => value | operand, "bits set in either"),
        Operation("xor", static (value, operand) => value ^ operand, "bits set in one of both"),
        Function("cpl", static value => ~value, "all bits flipped"),
        Function("neg", static value => Subtract(0, value), "the opposite"),
        Question("bool", static value => value != 0, "whether it is not zero"),
        Question("not", static value => value == 0, "whether it is zero"),
        Question("odd", static value => (value & 1) != 0, "whether it is odd"),
        Question("even", static value => (value & 1) == 0, "whether it is even"),
        new("htonl", ArgumentSignature.None, SampleType.Integer, SampleType.Binary, NetworkOrder, "2.2", "the lower 32 bits in network byte order"),
    ];

    private const string Since = "1.6";

    private delegate long BinaryOperation(long value, long operand);

    private delegate long UnaryOperation(long value);

    private delegate bool Predicate(long value);

    /// <summary>The operand is a number or a variable that holds one.</summary>
    private static ConverterRow Operation(string name, BinaryOperation operation, string description)
    {
        bool Evaluate(SampleSource source, Arguments arguments, ref Sample sample)
        {
            long value = sample.Integer;
            if (!((IntegerOperand)arguments.Prepared!).TryGet(source, out long operand)) return false;
            sample.SetInteger(operation(value, operand));
            return true;
        }

        ArgumentSignature signature = ArgumentSignature.Required(ArgumentType.Text);
        return new ConverterRow(name, signature, SampleType.Integer, SampleType.Integer, Evaluate, Since, description)
        {
            Prepare = PrepareOperand,
        };
    }

    private static string? PrepareOperand(Arguments arguments, CompileContext context)
    {
        arguments.Prepared = IntegerOperand.Parse(arguments, 0, context, out string? problem);
        return problem;
    }

    private static ConverterRow Function(string name, UnaryOperation operation, string description)
    {
        bool Evaluate(SampleSource source, Arguments arguments, ref Sample sample)
        {
            sample.SetInteger(operation(sample.Integer));
            return true;
        }

        return new ConverterRow(
            name, ArgumentSignature.None, SampleType.Integer, SampleType.Integer, Evaluate, Since, description);
    }

    private static ConverterRow Question(string name, Predicate predicate, string description)
    {
        bool Evaluate(SampleSource source, Arguments arguments, ref Sample sample)
        {
            sample.SetBoolean(predicate(sample.Integer));
            return true;
        }

        return new ConverterRow(
            name, ArgumentSignature.None, SampleType.Integer, SampleType.Boolean, Evaluate, Since, description);
    }

    private static long Add(long value, long operand) => Clamp((Int128)value + operand);

    private static long Subtract(long value, long operand) => Clamp((Int128)value - operand);

    private static long Multiply(long value, long operand) => Clamp((Int128)value * operand);

    // The processor traps on the smallest number divided by -1, and on zero.
    private static long Divide(long value, long operand) => operand switch
    {
        0 => long.MaxValue,
        -1 => Subtract(0, value),
        _ => value / operand,
    };

    private static long Modulo(long value, long operand) => operand is 0 or -1 ? 0 : value % operand;

    private static long Clamp(Int128 value) => (long)Int128.Clamp(value, long.MinValue, long.MaxValue);

    private static bool NetworkOrder(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Span<byte> result = source.Scratch.Take(default)[..sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(result, unchecked((uint)sample.Integer));
        sample.SetBinary(result);
        return true;
    }
}
