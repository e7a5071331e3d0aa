using System;
using Hawser.Base.Hashing;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Converters;

/// <summary>Hashes that spread keys; none of them keeps a secret.</summary>
public static class HashConverters
{
    private delegate uint ShortHash(ReadOnlySpan<byte> bytes);

    private delegate long SeededHash(ReadOnlySpan<byte> bytes, long seed);

    public static ConverterRow[] Rows { get; } =
    [
        Short("crc32", HashFunctions.Crc32, "1.6", "CRC-32 of Ethernet and gzip"),
        Short("crc32c", Crc32C.Compute, "1.9", "CRC-32C of RFC 4960"),
        Short("djb2", HashFunctions.Djb2, "1.6", "the hash DJB2"),
        Short("sdbm", HashFunctions.Sdbm, "1.6", "the hash SDBM"),
        Short("wt6", HashFunctions.Wt6, "1.6", "the hash WT6"),
        Seeded("xxh32", static (bytes, seed) => XxHash32.Compute(bytes, unchecked((uint)seed)), "1.8", "xxHash of 32 bits"),
        Seeded("xxh64", static (bytes, seed) => unchecked((long)XxHash64.Compute(bytes, (ulong)seed)), "1.8", "xxHash of 64 bits"),
        Seeded("xxh3", static (bytes, seed) => unchecked((long)XxHash3.Compute(bytes, (ulong)seed)), "2.4", "XXH3 of 64 bits"),
    ];

    /// <summary>The argument, when it is not 0, asks for an avalanche.</summary>
    private static ConverterRow Short(string name, ShortHash hash, string since, string description)
    {
        bool Evaluate(SampleSource source, Arguments arguments, ref Sample sample)
        {
            uint value = hash(sample.Bytes);
            sample.SetInteger(arguments.Integer(0) != 0 ? HashFunctions.Avalanche(value) : value);
            return true;
        }

        return Row(name, Evaluate, since, description);
    }

    private static ConverterRow Seeded(string name, SeededHash hash, string since, string description)
    {
        bool Evaluate(SampleSource source, Arguments arguments, ref Sample sample)
        {
            sample.SetInteger(hash(sample.Bytes, arguments.Integer(0)));
            return true;
        }

        return Row(name, Evaluate, since, description);
    }

    private static ConverterRow Row(string name, ConverterEvaluator evaluate, string since, string description) => new(
        name,
        ArgumentSignature.Optional(ArgumentType.Integer),
        SampleType.Binary,
        SampleType.Integer,
        evaluate,
        since,
        description);
}
