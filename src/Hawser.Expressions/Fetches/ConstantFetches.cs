using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Fetches;

/// <summary>The fetch methods whose value is their argument (manual, section 7.3.2).</summary>
public static class ConstantFetches
{
    public static FetchRow[] Rows { get; } =
    [
        Constant("always_false", ArgumentSignature.None, SampleType.Boolean, Boolean, null, "1.5", "false"),
        Constant("always_true", ArgumentSignature.None, SampleType.Boolean, True, null, "1.5", "true"),
        Constant("bin", ArgumentSignature.Optional(ArgumentType.Text), SampleType.Binary, Binary, PrepareBinary, "1.6", "the argument's hexadecimal digits as bytes"),
        Constant("bool", ArgumentSignature.Optional(ArgumentType.Text), SampleType.Boolean, Boolean, PrepareBoolean, "1.6", "the argument"),
        Constant("int", ArgumentSignature.Required(ArgumentType.Integer), SampleType.Integer, Integer, null, "1.6", "the argument"),
        Constant("ipv4", ArgumentSignature.Required(ArgumentType.IPv4Address), SampleType.IPv4, Address, null, "1.6", "the argument"),
        Constant("ipv6", ArgumentSignature.Required(ArgumentType.IPv6Address), SampleType.IPv6, Address, null, "1.6", "the argument"),
        Constant("meth", ArgumentSignature.Optional(ArgumentType.Text), SampleType.Method, Method, null, "1.6", "the argument as an HTTP method"),
        Constant("str", ArgumentSignature.Optional(ArgumentType.Text), SampleType.String, Text, null, "1.6", "the argument"),
    ];

    private static FetchRow Constant(
        string name,
        ArgumentSignature signature,
        SampleType type,
        FetchEvaluator evaluate,
        ArgumentPreparation? prepare,
        string since,
        string description) => new(name, signature, type, FetchContexts.Anywhere, evaluate, since, description)
        {
            Prepare = prepare,
            IsConstant = true,
        };

    private static bool True(SampleSource source, Arguments arguments, ref Sample sample)
    {
        sample.SetBoolean(true);
        return true;
    }

    private static string? PrepareBoolean(Arguments arguments, CompileContext context)
    {
        ReadOnlySpan<byte> text = arguments.Text(0);
        bool isTrue = text is [(byte)'1'] || Ascii.EqualsIgnoreCase(text, "true"u8);
        bool isFalse = text is [(byte)'0'] || Ascii.EqualsIgnoreCase(text, "false"u8);
        arguments.Prepared = isTrue ? arguments : null;
        return isTrue || isFalse ? null : "Expects 'true', 'false', '0' or '1'";
    }

    private static bool Boolean(SampleSource source, Arguments arguments, ref Sample sample)
    {
        sample.SetBoolean(arguments.Prepared is not null);
        return true;
    }

    private static string? PrepareBinary(Arguments arguments, CompileContext context)
    {
        ReadOnlySpan<byte> text = arguments.Text(0);
        foreach (byte digit in text)
        {
            if (!Ascii.IsHexDigit(digit)) return $"an hex digit is expected (found '{(char)digit}')";
        }

        if (text.Length % 2 != 0) return "an even number of hex digit is expected";
        arguments.Prepared = Convert.FromHexString(arguments.String(0));
        return null;
    }

    private static bool Binary(SampleSource source, Arguments arguments, ref Sample sample)
    {
        sample.SetBinary((byte[])arguments.Prepared!);
        return true;
    }

    private static bool Integer(SampleSource source, Arguments arguments, ref Sample sample)
    {
        sample.SetInteger(arguments.Integer(0));
        return true;
    }

    private static bool Address(SampleSource source, Arguments arguments, ref Sample sample)
    {
        sample.SetAddress(arguments.Address(0));
        return true;
    }

    private static bool Method(SampleSource source, Arguments arguments, ref Sample sample)
    {
        sample.SetMethod(arguments.Text(0));
        return true;
    }

    private static bool Text(SampleSource source, Arguments arguments, ref Sample sample)
    {
        sample.SetString(arguments.Text(0));
        return true;
    }
}
