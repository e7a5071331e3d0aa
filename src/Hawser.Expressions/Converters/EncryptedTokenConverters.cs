using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Expressions.Variables;

namespace Hawser.Expressions.Converters;

/// <summary>What is in encrypted JSON web tokens. What cannot be opened, for whatever reason, has no value.</summary>
public static class EncryptedTokenConverters
{
    /// <summary>Of a secret in a variable; the longest that an algorithm has is 64.</summary>
    private const int LongestSecretBytes = 1024;

    public static ConverterRow[] Rows { get; } =
    [
        Row("jwt_decrypt_jwk", PrepareKey, "an encrypted token opened with a JSON web key"),
        Row("jwt_decrypt_secret", PrepareSecret, "an encrypted token opened with a secret in base64"),
    ];

    private static ConverterRow Row(string name, ArgumentPreparation prepare, string description) => new(
        name, ArgumentSignature.Required(ArgumentType.Text), SampleType.String, SampleType.Binary, Decrypt, "3.4", description)
    {
        Prepare = prepare,
    };

    private static string? PrepareKey(Arguments arguments, CompileContext context)
    {
        if (Variable.Parse(arguments.String(0), context.Variables, out _) is { } variable)
        {
            arguments.ReadsSource = true;
            arguments.Prepared = new TokenDecryption(context.TokenAlgorithms, null, variable, null);
            return null;
        }

        if (JsonWebKey.Parse(arguments.Text(0), out string? problem) is not { } key) return problem;
        arguments.Prepared = new TokenDecryption(context.TokenAlgorithms, key, null, null);
        return null;
    }

    private static string? PrepareSecret(Arguments arguments, CompileContext context)
    {
        if (Base64Operand.Parse(arguments, 0, context) is not { } secret)
            return "failed to parse secret: argument needs to be base64 encoded, and can either be a string or a variable";
        JsonWebKey? key = secret.IsVariable ? null : JsonWebKey.OfSecret(secret.Constant);
        arguments.Prepared = new TokenDecryption(context.TokenAlgorithms, key, null, secret);
        return null;
    }

    private static bool Decrypt(SampleSource source, Arguments arguments, ref Sample sample)
    {
        TokenDecryption decryption = (TokenDecryption)arguments.Prepared!;
        ReadOnlySpan<byte> text = sample.Bytes;
        if (KeyFor(source, decryption) is not { } key || !EncryptedToken.TryParse(text, out EncryptedToken token)) return false;
        if (!token.TryDecrypt(key, decryption, source.Scratch.Take(text), source.Scratch, out Span<byte> plain)) return false;
        sample.SetBinary(plain);
        return true;
    }

    private static JsonWebKey? KeyFor(SampleSource source, TokenDecryption decryption)
    {
        if (decryption.Key is { } key) return key;
        if (decryption.KeyVariable is { } variable)
        {
            bool isSet = VariableText.TryGet(source, variable, SampleType.String, out ReadOnlySpan<byte> json);
            return isSet ? JsonWebKey.Parse(json, out _) : null;
        }

        Span<byte> room = stackalloc byte[LongestSecretBytes];
        return decryption.Secret!.TryGet(source, room, out ReadOnlySpan<byte> secret) ? JsonWebKey.OfSecret(secret) : null;
    }
}
