using System;
using System.Security.Cryptography;
using Hawser.Base.Bytes;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Expressions.Variables;

namespace Hawser.Expressions.Converters;

/// <summary>A text and constants or variables: put together, chosen, compared.</summary>
public static class JoinConverters
{
    public static ConverterRow[] Rows { get; } =
    [
        new(
            "concat",
            ArgumentSignature.Optional(ArgumentType.Text, ArgumentType.Text, ArgumentType.Text),
            SampleType.String,
            SampleType.String,
            Concatenate,
            "1.9",
            "followed by a text, a variable and a text")
        {
            Prepare = PrepareOptionalVariable,
        },
        new(
            "add_item",
            ArgumentSignature.Of(2, ArgumentType.Text, ArgumentType.Text, ArgumentType.Text),
            SampleType.String,
            SampleType.String,
            AddItem,
            "2.6",
            "followed by a delimiter, a variable and a text, the delimiter only where it separates something")
        {
            Prepare = PrepareItem,
        },
        new(
            "iif",
            ArgumentSignature.Required(ArgumentType.Text, ArgumentType.Text),
            SampleType.Boolean,
            SampleType.String,
            Choose,
            "2.3",
            "one text when true, another when false"),
        new(
            "strcmp",
            ArgumentSignature.Required(ArgumentType.Text),
            SampleType.String,
            SampleType.Integer,
            Compare,
            "1.9",
            "0 when a variable holds the same text, below or above 0 when the input sorts before or behind it")
        {
            Prepare = PrepareVariable,
        },
        new(
            "secure_memcmp",
            ArgumentSignature.Required(ArgumentType.Text),
            SampleType.Binary,
            SampleType.Boolean,
            CompareInConstantTime,
            "2.2",
            "whether a variable holds the same bytes, found out in a time that does not depend on them")
        {
            Prepare = PrepareVariable,
        },
    ];

    private static string? PrepareVariable(Arguments arguments, CompileContext context)
    {
        arguments.Prepared = VariableText.Parse(arguments, 0, context, out string? problem);
        return problem;
    }

    private static string? PrepareOptionalVariable(Arguments arguments, CompileContext context)
    {
        if (!arguments.Has(1)) return null;
        arguments.Prepared = VariableText.Parse(arguments, 1, context, out string? problem);
        return problem;
    }

    private static string? PrepareItem(Arguments arguments, CompileContext context) =>
        arguments.Has(1) || arguments.Has(2)
            ? PrepareOptionalVariable(arguments, context)
            : "one of the optional arguments has to be nonempty";

    /// <summary>What does not fit is no value.</summary>
    private static bool Concatenate(SampleSource source, Arguments arguments, ref Sample sample)
    {
        _ = TryGetVariable(source, arguments, out ReadOnlySpan<byte> value);
        ByteWriter writer = new(source.Scratch.Take(sample.Bytes));
        bool fits = writer.TryWrite(sample.Bytes)
            && writer.TryWrite(arguments.Text(0))
            && writer.TryWrite(value)
            && writer.TryWrite(arguments.Text(2));
        sample.SetString(writer.Written);
        return fits;
    }

    private static bool AddItem(SampleSource source, Arguments arguments, ref Sample sample)
    {
        _ = TryGetVariable(source, arguments, out ReadOnlySpan<byte> value);
        ReadOnlySpan<byte> suffix = arguments.Text(2);
        bool isSeparated = !sample.Bytes.IsEmpty && !(value.IsEmpty && suffix.IsEmpty);
        ByteWriter writer = new(source.Scratch.Take(sample.Bytes));
        bool fits = writer.TryWrite(sample.Bytes)
            && (!isSeparated || writer.TryWrite(arguments.Text(0)))
            && writer.TryWrite(value)
            && writer.TryWrite(suffix);
        sample.SetString(writer.Written);
        return fits;
    }

    private static bool TryGetVariable(SampleSource source, Arguments arguments, out ReadOnlySpan<byte> value)
    {
        value = default;
        return arguments.Prepared is Variable variable
            && VariableText.TryGet(source, variable, SampleType.String, out value);
    }

    private static bool Choose(SampleSource source, Arguments arguments, ref Sample sample)
    {
        sample.SetString(arguments.Text(sample.Integer != 0 ? 0 : 1));
        return true;
    }

    /// <summary>The difference of the first bytes that differ, else of the lengths: -1, 0 or 1.</summary>
    private static bool Compare(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (!TryGetVariable(source, arguments, out ReadOnlySpan<byte> value)) return false;
        ReadOnlySpan<byte> text = sample.Bytes;
        int common = text.CommonPrefixLength(value);
        bool isPrefix = common == text.Length || common == value.Length;
        sample.SetInteger(isPrefix ? text.Length.CompareTo(value.Length) : text[common] - value[common]);
        return true;
    }

    private static bool CompareInConstantTime(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (!VariableText.TryGet(source, (Variable)arguments.Prepared!, SampleType.Binary, out ReadOnlySpan<byte> value))
            return false;
        sample.SetBoolean(CryptographicOperations.FixedTimeEquals(sample.Bytes, value));
        return true;
    }
}
