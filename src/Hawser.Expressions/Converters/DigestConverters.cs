using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Converters;

/// <summary>Cryptographic hashes and message authentication codes.</summary>
public static class DigestConverters
{
    private const int LongestKeyBytes = 1024;

    public static ConverterRow[] Rows { get; } =
    [
        new("sha1", ArgumentSignature.None, SampleType.Binary, SampleType.Binary, Sha1, "1.8", "SHA-1"),
        Row("sha2", ArgumentSignature.Optional(ArgumentType.Integer), Digest, "2.1", "SHA-2 of 256 or another number of bits", PrepareSha2),
        Row("digest", ArgumentSignature.Required(ArgumentType.Text), Digest, "2.2", "the message digest of an OpenSSL name", static (arguments, _) => PrepareNamed(arguments, arguments.String(0))),
        Row("hmac", ArgumentSignature.Required(ArgumentType.Text, ArgumentType.Text), Authenticate, "2.2", "the HMAC with a digest and a base64 key", PrepareAuthentication),
    ];

    private sealed record Authentication(MessageDigest Digest, Base64Operand Key);

    private static ConverterRow Row(
        string name,
        ArgumentSignature signature,
        ConverterEvaluator evaluate,
        string since,
        string description,
        ArgumentPreparation prepare) =>
        new(name, signature, SampleType.Binary, SampleType.Binary, evaluate, since, description) { Prepare = prepare };

    private static string? PrepareSha2(Arguments arguments, CompileContext context)
    {
        long bits = arguments.Integer(0, 256);
        return bits is 224 or 256 or 384 or 512
            ? PrepareNamed(arguments, $"SHA{bits}")
            : $"Unsupported number of bits: '{bits}'";
    }

    private static string? PrepareNamed(Arguments arguments, string name)
    {
        arguments.Prepared = MessageDigest.Find(name, out string? problem);
        return problem;
    }

    private static string? PrepareAuthentication(Arguments arguments, CompileContext context)
    {
        string name = arguments.String(0);
        if (MessageDigest.Find(name, out string? problem) is not { } digest) return problem;
        if (!digest.HasKeyedHash) return $"the HMAC with '{name}' is not implemented yet";
        if (Base64Operand.Parse(arguments, 1, context) is not { } key)
        {
            return "failed to parse key : argument needs to be base64 encoded, and can either be a string or a variable";
        }

        arguments.Prepared = new Authentication(digest, key);
        return null;
    }

    private static bool Sha1(SampleSource source, Arguments arguments, ref Sample sample) =>
        Digest(source, MessageDigest.Sha1, ref sample);

    private static bool Digest(SampleSource source, Arguments arguments, ref Sample sample) =>
        Digest(source, (MessageDigest)arguments.Prepared!, ref sample);

    private static bool Digest(SampleSource source, MessageDigest digest, ref Sample sample)
    {
        Span<byte> result = source.Scratch.Take(sample.Bytes);
        int length = digest.Compute(sample.Bytes, result);
        sample.SetBinary(result[..length]);
        return length > 0;
    }

    private static bool Authenticate(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Authentication authentication = (Authentication)arguments.Prepared!;
        if (!authentication.Key.TryGet(source, stackalloc byte[LongestKeyBytes], out ReadOnlySpan<byte> key)) return false;
        Span<byte> result = source.Scratch.Take(sample.Bytes);
        int length = authentication.Digest.ComputeKeyed(key, sample.Bytes, result);
        sample.SetBinary(result[..length]);
        return length > 0;
    }
}
