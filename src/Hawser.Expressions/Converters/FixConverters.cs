using System;
using System.Globalization;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Converters;

/// <summary>Messages of FIX, the financial information exchange: fields of a number, "=", a value and a byte 1.</summary>
public static class FixConverters
{
    private const byte Delimiter = 1;
    private const int BeginString = 8;
    private const int BodyLength = 9;
    private const int CheckSum = 10;
    private const int MessageType = 35;
    private const int SenderCompId = 49;
    private const int TargetCompId = 56;

    public static ConverterRow[] Rows { get; } =
    [
        new("fix_is_valid", ArgumentSignature.None, SampleType.Binary, SampleType.Boolean, IsValid, "2.4", "whether it is a valid FIX message"),
        new("fix_tag_value", ArgumentSignature.Required(ArgumentType.Text), SampleType.Binary, SampleType.Binary, TagValue, "2.4", "the value of a tag of a FIX message")
        {
            Prepare = PrepareTag,
        },
    ];

    private sealed record Tag(int Number);

    private static string? PrepareTag(Arguments arguments, CompileContext context)
    {
        int? number = arguments.String(0) switch
        {
            nameof(BeginString) => BeginString,
            nameof(BodyLength) => BodyLength,
            nameof(CheckSum) => CheckSum,
            "MsgType" => MessageType,
            "SenderCompID" => SenderCompId,
            "TargetCompID" => TargetCompId,
            string text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0 => value,
            _ => null,
        };
        arguments.Prepared = number is { } known ? new Tag(known) : null;
        return number is null ? $"Unknown FIX tag name '{arguments.String(0)}'" : null;
    }

    /// <summary>Of the first field with the tag; the message itself is not checked.</summary>
    private static bool TagValue(SampleSource source, Arguments arguments, ref Sample sample)
    {
        int wanted = ((Tag)arguments.Prepared!).Number;
        ReadOnlySpan<byte> rest = sample.Bytes;
        while (TryField(ref rest, out int tag, out ReadOnlySpan<byte> value))
        {
            if (tag != wanted) continue;
            sample.SetBinary(value);
            return true;
        }

        return false;
    }

    private enum Verdict
    {
        Valid,
        Invalid,
        Incomplete,
    }

    /// <summary>
    /// The checks are those of the manual, "fix_is_valid"; what follows the message does not matter. No value before
    /// all of it is there.
    /// </summary>
    private static bool IsValid(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Verdict verdict = Judge(sample.Bytes);
        sample.SetBoolean(verdict == Verdict.Valid);
        return verdict != Verdict.Incomplete;
    }

    private static Verdict Judge(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> rest = message;
        ReadOnlySpan<byte> body = default;
        uint bodyBytes = 0;
        for (int field = 0; ; field++)
        {
            ReadOnlySpan<byte> before = rest;
            if (!rest.Contains(Delimiter)) return Verdict.Incomplete;
            if (!TryField(ref rest, out int tag, out ReadOnlySpan<byte> value)) return Verdict.Invalid;
            bool isExpected = field switch
            {
                0 => tag == BeginString && IsVersion(value),
                1 => tag == BodyLength && Ascii.TryParseUnsigned(value, out bodyBytes),
                2 => tag == MessageType,
                _ => true,
            };
            if (!isExpected) return Verdict.Invalid;
            if (field == 1) body = rest;
            if (field <= 2 || tag != CheckSum) continue;

            bool isWhereItIsSaid = (uint)(body.Length - before.Length) == bodyBytes;
            int sum = 0;
            foreach (byte part in message[..(message.Length - before.Length)]) sum += part;
            bool isRight = isWhereItIsSaid && value.Length == 3 && Ascii.TryParseUnsigned(value, out uint check)
                && check == (sum & 0xFF);
            return isRight ? Verdict.Valid : Verdict.Invalid;
        }
    }

    private static bool IsVersion(ReadOnlySpan<byte> value) =>
        value.SequenceEqual("FIXT.1.1"u8)
        || (value.Length == 7 && value.StartsWith("FIX."u8) && value[5] == '.'
            && value[4] is (byte)'4' or (byte)'5' && Ascii.IsDigit(value[6]));

    /// <summary>A field with a number, a value and a delimiter; anything else ends the message.</summary>
    private static bool TryField(scoped ref ReadOnlySpan<byte> rest, out int tag, out ReadOnlySpan<byte> value)
    {
        tag = 0;
        value = default;
        int end = rest.IndexOf(Delimiter);
        int equals = end < 0 ? -1 : rest[..end].IndexOf((byte)'=');
        if (equals <= 0 || equals + 1 == end || !Ascii.TryParseUnsigned(rest[..equals], out uint number)) return false;
        if (number is 0 or > int.MaxValue) return false;
        tag = (int)number;
        value = rest[(equals + 1)..end];
        rest = rest[(end + 1)..];
        return true;
    }
}
