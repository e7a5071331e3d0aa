using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Converters;

/// <summary>Bytes as text and text as bytes: hexadecimal, base64 and their like.</summary>
public static class EncodingConverters
{
    public static ConverterRow[] Rows { get; } =
    [
        new("hex", ArgumentSignature.None, SampleType.Binary, SampleType.String, Hex, "1.6", "bytes as upper case hexadecimal digits"),
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
}
