using System;
using System.Buffers.Text;
using System.Security.Cryptography;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Expressions.Variables;

namespace Hawser.Expressions.Converters;

/// <summary>AES in the modes GCM and CBC. Keys, nonces and tags are base64, in the argument or in a variable.</summary>
public static class CipherConverters
{
    private const int BlockBytes = 16;
    private const int NonceBytes = 12;
    private const int LongestOperandBytes = 1024;

    public static ConverterRow[] Rows { get; } =
    [
        Gcm("aes_gcm_enc", true, "3.0", "encrypted with AES-GCM, the tag stored in a variable"),
        Gcm("aes_gcm_dec", false, "2.0", "decrypted with AES-GCM; no value when the tag is wrong"),
        Cbc("aes_cbc_enc", true, "encrypted with AES-CBC and PKCS#7 padding"),
        Cbc("aes_cbc_dec", false, "decrypted with AES-CBC and PKCS#7 padding"),
    ];

    /// <param name="KeyBytes">16, 24 or 32; a longer key is cut.</param>
    /// <param name="Ready">For a constant key in GCM.</param>
    private sealed record Cipher(
        int KeyBytes,
        Base64Operand Nonce,
        Base64Operand Key,
        SpareCipher? Ready,
        Base64Operand? Tag,
        Variable? TagVariable,
        Base64Operand? AssociatedData);

    private static ConverterRow Gcm(string name, bool encrypts, string since, string description) => new(
        name,
        ArgumentSignature.Of(
            4, ArgumentType.Integer, ArgumentType.Text, ArgumentType.Text, ArgumentType.Text, ArgumentType.Text),
        SampleType.Binary,
        SampleType.Binary,
        encrypts ? EncryptGcm : DecryptGcm,
        since,
        description)
    {
        Prepare = (arguments, context) => Prepare(arguments, context, hasTag: true, encrypts),
    };

    private static ConverterRow Cbc(string name, bool encrypts, string description) => new(
        name,
        ArgumentSignature.Of(3, ArgumentType.Integer, ArgumentType.Text, ArgumentType.Text, ArgumentType.Text),
        SampleType.Binary,
        SampleType.Binary,
        encrypts ? EncryptCbc : DecryptCbc,
        "3.4",
        description)
    {
        Prepare = (arguments, context) => Prepare(arguments, context, hasTag: false, encrypts),
    };

    private static string? Prepare(Arguments arguments, CompileContext context, bool hasTag, bool encrypts)
    {
        long bits = arguments.Integer(0);
        if (bits is not (128 or 192 or 256)) return "key size must be 128, 192 or 256 (bits)";
        if (Base64Operand.Parse(arguments, 1, context) is not { } nonce) return Unparsed("nonce");
        if (Base64Operand.Parse(arguments, 2, context) is not { } key) return Unparsed("key");
        Base64Operand? tag = null;
        Variable? tagVariable = null;
        if (hasTag && encrypts)
        {
            tagVariable = Variable.Parse(arguments.String(3), context.Variables, out string? problem);
            if (tagVariable is null) return $"failed to parse aead_tag : {problem}";
            arguments.ReadsSource = true;
        }
        else if (hasTag)
        {
            tag = Base64Operand.Parse(arguments, 3, context);
            if (tag is null) return Unparsed("aead_tag");
        }

        int last = hasTag ? 4 : 3;
        Base64Operand? associatedData = arguments.Has(last) ? Base64Operand.Parse(arguments, last, context) : null;
        if (arguments.Has(last) && associatedData is null) return Unparsed("aad");

        // OpenSSL takes a nonce of any length, the library's GCM one of 12 bytes, which is what everybody uses.
        if (hasTag && !nonce.IsVariable && nonce.Constant.Length is not (0 or NonceBytes))
            return $"a nonce of {nonce.Constant.Length} bytes is not implemented, only one of {NonceBytes}";
        int keyBytes = (int)bits / 8;
        bool isReady = hasTag && !key.IsVariable && key.Constant.Length >= keyBytes;
        SpareCipher? ready = isReady ? new SpareCipher(key.Constant[..keyBytes].ToArray()) : null;
        arguments.Prepared = new Cipher(keyBytes, nonce, key, ready, tag, tagVariable, associatedData);
        return null;
    }

    private static string Unparsed(string name) =>
        $"failed to parse {name} : argument needs to be base64 encoded, and can either be a string or a variable";

    private static bool EncryptGcm(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Cipher cipher = (Cipher)arguments.Prepared!;
        Span<byte> result = source.Scratch.Take(sample.Bytes);
        Span<byte> tag = stackalloc byte[SpareCipher.TagBytes];
        if (!TryGcm(source, cipher, sample.Bytes, tag, result, encrypts: true)) return false;
        Span<byte> text = stackalloc byte[Base64.GetMaxEncodedToUtf8Length(SpareCipher.TagBytes)];
        _ = Base64.EncodeToUtf8(tag, text, out _, out int length);
        scoped Sample stored = default;
        stored.SetString(text[..length]);
        if (!cipher.TagVariable!.TrySet(source, in stored)) return false;
        sample.SetBinary(result[..sample.Bytes.Length]);
        return true;
    }

