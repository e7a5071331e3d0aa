using System;
using System.Buffers;
using System.Buffers.Text;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Converters;

/// <summary>Bytes as text and text as bytes: hexadecimal, binary, base64.</summary>
public static class EncodingConverters
{
    public static ConverterRow[] Rows { get; } =
    [
        new("hex", ArgumentSignature.None, SampleType.Binary, SampleType.String, Hex, "1.6", "bytes as upper case hexadecimal digits"),
        new("hex2i", ArgumentSignature.None, SampleType.String, SampleType.Integer, HexToInteger, "1.8", "the number that hexadecimal digits stand for"),
        new("base2", ArgumentSignature.None, SampleType.Binary, SampleType.String, Base2, "3.3", "bytes as binary digits"),
        new("base64", ArgumentSignature.None, SampleType.Binary, SampleType.String, ToBase64, "1.5", "bytes as base64"),
        new("b64dec", ArgumentSignature.None, SampleType.String, SampleType.Binary, FromBase64, "1.8", "base64 as bytes"),
        new("ub64enc", ArgumentSignature.None, SampleType.Binary, SampleType.String, ToBase64Url, "2.4", "bytes as base64url without padding"),
        new("ub64dec", ArgumentSignature.None, SampleType.String, SampleType.Binary, FromBase64Url, "2.4", "base64url as bytes"),
    ];

    /// <summary>As many whole bytes as fit.</summary>
    private static bool Hex(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Span<byte> result = source.Scratch.Take(sample.Bytes);
        int count = Math.Min(sample.Bytes.Length, result.Length / 2);
        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        for (int index = 0; index < count; index++)
        {
            byte value = sample.Bytes[index];
            result[2 * index] = digits[value >> 4];
            result[(2 * index) + 1] = digits[value & 15];
        }

        sample.SetString(result[..(2 * count)]);
        return true;
    }

    /// <summary>The lowest 64 bits; anything but digits is no value.</summary>
    private static bool HexToInteger(SampleSource source, Arguments arguments, ref Sample sample)
    {
        long result = 0;
        foreach (byte digit in sample.Bytes)
        {
            if (!Ascii.TryHexValue(digit, out int value)) return false;
            result = (result << 4) | (uint)value;
        }

        sample.SetInteger(result);
        return true;
    }

    /// <summary>As many whole bytes as fit.</summary>
    private static bool Base2(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Span<byte> result = source.Scratch.Take(sample.Bytes);
        int count = Math.Min(sample.Bytes.Length, result.Length / 8);
        for (int bit = 0; bit < 8 * count; bit++)
            result[bit] = (byte)('0' + ((sample.Bytes[bit / 8] >> (7 - (bit % 8))) & 1));
        sample.SetString(result[..(8 * count)]);
        return true;
    }

    private static bool ToBase64(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Span<byte> result = source.Scratch.Take(sample.Bytes);
        if (Base64.EncodeToUtf8(sample.Bytes, result, out _, out int length) != OperationStatus.Done) return false;
        sample.SetString(result[..length]);
        return true;
    }

    private static bool ToBase64Url(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Span<byte> result = source.Scratch.Take(sample.Bytes);
        if (Base64Url.EncodeToUtf8(sample.Bytes, result, out _, out int length) != OperationStatus.Done) return false;
        sample.SetString(result[..length]);
        return true;
    }

    private static bool FromBase64(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Span<byte> result = source.Scratch.Take(sample.Bytes);
        if (!Base64Text.TryDecode(sample.Bytes, result, out int length)) return false;
        sample.SetBinary(result[..length]);
        return true;
    }

    private static bool FromBase64Url(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Span<byte> result = source.Scratch.Take(sample.Bytes);
        if (!Base64Text.TryDecodeUrl(sample.Bytes, result, out int length)) return false;
        sample.SetBinary(result[..length]);
        return true;
    }
}
