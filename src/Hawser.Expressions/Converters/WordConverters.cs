using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Converters;

/// <summary>Parts of a text between delimiters: fields, words, parameters.</summary>
public static class WordConverters
{
    public static ConverterRow[] Rows { get; } =
    [
        Row("field", Field, "a field, or several, between delimiters"),
        Row("word", Word, "a word, or several, between delimiters; empty ones are skipped"),
        new(
            "param",
            ArgumentSignature.Of(1, ArgumentType.Text, ArgumentType.Text),
            SampleType.String,
            SampleType.String,
            Parameter,
            "2.8",
            "the value of a name=value parameter")
        {
            Prepare = PrepareParameter,
        },
    ];

    private static ConverterRow Row(string name, ConverterEvaluator evaluate, string description) => new(
        name,
        ArgumentSignature.Of(2, ArgumentType.Integer, ArgumentType.Text, ArgumentType.Integer),
        SampleType.String,
        SampleType.String,
        evaluate,
        "1.6",
        description)
    {
        Prepare = PrepareIndex,
    };

    private static string? PrepareIndex(Arguments arguments, CompileContext context)
    {
        if (arguments.Integer(0) == 0) return "Unexpected value 0 for index";
        return arguments.Has(1) ? null : "Empty separators list";
    }

    /// <summary>
    /// From the left with a positive index, from the right with a negative one; a count of 0 means all that follow in
    /// that direction.
    /// </summary>
    private static bool Field(SampleSource source, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> text = sample.Bytes;
        ReadOnlySpan<byte> delimiters = arguments.Text(1);
        long index = arguments.Integer(0);
        long count = arguments.Integer(2, 1);
        bool isFromRight = index < 0;
        for (long remaining = index; remaining is not (1 or -1); remaining += isFromRight ? 1 : -1)
        {
            int at = isFromRight ? text.LastIndexOfAny(delimiters) : text.IndexOfAny(delimiters);
            if (at < 0) return false;
            text = isFromRight ? text[..at] : text[(at + 1)..];
        }

        if (count > 0)
        {
            ReadOnlySpan<byte> rest = text;
            int length = 0;
            for (long taken = 0; taken < count; taken++)
            {
                int at = isFromRight ? rest.LastIndexOfAny(delimiters) : rest.IndexOfAny(delimiters);
                if (at < 0)
                {
                    length = text.Length;
                    break;
                }

                length += isFromRight ? rest.Length - at : at + 1;
                rest = isFromRight ? rest[..at] : rest[(at + 1)..];
                if (taken + 1 == count) length--;
            }

            text = isFromRight ? text[(text.Length - length)..] : text[..length];
        }

        sample.SetString(text);
        return true;
    }

    /// <summary>
    /// As <see cref="Field"/>, with runs of delimiters as one. Where the count does not end the result, the delimiters
    /// at that end of the text belong to it.
    /// </summary>
    private static bool Word(SampleSource source, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> text = sample.Bytes;
        ReadOnlySpan<byte> delimiters = arguments.Text(1);
        long index = arguments.Integer(0);
        long count = arguments.Integer(2, 1);
        bool isFromRight = index < 0;
        text = Trim(text, delimiters, isFromRight);
        for (long remaining = index; remaining is not (1 or -1); remaining += isFromRight ? 1 : -1)
        {
            int length = WordLength(text, delimiters, isFromRight);
            if (length == 0) return false;
            text = Trim(isFromRight ? text[..^length] : text[length..], delimiters, isFromRight);
        }

        if (text.IsEmpty) return false;
        if (count > 0) text = Take(text, delimiters, isFromRight, count);
        sample.SetString(text);
        return true;
    }

    private static ReadOnlySpan<byte> Take(
        ReadOnlySpan<byte> text, ReadOnlySpan<byte> delimiters, bool isFromRight, long count)
    {
        ReadOnlySpan<byte> rest = text;
        int taken = 0;
        for (; count > 0; count--)
        {
            ReadOnlySpan<byte> trimmed = Trim(rest, delimiters, isFromRight);
            if (trimmed.IsEmpty) return text;
            int length = WordLength(trimmed, delimiters, isFromRight);
            rest = isFromRight ? trimmed[..^length] : trimmed[length..];
            taken = text.Length - rest.Length;
        }

        return isFromRight ? text[^taken..] : text[..taken];
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text, ReadOnlySpan<byte> delimiters, bool isFromRight) =>
        isFromRight ? text.TrimEnd(delimiters) : text.TrimStart(delimiters);

    private static int WordLength(ReadOnlySpan<byte> text, ReadOnlySpan<byte> delimiters, bool isFromRight)
    {
        int at = isFromRight ? text.LastIndexOfAny(delimiters) : text.IndexOfAny(delimiters);
        return at < 0 ? text.Length : isFromRight ? text.Length - at - 1 : at;
    }

    private sealed record Delimiter(byte Value);

    private static string? PrepareParameter(Arguments arguments, CompileContext context)
    {
        ReadOnlySpan<byte> text = arguments.Text(1);
        if (arguments.Count < 2) arguments.Prepared = new Delimiter((byte)'&');
        else if (text.Length == 1) arguments.Prepared = new Delimiter(text[0]);
        else if (text.Length == 4 && text.StartsWith("0x"u8) && Ascii.TryParseHex(text[2..], out ulong code))
            arguments.Prepared = new Delimiter((byte)code);
        return arguments.Prepared is null
            ? "Delimiter must be either exactly 1 character, or 0xHH for an ASCII code "
            : null;
    }

    /// <summary>A parameter without a value has an empty one.</summary>
    private static bool Parameter(SampleSource source, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> rest = sample.Bytes;
        ReadOnlySpan<byte> name = arguments.Text(0);
        byte delimiter = ((Delimiter)arguments.Prepared!).Value;
        while (true)
        {
            int end = rest.IndexOf(delimiter);
            ReadOnlySpan<byte> parameter = end < 0 ? rest : rest[..end];
            if (parameter.StartsWith(name) && (parameter.Length == name.Length || parameter[name.Length] == '='))
            {
                sample.SetString(parameter.Length == name.Length ? default : parameter[(name.Length + 1)..]);
                return true;
            }

            if (end < 0) return false;
            rest = rest[(end + 1)..];
        }
    }
}