    private static bool DecryptGcm(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Cipher cipher = (Cipher)arguments.Prepared!;
        Span<byte> room = stackalloc byte[LongestOperandBytes];
        if (!cipher.Tag!.TryGet(source, room, out ReadOnlySpan<byte> given) || given.Length != SpareCipher.TagBytes) return false;
        Span<byte> tag = stackalloc byte[SpareCipher.TagBytes];
        given.CopyTo(tag);
        Span<byte> result = source.Scratch.Take(sample.Bytes);
        if (!TryGcm(source, cipher, sample.Bytes, tag, result, encrypts: false)) return false;
        sample.SetBinary(result[..sample.Bytes.Length]);
        return true;
    }

    /// <summary>Allocates a cipher when the key comes from a variable: the library has none without.</summary>
    private static bool TryGcm(
        SampleSource source, Cipher cipher, ReadOnlySpan<byte> input, Span<byte> tag, Span<byte> result, bool encrypts)
    {
        Span<byte> nonceRoom = stackalloc byte[LongestOperandBytes];
        Span<byte> keyRoom = stackalloc byte[LongestOperandBytes];
        Span<byte> dataRoom = stackalloc byte[LongestOperandBytes];
        scoped ReadOnlySpan<byte> associatedData = default;
        if (input.Length > result.Length) return false;
        if (!cipher.Nonce.TryGet(source, nonceRoom, out ReadOnlySpan<byte> nonce) || nonce.Length != NonceBytes) return false;
        if (cipher.AssociatedData is { } data && !data.TryGet(source, dataRoom, out associatedData)) return false;
        if (cipher.Ready is { } ready)
        {
            AesGcm spare = ready.Rent();
            bool isDone = TryGcm(spare, nonce, input, tag, result, associatedData, encrypts);
            ready.Return(spare);
            return isDone;
        }

        if (!cipher.Key.TryGet(source, keyRoom, out ReadOnlySpan<byte> key) || key.Length < cipher.KeyBytes) return false;
        using AesGcm own = new(key[..cipher.KeyBytes], SpareCipher.TagBytes);
        return TryGcm(own, nonce, input, tag, result, associatedData, encrypts);
    }

    private static bool TryGcm(
        AesGcm cipher,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> input,
        Span<byte> tag,
        Span<byte> result,
        ReadOnlySpan<byte> associatedData,
        bool encrypts)
    {
        if (encrypts)
        {
            cipher.Encrypt(nonce, input, result[..input.Length], tag, associatedData);
            return true;
        }

        try
        {
            cipher.Decrypt(nonce, input, tag, result[..input.Length], associatedData);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            // The library has no other way to say so.
            return false;
        }
    }

    private static bool EncryptCbc(SampleSource source, Arguments arguments, ref Sample sample) =>
        TryCbc(source, (Cipher)arguments.Prepared!, ref sample, encrypts: true);

    private static bool DecryptCbc(SampleSource source, Arguments arguments, ref Sample sample) =>
        TryCbc(source, (Cipher)arguments.Prepared!, ref sample, encrypts: false);

    /// <summary>
    /// Allocates: the library's CBC makes a cipher for each message. The associated data is not used, as in HAProxy:
    /// CBC has none.
    /// </summary>
    private static bool TryCbc(SampleSource source, Cipher cipher, ref Sample sample, bool encrypts)
    {
        Span<byte> nonceRoom = stackalloc byte[LongestOperandBytes];
        Span<byte> keyRoom = stackalloc byte[LongestOperandBytes];
        if (!cipher.Nonce.TryGet(source, nonceRoom, out ReadOnlySpan<byte> nonce)) return false;
        // A short one is filled with zeroes, as in HAProxy.
        Span<byte> initial = stackalloc byte[BlockBytes];
        initial.Clear();
        nonce[..Math.Min(nonce.Length, BlockBytes)].CopyTo(initial);
        if (!cipher.Key.TryGet(source, keyRoom, out ReadOnlySpan<byte> key) || key.Length < cipher.KeyBytes) return false;
        ReadOnlySpan<byte> input = sample.Bytes;
        Span<byte> result = source.Scratch.Take(input);
        if (encrypts ? input.Length + BlockBytes > result.Length : input.Length % BlockBytes != 0) return false;
        using Aes aes = Aes.Create();
        aes.SetKey(key[..cipher.KeyBytes]);
        int length;
        if (encrypts)
        {
            length = aes.EncryptCbc(input, initial, result);
        }
        else
        {
            try
            {
                length = aes.DecryptCbc(input, initial, result);
            }
            catch (CryptographicException)
            {
                // Wrong padding, which the library has no other way to tell.
                return false;
            }
        }

        sample.SetBinary(result[..length]);
        return true;
    }
}
