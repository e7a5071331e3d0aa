using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Converters;

/// <summary>Converters that look at a text as a row of bytes: its case, its length, its ends.</summary>
public static class TextConverters
{
    /// <summary>Every control character but the tabulator.</summary>
    private const ulong DefaultControls = 0x1_FFFF_FDFF;
    private const ulong AllControls = 0x1_FFFF_FFFF;

    /// <summary>CR, LF and NUL, which no HTTP header value may hold.</summary>
    private const ulong HttpControls = 0x2401;

    public static ConverterRow[] Rows { get; } =
    [
        new("lower", ArgumentSignature.None, SampleType.String, SampleType.String, Lower, "1.5", "to lower case"),
        new("upper", ArgumentSignature.None, SampleType.String, SampleType.String, Upper, "1.5", "to upper case"),
        new("length", ArgumentSignature.None, SampleType.String, SampleType.Integer, Length, "1.9", "number of bytes"),
        new("reverse", ArgumentSignature.None, SampleType.String, SampleType.String, Reverse, "3.5", "the bytes from last to first"),
        new("cut_crlf", ArgumentSignature.None, SampleType.String, SampleType.String, CutLine, "2.2", "up to the first CR or LF"),
        new("ltrim", ArgumentSignature.Required(ArgumentType.Text), SampleType.String, SampleType.String, TrimStart, "2.2", "without some characters at its start"),
        new("rtrim", ArgumentSignature.Required(ArgumentType.Text), SampleType.String, SampleType.String, TrimEnd, "2.2", "without some characters at its end"),
        new("bytes", ArgumentSignature.Of(1, ArgumentType.Text, ArgumentType.Text), SampleType.Binary, SampleType.Binary, Slice, "1.6", "a part, by offset and length")
        {
            Prepare = PrepareSlice,
        },
        new("has_ctl", ArgumentSignature.Optional(ArgumentType.Text), SampleType.Binary, SampleType.Boolean, HasControl, "3.5", "whether some control characters occur")
        {
            Prepare = PrepareControls,
        },
    ];

    private sealed record Range(IntegerOperand Offset, IntegerOperand? Length);

    private sealed record ControlMask(ulong Bits);

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

    private static bool Length(SampleSource source, Arguments arguments, ref Sample sample)
    {
        sample.SetInteger(sample.Bytes.Length);
        return true;
    }

    private static bool Reverse(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Span<byte> result = source.Scratch.Take(sample.Bytes);
        if (!sample.Bytes.TryCopyTo(result)) return false;
        result = result[..sample.Bytes.Length];
        result.Reverse();
        sample.SetString(result);
        return true;
    }

    private static bool CutLine(SampleSource source, Arguments arguments, ref Sample sample)
    {
        int end = sample.Bytes.IndexOfAny((byte)'\r', (byte)'\n');
        sample.SetString(end < 0 ? sample.Bytes : sample.Bytes[..end]);
        return true;
    }

    private static bool TrimStart(SampleSource source, Arguments arguments, ref Sample sample)
    {
        sample.SetString(arguments.Has(0) ? sample.Bytes.TrimStart(arguments.Text(0)) : sample.Bytes);
        return true;
    }

    private static bool TrimEnd(SampleSource source, Arguments arguments, ref Sample sample)
    {
        sample.SetString(arguments.Has(0) ? sample.Bytes.TrimEnd(arguments.Text(0)) : sample.Bytes);
        return true;
    }

    private static string? PrepareSlice(Arguments arguments, CompileContext context)
    {
        if (IntegerOperand.Parse(arguments, 0, context, out string? problem) is not { } offset) return problem;
        if (!offset.IsVariable && offset.Constant < 0) return "expects a non-negative integer";
        IntegerOperand? length = null;
        if (arguments.Count > 1)
        {
            length = IntegerOperand.Parse(arguments, 1, context, out problem);
            if (length is null) return problem;
            if (!length.IsVariable && length.Constant <= 0) return "expects a positive integer";
        }

        arguments.Prepared = new Range(offset, length);
        return null;
    }

    /// <summary>
    /// An offset or length that makes no sense is no value; an offset beyond the end gives no bytes, a length beyond it
    /// those up to the end.
    /// </summary>
    private static bool Slice(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Range range = (Range)arguments.Prepared!;
        ReadOnlySpan<byte> bytes = sample.Bytes;
        if (!range.Offset.TryGet(source, out long offset) || offset < 0) return false;
        offset = Math.Min(offset, bytes.Length);
        long length = bytes.Length - offset;
        if (range.Length is not null)
        {
            if (!range.Length.TryGet(source, out long wanted) || wanted < 0) return false;
            length = Math.Min(length, wanted);
        }

        sample.SetBinary(bytes.Slice((int)offset, (int)length));
        return true;
    }

    private static string? PrepareControls(Arguments arguments, CompileContext context)
    {
        ReadOnlySpan<byte> text = arguments.Text(0);
        if (text.IsEmpty) arguments.Prepared = new ControlMask(DefaultControls);
        else if (text.SequenceEqual("any"u8)) arguments.Prepared = new ControlMask(AllControls);
        else if (text.SequenceEqual("http"u8)) arguments.Prepared = new ControlMask(HttpControls);
        if (arguments.Prepared is not null) return null;

        bool isHex = text.StartsWith("0x"u8);
        bool isNegative = text[0] == '-';
        ReadOnlySpan<byte> digits = isHex ? text[2..] : isNegative ? text[1..] : text;
        if (!TryParseNumber(digits, isHex ? 16u : digits.StartsWith("0"u8) ? 8u : 10u, out ulong bits, out int length))
        {
            int at = length == 0 ? (isHex ? 1 : 0) : text.Length - digits.Length + length;
            return $"cannot parse value '{arguments.String(0)}', problem at position {at}; "
                + "expecting an integer value (decimal or hex with '0x' prefix)";
        }

        if (isNegative) bits = unchecked(0 - bits);
        if ((bits & ~AllControls) != 0)
            return $"unsupported excess bits 0x{bits & ~AllControls:x} in argument value {arguments.String(0)}";
        arguments.Prepared = new ControlMask(bits);
        return null;
    }

    /// <summary>As strtoull(3): a number that starts with a zero is octal.</summary>
    /// <param name="length">The digits there are, also when others follow.</param>
    private static bool TryParseNumber(ReadOnlySpan<byte> digits, uint radix, out ulong value, out int length)
    {
        value = 0;
        for (length = 0; length < digits.Length; length++)
        {
            if (!Ascii.TryHexValue(digits[length], out int digit) || digit >= radix) return false;
            UInt128 next = ((UInt128)value * radix) + (uint)digit;
            value = next > ulong.MaxValue ? ulong.MaxValue : (ulong)next;
        }

        return length > 0;
    }

    private static bool HasControl(SampleSource source, Arguments arguments, ref Sample sample)
    {
        ulong bits = ((ControlMask)arguments.Prepared!).Bits;
        bool isFound = false;
        foreach (byte value in sample.Bytes)
        {
            isFound = value < 0x20 ? (bits >> value & 1) != 0 : value == 0x7F && (bits >> 32 & 1) != 0;
            if (isFound) break;
        }

        sample.SetBoolean(isFound);
        return true;
    }
}
