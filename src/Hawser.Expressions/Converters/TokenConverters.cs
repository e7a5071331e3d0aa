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
        new("jwt_verify_cert", ArgumentSignature.Required(ArgumentType.Text, ArgumentType.Text), SampleType.Binary, SampleType.Integer, Verify, "3.3", "as jwt_verify, with the key of a certificate")
        {
            Prepare = PrepareCertificate,
        },
    ];

    private static class Result
    {
        public const int Success = 1;
        public const int Failure = 0;
        public const int UnknownAlgorithm = -1;
        public const int UnmanagedAlgorithm = -2;
        public const int InvalidToken = -3;
        public const int UnknownKey = -5;
    }

    /// <param name="Algorithm">Null when the variable names it.</param>
    /// <param name="Secret">The key's argument as it is; empty when a variable holds it.</param>
    /// <param name="PublicKey">Null when the argument is no file of one.</param>
    private sealed record Verification(
        TokenAlgorithm? Algorithm, Variable? AlgorithmVariable, byte[] Secret, TokenKey? PublicKey, Variable? KeyVariable)
    {
        /// <summary>What the path in <see cref="KeyVariable"/> may name.</summary>
        public required LoadedFiles Known { get; init; }

        public bool IsForCertificates { get; init; }
    }

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

    /// <summary>A public key is read when this is compiled; a variable finds what another use of the converter named.</summary>
    private static string? PrepareVerification(Arguments arguments, CompileContext context)
    {
        if (PrepareAlgorithm(arguments, context, out TokenAlgorithm? algorithm, out Variable? algorithmVariable) is { } problem)
            return problem;
        Variable? keyVariable = Variable.Parse(arguments.String(1), context.Variables, out _);
        if (algorithm is { IsNone: true } && keyVariable is null)
            return "the algorithm 'none' needs no key; take it from a variable";
        TokenKey? publicKey = null;
        bool wantsPublicKey = keyVariable is null && algorithm is not { IsSecret: true };
        if (wantsPublicKey && File.Exists(arguments.String(1))) publicKey = context.PublicKeys.Load(arguments.String(1), TokenKey.Load);
        if (publicKey is null && wantsPublicKey && algorithm is not null)
            return $"no public key in PEM form can be read from '{arguments.String(1)}'";
        arguments.Prepared = new Verification(algorithm, algorithmVariable, arguments.Text(1).ToArray(), publicKey, keyVariable)
        {
            Known = context.PublicKeys,
        };
        return null;
    }

    private static string? PrepareCertificate(Arguments arguments, CompileContext context)
    {
        if (PrepareAlgorithm(arguments, context, out TokenAlgorithm? algorithm, out Variable? algorithmVariable) is { } problem)
            return problem;
        if (algorithm is { IsSecret: true }) return "HMAC-signed tokens can't be processed by this converter";
        Variable? keyVariable = Variable.Parse(arguments.String(1), context.Variables, out _);
        TokenKey? certificate = keyVariable is null ? context.Certificates.Load(arguments.String(1), TokenKey.LoadCertificate) : null;
        if (keyVariable is null && certificate is null)
            return $"no certificate in PEM form can be read from '{arguments.String(1)}'";
        arguments.Prepared = new Verification(algorithm, algorithmVariable, [], certificate, keyVariable)
        {
            Known = context.Certificates,
            IsForCertificates = true,
        };
        return null;
    }

    private static string? PrepareAlgorithm(
        Arguments arguments, CompileContext context, out TokenAlgorithm? algorithm, out Variable? variable)
    {
        variable = Variable.Parse(arguments.String(0), context.Variables, out _);
        algorithm = variable is null ? TokenAlgorithm.Find(arguments.Text(0)) : null;
        arguments.ReadsSource = true;
        return variable is null && algorithm is null ? $"unknown JWT algorithm: {arguments.String(0)}" : null;
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
        bool isSecretMissing = algorithm is { IsSecret: true } && secret.IsEmpty && !verification.IsForCertificates;
        if (isSecretMissing) return false;
        TokenKey? key = verification.PublicKey;
        if (verification.KeyVariable is not null && algorithm is { IsSecret: false }) key = verification.Known.Find<TokenKey>(secret);
        bool isUnmanaged = verification.IsForCertificates && algorithm is { IsSecret: true };
        sample.SetInteger(isUnmanaged ? Result.UnmanagedAlgorithm : Verify(sample.Bytes, algorithm, secret, key));
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
