using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Converters;

/// <summary>
/// An encrypted token in its compact form: header, encrypted key, initial vector, content and tag, each in base64url
/// with a dot between (RFC 7516 section 3.1).
/// </summary>
internal readonly ref struct EncryptedToken
{
    private const int Parts = 5;

    /// <summary>Of a key that is encrypted with RSA; others are shorter.</summary>
    private const int LongestEncryptedKeyBytes = 1024;

    private static readonly JsonPath s_algorithm = Path("$.alg"u8);
    private static readonly JsonPath s_encryption = Path("$.enc"u8);
    private static readonly JsonPath s_vector = Path("$.iv"u8);
    private static readonly JsonPath s_tag = Path("$.tag"u8);
    private static readonly JsonPath s_producer = Path("$.apu"u8);
    private static readonly JsonPath s_recipient = Path("$.apv"u8);

    private readonly ReadOnlySpan<byte> _encryptedKey;
    private readonly ReadOnlySpan<byte> _vector;
    private readonly ReadOnlySpan<byte> _content;
    private readonly ReadOnlySpan<byte> _tag;
    private readonly ReadOnlySpan<byte> _header;

    private EncryptedToken(ReadOnlySpan<byte> text, scoped ReadOnlySpan<int> dots)
    {
        _header = text[..dots[0]];
        _encryptedKey = text[(dots[0] + 1)..dots[1]];
        _vector = text[(dots[1] + 1)..dots[2]];
        _content = text[(dots[2] + 1)..dots[3]];
        _tag = text[(dots[3] + 1)..];
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out EncryptedToken token)
    {
        token = default;
        Span<int> dots = stackalloc int[Parts - 1];
        if (text.Count((byte)'.') != dots.Length) return false;
        int at = -1;
        foreach (ref int dot in dots)
        {
            at += 1 + text[(at + 1)..].IndexOf((byte)'.');
            dot = at;
        }

        token = new EncryptedToken(text, dots);
        return true;
    }

    /// <summary>Opens it. Allocates ciphers and keys of the library, which it has no way to use without.</summary>
    /// <param name="first">A block that the token does not lie in; as long as the token at least.</param>
    /// <param name="scratch">Where the other block is.</param>
    /// <param name="plain">What it says, in the other block: the token may be overwritten then.</param>
    /// <returns>False for whatever reason; all look alike.</returns>
    public bool TryDecrypt(JsonWebKey key, TokenDecryption allowed, Span<byte> first, Scratch scratch, out Span<byte> plain)
    {
        plain = default;
        if (!Base64Text.TryDecodeUrl(_header, first, out int headerLength)) return false;
        ReadOnlySpan<byte> header = first[..headerLength];
        Span<byte> names = stackalloc byte[64];
        if (!TryText(s_encryption, header, names, out ReadOnlySpan<byte> name)) return false;
        if (allowed.FindContent(name) is not { } encryption) return false;
        if (!TryText(s_algorithm, header, names, out name) || allowed.FindKey(name) is not { } algorithm) return false;

        // RFC 7516 sections 4.1.3 and 4.1.13: "crit" lists what must be understood, and none is; "zip" is a compressed
        // text. HAProxy looks at neither (docs/divergences.md, "Encrypted tokens").
        JsonCursor critical = new(header);
        JsonCursor compressed = new(header);
        if (critical.TryEnterMember("crit"u8) || compressed.TryEnterMember("zip"u8)) return false;
        Span<byte> contentKey = stackalloc byte[ContentEncryption.LongestKeyBytes];
        contentKey = contentKey[..encryption.KeyBytes];
        if (!TryGetContentKey(key, algorithm, encryption, header, contentKey)) return false;

        Span<byte> tagRoom = stackalloc byte[ContentEncryption.LongestKeyBytes];
        if (!Base64Text.TryDecodeUrl(_tag, tagRoom, out int tagLength)) return false;
        _header.CopyTo(first);
        int length = _header.Length;
        if (!Base64Text.TryDecodeUrl(_vector, first[length..], out int vectorLength) || vectorLength != encryption.VectorBytes) return false;
        length += vectorLength;
        if (!Base64Text.TryDecodeUrl(_content, first[length..], out int contentLength)) return false;
        length += contentLength + ContentEncryption.LengthBytes;
        if (length > first.Length) return false;
        Span<byte> message = first[..length];
        int headerBytes = _header.Length;
        plain = scratch.Take(first);
        int plainLength = encryption.Decrypt(contentKey, message, headerBytes, tagRoom[..tagLength], plain);
        CryptographicOperations.ZeroMemory(contentKey);
        if (plainLength < 0) return false;
        plain = plain[..plainLength];
        return true;
    }

    private bool TryGetContentKey(
        JsonWebKey key, TokenKeyAlgorithm algorithm, ContentEncryption encryption, ReadOnlySpan<byte> header, Span<byte> contentKey)
    {
        Span<byte> room = stackalloc byte[LongestEncryptedKeyBytes];
        if (!Base64Text.TryDecodeUrl(_encryptedKey, room, out int length)) return false;
        ReadOnlySpan<byte> encrypted = room[..length];
        ReadOnlySpan<byte> secret = key.Secret;
        switch (algorithm.Management)
        {
            case TokenKeyManagement.Direct:
                return encrypted.IsEmpty && secret.TryCopyTo(contentKey) && secret.Length == contentKey.Length;
            case TokenKeyManagement.AesWrap:
                return secret.Length == algorithm.KeyBytes && AesKeyWrap.TryUnwrap(secret, encrypted, contentKey);
            case TokenKeyManagement.AesGcm:
                return secret.Length == algorithm.KeyBytes && TryOpen(secret, encrypted, header, contentKey);
            case TokenKeyManagement.Rsa:
                return key.TryDecryptRsa(encrypted, contentKey, algorithm.Padding!);
            case TokenKeyManagement.Agreement:
                return encrypted.IsEmpty && TryAgree(key, encryption.NameBytes, header, contentKey);
            default:
                Span<byte> wrapping = stackalloc byte[algorithm.KeyBytes];
                return TryAgree(key, algorithm.NameBytes, header, wrapping) && AesKeyWrap.TryUnwrap(wrapping, encrypted, contentKey);
        }
    }

    /// <summary>RFC 7518 section 4.7.</summary>
    private static bool TryOpen(
        ReadOnlySpan<byte> secret, ReadOnlySpan<byte> encrypted, ReadOnlySpan<byte> header, Span<byte> contentKey)
    {
        Span<byte> vector = stackalloc byte[64];
        Span<byte> tag = stackalloc byte[64];
        if (!TryDecoded(s_vector, header, vector, out int vectorLength) || vectorLength != 12) return false;
        if (!TryDecoded(s_tag, header, tag, out int tagLength) || tagLength != SpareCipher.TagBytes) return false;
        if (encrypted.Length != contentKey.Length) return false;
        using AesGcm cipher = new(secret, SpareCipher.TagBytes);
        try
        {
            cipher.Decrypt(vector[..vectorLength], encrypted, tag[..tagLength], contentKey);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            // The library has no other way to say so.
            return false;
        }
    }

    /// <summary>RFC 7518 section 4.6: Diffie-Hellman, and the key derived by the Concat KDF with SHA-256.</summary>
    /// <param name="use">Name of the algorithm that the key is for.</param>
    private static bool TryAgree(JsonWebKey key, ReadOnlySpan<byte> use, ReadOnlySpan<byte> header, Span<byte> result)
    {
        JsonCursor cursor = new(header);
        if (!cursor.TryEnterMember("epk"u8) || !cursor.TryReadRaw(out ReadOnlySpan<byte> ephemeral)) return false;
        if (!TryOptional(s_producer, header, out byte[] producer) || !TryOptional(s_recipient, header, out byte[] recipient)) return false;
        if (key.Agree(ephemeral) is not { } shared) return false;
        byte[] input = new byte[(4 * sizeof(uint)) + shared.Length + use.Length + producer.Length + recipient.Length + sizeof(uint)];
        int at = sizeof(uint);
        shared.CopyTo(input, at);
        at += shared.Length;
        Append(input, use, ref at);
        Append(input, producer, ref at);
        Append(input, recipient, ref at);
        BinaryPrimitives.WriteUInt32BigEndian(input.AsSpan(at), 8 * (uint)result.Length);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        for (uint round = 1; !result.IsEmpty; round++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(input, round);
            SHA256.HashData(input, hash);
            int taken = Math.Min(hash.Length, result.Length);
            hash[..taken].CopyTo(result);
            result = result[taken..];
        }

        return true;
    }

    private static void Append(byte[] input, ReadOnlySpan<byte> part, ref int at)
    {
        BinaryPrimitives.WriteInt32BigEndian(input.AsSpan(at), part.Length);
        part.CopyTo(input.AsSpan(at + sizeof(uint)));
        at += sizeof(uint) + part.Length;
    }

    /// <returns>False when it is there and no base64url, or very long.</returns>
    private static bool TryOptional(JsonPath path, ReadOnlySpan<byte> header, out byte[] value)
    {
        value = [];
        Span<byte> room = stackalloc byte[1024];
        if (!TryText(path, header, room, out ReadOnlySpan<byte> text)) return true;
        byte[] decoded = new byte[text.Length];
        if (!Base64Text.TryDecodeUrl(text, decoded, out int length)) return false;
        value = decoded[..length];
        return true;
    }

    private static bool TryDecoded(JsonPath path, ReadOnlySpan<byte> header, Span<byte> room, out int length)
    {
        Span<byte> names = stackalloc byte[64];
        length = 0;
        return TryText(path, header, names, out ReadOnlySpan<byte> text) && Base64Text.TryDecodeUrl(text, room, out length);
    }

    private static bool TryText(JsonPath path, ReadOnlySpan<byte> json, Span<byte> room, out ReadOnlySpan<byte> value)
    {
        Sample sample = default;
        bool isFound = path.TryEvaluate(json, room, ref sample) && sample.Type == SampleType.String;
        value = sample.Bytes;
        return isFound;
    }

    private static JsonPath Path(ReadOnlySpan<byte> text) => JsonPath.Parse(text, wantsInteger: false);
}
