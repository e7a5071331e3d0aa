using System;
using Hawser.Base.Bytes;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Converters;

/// <summary>Bytes in chunks of a size, each as a number or as digits, with a separator in between.</summary>
public static class ChunkConverters
{
    public static ConverterRow[] Rows { get; } =
    [
        Decimal("be2dec", true, "2.5", "chunks of bytes as big-endian decimal numbers"),
        Decimal("le2dec", false, "3.3", "chunks of bytes as little-endian decimal numbers"),
        new(
            "be2hex",
            ArgumentSignature.Of(1, ArgumentType.Text, ArgumentType.Integer, ArgumentType.Integer),
            SampleType.Binary,
            SampleType.String,
            Hex,
            "2.5",
            "chunks of bytes as hexadecimal digits")
        {
            Prepare = PrepareHex,
        },
    ];

    private static ConverterRow Decimal(string name, bool isBigEndian, string since, string description)
    {
        bool Evaluate(SampleSource source, Arguments arguments, ref Sample sample) =>
            Decimals(source, arguments, isBigEndian, ref sample);

        ArgumentSignature signature = ArgumentSignature.Of(1, ArgumentType.Text, ArgumentType.Integer, ArgumentType.Integer);
        return new ConverterRow(name, signature, SampleType.Binary, SampleType.String, Evaluate, since, description)
        {
            Prepare = PrepareDecimal,
        };
    }

    private static string? PrepareDecimal(Arguments arguments, CompileContext context)
    {
        long chunkBytes = arguments.Integer(1);
        if (chunkBytes is < 1 or > 8) return $"chunk_size out of [1..8] range ({chunkBytes})";
        return CheckTruncation(arguments);
    }

    private static string? PrepareHex(Arguments arguments, CompileContext context)
    {
        bool isChunked = arguments.Has(0) || arguments.Count > 2;
        long chunkBytes = arguments.Integer(1);
        if (isChunked && chunkBytes < 1) return $"chunk_size needs to be positive ({chunkBytes})";
        return CheckTruncation(arguments);
    }

    private static string? CheckTruncation(Arguments arguments)
    {
        long truncation = arguments.Integer(2);
        return truncation is 0 or 1 ? null : $"Unsupported truncate value ({truncation})";
    }

    /// <summary>As many whole numbers as fit.</summary>
    private static bool Decimals(SampleSource source, Arguments arguments, bool isBigEndian, ref Sample sample)
    {
        ReadOnlySpan<byte> rest = sample.Bytes;
        int chunkBytes = (int)arguments.Integer(1);
        if (arguments.Integer(2) != 0) rest = rest[..^(rest.Length % chunkBytes)];
        ByteWriter writer = new(source.Scratch.Take(sample.Bytes));
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<byte> chunk = rest[..Math.Min(chunkBytes, rest.Length)];
            rest = rest[chunk.Length..];
            ulong number = 0;
            for (int index = 0; index < chunk.Length; index++)
                number = (number << 8) | chunk[isBigEndian ? index : chunk.Length - 1 - index];
            int start = writer.Position;
            if ((start == 0 || writer.TryWrite(arguments.Text(0))) && writer.TryWriteDecimal(number)) continue;
            writer.Rewind(start);
            break;
        }

        sample.SetString(writer.Written);
        return true;
    }

    /// <summary>As many whole bytes as fit.</summary>
    private static bool Hex(SampleSource source, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> bytes = sample.Bytes;
        long chunkBytes = Math.Max(1, arguments.Integer(1));
        if (arguments.Integer(2) != 0) bytes = bytes[..^(int)(bytes.Length % chunkBytes)];
        ByteWriter writer = new(source.Scratch.Take(sample.Bytes));
        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        for (int index = 0; index < bytes.Length; index++)
        {
            int start = writer.Position;
            bool isSeparated = index > 0 && index % chunkBytes == 0;
            bool fits = (!isSeparated || writer.TryWrite(arguments.Text(0)))
                && writer.TryWrite(digits[bytes[index] >> 4])
                && writer.TryWrite(digits[bytes[index] & 15]);
            if (fits) continue;
            writer.Rewind(start);
            break;
        }

        sample.SetString(writer.Written);
        return true;
    }
}
