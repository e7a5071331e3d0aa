using System;
using System.IO;
using System.Security.Cryptography;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Expressions.Variables;

namespace Hawser.Expressions.Converters;

/// <summary>JSON web tokens: what is in them, and whether their signature is right.</summary>
public static class TokenConverters
{
    private const int LongestSignatureBytes = 2048;

    public static ConverterRow[] Rows { get; } =
    [
        Query("jwt_header_query", HeaderQuery, "the header of a token, or a value out of it"),
        Query("jwt_payload_query", PayloadQuery, "the payload of a signed token, or a value out of it"),
        new("jwt_verify", ArgumentSignature.Required(ArgumentType.Text, ArgumentType.Text), SampleType.Binary, SampleType.Integer, Verify, "2.5", "1 for a token whose signature is right, 0 or less for others")
        {
            Prepare = PrepareVerification,
        },
    ];

    private static class Result
    {
        public const int Success = 1;
        public const int Failure = 0;
        public const int UnknownAlgorithm = -1;
        public const int InvalidToken = -3;
        public const int UnknownKey = -5;
    }

    /// <param name="Algorithm">Null when the variable names it.</param>
    /// <param name="Secret">The key's argument as it is; empty when a variable holds it.</param>
    /// <param name="PublicKey">Null when the argument is no file of one.</param>
    private sealed record Verification(
        TokenAlgorithm? Algorithm, Variable? AlgorithmVariable, byte[] Secret, TokenKey? PublicKey, Variable? KeyVariable);

    private static ConverterRow Query(string name, ConverterEvaluator evaluate, string description) => new(
        name,
        ArgumentSignature.Optional(ArgumentType.Text, ArgumentType.Text),
        SampleType.Binary,
        SampleType.Any,
        evaluate,
        "2.5",
        description)
    {
        Prepare = static (arguments, _) => arguments.Has(0) ? JsonConverters.PreparePath(arguments) : null,
    };

    private static bool HeaderQuery(SampleSource source, Arguments arguments, ref Sample sample) =>
        JsonWebToken.TryParse(sample.Bytes, out JsonWebToken token, out _)
        && QueryPart(source, arguments, token.Header, ref sample);

    private static bool PayloadQuery(SampleSource source, Arguments arguments, ref Sample sample) =>
        JsonWebToken.TryParse(sample.Bytes, out JsonWebToken token, out _)
        && QueryPart(source, arguments, token.Payload, ref sample);

    private static bool QueryPart(SampleSource source, Arguments arguments, ReadOnlySpan<byte> part, ref Sample sample)
    {
        Span<byte> decoded = source.Scratch.Take(part);
        if (!Base64Text.TryDecodeUrl(part, decoded, out int length)) return false;
        decoded = decoded[..length];
        sample.SetString(decoded);
        return arguments.Prepared is not JsonPath path || path.TryEvaluate(decoded, source.Scratch.Take(decoded), ref sample);
    }

    /// <summary>
    /// A public key is read when this is compiled. HAProxy also finds the key of a path in a variable, if another use
    /// of the converter named the file; here such a use is refused when the algorithm is known, and
    /// otherwise answers that the key is unknown.
    /// </summary>
    private static string? PrepareVerification(Arguments arguments, CompileContext context)
    {
        Variable? algorithmVariable = Variable.Parse(arguments.String(0), context.Variables, out _);
        Variable? keyVariable = Variable.Parse(arguments.String(1), context.Variables, out _);
        TokenAlgorithm? algorithm = algorithmVariable is null ? TokenAlgorithm.Find(arguments.Text(0)) : null;
        if (algorithmVariable is null && algorithm is null) return $"unknown JWT algorithm: {arguments.String(0)}";
        if (algorithm is { IsNone: true }) return "the algorithm 'none' needs no key; take it from a variable";
        arguments.ReadsSource = true;
        TokenKey? publicKey = null;
        bool wantsPublicKey = keyVariable is null && algorithm is not { IsSecret: true };
        if (keyVariable is not null && algorithm is { IsSecret: false })
            return "a variable with the path of a public key is not implemented yet";
        if (wantsPublicKey && File.Exists(arguments.String(1))) publicKey = TokenKey.Load(arguments.String(1));
        if (publicKey is null && wantsPublicKey && algorithm is not null)
            return $"no public key in PEM form can be read from '{arguments.String(1)}'";
        arguments.Prepared =
            new Verification(algorithm, algorithmVariable, arguments.Text(1).ToArray(), publicKey, keyVariable);
        return null;
    }

    private static bool Verify(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Verification verification = (Verification)arguments.Prepared!;
        TokenAlgorithm? algorithm = verification.Algorithm;
        ReadOnlySpan<byte> secret = verification.Secret;
        if (verification.AlgorithmVariable is { } algorithmVariable)
        {
            if (!VariableText.TryGet(source, algorithmVariable, SampleType.String, out ReadOnlySpan<byte> name)) return false;
            algorithm = TokenAlgorithm.Find(name);
        }

        if (verification.KeyVariable is { } keyVariable
            && !VariableText.TryGet(source, keyVariable, SampleType.Binary, out secret)) return false;
        bool isSecretMissing = algorithm is { IsSecret: true } && secret.IsEmpty;
        if (isSecretMissing) return false;
        sample.SetInteger(Verify(sample.Bytes, algorithm, secret, verification.PublicKey));
        return true;
    }

    private static int Verify(
        ReadOnlySpan<byte> text, TokenAlgorithm? algorithm, ReadOnlySpan<byte> secret, TokenKey? publicKey)
    {
        if (algorithm is null) return Result.UnknownAlgorithm;
        if (!JsonWebToken.TryParse(text, out JsonWebToken token, out int parts) || parts != 3) return Result.InvalidToken;
        if (algorithm.IsNone) return token.Signature.IsEmpty ? Result.Success : Result.Failure;
        Span<byte> signature = stackalloc byte[LongestSignatureBytes];
        if (token.Signature.IsEmpty || !Base64Text.TryDecodeUrl(token.Signature, signature, out int length))
            return Result.InvalidToken;
        signature = signature[..length];
        if (algorithm.IsSecret)
        {
            Span<byte> expected = stackalloc byte[MessageDigest.LongestBytes];
            expected = expected[..algorithm.Digest.ComputeKeyed(secret, token.Signed, expected)];
            return CryptographicOperations.FixedTimeEquals(expected, signature) ? Result.Success : Result.Failure;
        }

        if (publicKey is null) return Result.UnknownKey;
        if (algorithm.SignatureBytes != 0 && length != algorithm.SignatureBytes) return Result.InvalidToken;
        Span<byte> hash = stackalloc byte[MessageDigest.LongestBytes];
        hash = hash[..algorithm.Digest.Compute(token.Signed, hash)];
        return publicKey.Verify(algorithm, hash, signature) ? Result.Success : Result.Failure;
    }
}
