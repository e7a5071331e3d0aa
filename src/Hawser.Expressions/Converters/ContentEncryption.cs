using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Hawser.Expressions.Converters;

/// <summary>An algorithm of RFC 7518 section 5: "enc" of an encrypted token.</summary>
internal sealed class ContentEncryption
{
    /// <summary>Of a key: A256CBC-HS512.</summary>
    public const int LongestKeyBytes = 64;

    /// <summary>The length of the authenticated header in bits, behind what is authenticated with CBC.</summary>
    public const int LengthBytes = sizeof(ulong);

    private const int GcmNonceBytes = 12;
    private const int BlockBytes = 16;

    private static readonly ContentEncryption[] s_all =
    [
        new("A128CBC-HS256", 32, MessageDigest.Sha256),
        new("A192CBC-HS384", 48, MessageDigest.Sha384),
        new("A256CBC-HS512", 64, MessageDigest.Sha512),
        new("A128GCM", 16, null),
        new("A192GCM", 24, null),
        new("A256GCM", 32, null),
    ];

    private readonly byte[] _name;
    private readonly MessageDigest? _digest;

    private ContentEncryption(string name, int keyBytes, MessageDigest? digest)
    {
        _name = Encoding.ASCII.GetBytes(name);
        Name = name;
        KeyBytes = keyBytes;
        _digest = digest;
    }

    public string Name { get; }

    public ReadOnlySpan<byte> NameBytes => _name;

    /// <summary>With CBC the first half authenticates, the second encrypts.</summary>
    public int KeyBytes { get; }

    /// <summary>Of the initial vector.</summary>
    public int VectorBytes => _digest is null ? GcmNonceBytes : BlockBytes;

    public int TagBytes => _digest is null ? SpareCipher.TagBytes : KeyBytes / 2;

    /// <returns>Null for a name that is none.</returns>
    public static ContentEncryption? Find(ReadOnlySpan<byte> name)
    {
        foreach (ContentEncryption encryption in s_all)
        {
            if (name.SequenceEqual(encryption._name)) return encryption;
        }

        return null;
    }

    /// <summary>Authenticates, then decrypts. Allocates a cipher: the library has none without.</summary>
    /// <param name="key">Of <see cref="KeyBytes"/>.</param>
    /// <param name="message">
    /// The header as in the token, the initial vector, the content, and <see cref="LengthBytes"/> to write to: one after
    /// the other, as HMAC wants them.
    /// </param>
    /// <param name="plain">Has room for the content.</param>
    /// <returns>Bytes of the plain text; -1 when the token is not what its sender made.</returns>
    public int Decrypt(
        ReadOnlySpan<byte> key, Span<byte> message, int headerBytes, ReadOnlySpan<byte> tag, Span<byte> plain)
    {
        ReadOnlySpan<byte> header = message[..headerBytes];
        ReadOnlySpan<byte> vector = message.Slice(headerBytes, VectorBytes);
        ReadOnlySpan<byte> content = message[(headerBytes + VectorBytes)..^LengthBytes];
        if (tag.Length != TagBytes) return -1;
        if (_digest is null)
        {
            using AesGcm cipher = new(key, SpareCipher.TagBytes);
            try
            {
                cipher.Decrypt(vector, content, tag, plain[..content.Length], header);
                return content.Length;
            }
            catch (AuthenticationTagMismatchException)
            {
                // The library has no other way to say so.
                return -1;
            }
        }

        BinaryPrimitives.WriteUInt64BigEndian(message[^LengthBytes..], 8UL * (ulong)headerBytes);
        Span<byte> expected = stackalloc byte[MessageDigest.LongestBytes];
        int length = _digest.ComputeKeyed(key[..(KeyBytes / 2)], message, expected);
        if (length < TagBytes || !CryptographicOperations.FixedTimeEquals(expected[..TagBytes], tag)) return -1;
        if (content.Length % BlockBytes != 0 || content.IsEmpty) return -1;
        using Aes aes = Aes.Create();
        aes.SetKey(key[(KeyBytes / 2)..]);
        try
        {
            return aes.TryDecryptCbc(content, vector, plain, out int written) ? written : -1;
        }
        catch (CryptographicException)
        {
            // Wrong padding by somebody who has the key.
            return -1;
        }
    }
}
