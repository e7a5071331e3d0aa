using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Converters;

/// <summary>Converters that cut or change text.</summary>
public static class TextConverters
{
    public static ConverterRow[] Rows { get; } =
    [
        new("lower", ArgumentSignature.None, SampleType.String, SampleType.String, Lower, "1.5", "to lower case"),
        new("upper", ArgumentSignature.None, SampleType.String, SampleType.String, Upper, "1.5", "to upper case"),
        new(
            "field",
            ArgumentSignature.Of(2, ArgumentType.Integer, ArgumentType.Text, ArgumentType.Integer),
            SampleType.String,
            SampleType.String,
            Field,
            "1.6",
            "a field, or several, between delimiters")
        {
            Prepare = PrepareField,
        },
    ];

    private static bool Lower(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Span<byte> result = source.Scratch.Take(sample.Bytes);
        int length = Math.Min(sample.Bytes.Length, result.Length);
        for (int index = 0; index < length; index++) result[index] = Ascii.ToLower(sample.Bytes[index]);
        sample.SetString(result[..length]);
        return true;
    }

    private static bool Upper(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Span<byte> result = source.Scratch.Take(sample.Bytes);
        int length = Math.Min(sample.Bytes.Length, result.Length);
        for (int index = 0; index < length; index++) result[index] = Ascii.ToUpper(sample.Bytes[index]);
        sample.SetString(result[..length]);
        return true;
    }

    private static string? PrepareField(Arguments arguments, CompileContext context)
    {
        if (arguments.Integer(0) == 0) return "Unexpected value 0 for index";
        return arguments.Has(1) ? null : "Empty separators list";
    }

    /// <summary>
    /// From the left with a positive index, from the right with a negative one; a count of 0 means all that follow in
    /// that direction. An empty field is no value.
    /// </summary>
    private static bool Field(SampleSource source, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> text = sample.Bytes;
        ReadOnlySpan<byte> delimiters = arguments.Text(1);
        long index = arguments.Integer(0);
        long count = arguments.Integer(2, 1);
        bool isFromRight = index < 0;
        for (long skipped = 1; skipped < Math.Abs(index); skipped++)
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
        return !text.IsEmpty;
    }
}
