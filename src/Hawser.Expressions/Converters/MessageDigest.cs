using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using Hawser.Base.Hashing;

namespace Hawser.Expressions.Converters;

/// <summary>
/// A cryptographic hash, found by one of its OpenSSL names: the runtime's, and the system's OpenSSL for what the runtime
/// does not have. Neither it nor its HMAC allocates managed memory.
/// </summary>
internal sealed class MessageDigest
{
    public const int LongestBytes = 64;

    private static readonly Dictionary<string, MessageDigest> s_byName = Index(
        new("MD5", MD5.HashData, HMACMD5.HashData, "SSL3-MD5"),
        new("SHA1", SHA1.HashData, HMACSHA1.HashData, "SHA-1", "SSL3-SHA1", "RSA-SHA1"),
        new("SHA224", HashSha224, null, "SHA-224", "SHA2-224", "RSA-SHA224"),
        new("SHA256", SHA256.HashData, HMACSHA256.HashData, "SHA-256", "SHA2-256", "RSA-SHA256"),
        new("SHA384", SHA384.HashData, HMACSHA384.HashData, "SHA-384", "SHA2-384", "RSA-SHA384"),
        new("SHA512", SHA512.HashData, HMACSHA512.HashData, "SHA-512", "SHA2-512", "RSA-SHA512"),
        new("SHA3-256", SHA3_256.HashData, HMACSHA3_256.HashData, "RSA-SHA3-256") { IsSupported = SHA3_256.IsSupported },
        new("SHA3-384", SHA3_384.HashData, HMACSHA3_384.HashData, "RSA-SHA3-384") { IsSupported = SHA3_384.IsSupported },
        new("SHA3-512", SHA3_512.HashData, HMACSHA3_512.HashData, "RSA-SHA3-512") { IsSupported = SHA3_512.IsSupported },
        new("SHAKE128", HashShake128, null, "SHAKE-128") { IsSupported = Shake128.IsSupported },
        new("SHAKE256", HashShake256, null, "SHAKE-256") { IsSupported = Shake256.IsSupported });

    private readonly string[] _names;
    private readonly Hash _hash;
    private readonly KeyedHash? _keyedHash;

    private MessageDigest(string name, Hash hash, KeyedHash? keyedHash, params string[] otherNames)
    {
        _names = [name, .. otherNames];
        _hash = hash;
        _keyedHash = keyedHash;
    }

    private delegate int Hash(ReadOnlySpan<byte> bytes, Span<byte> destination);

    private delegate int KeyedHash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bytes, Span<byte> destination);

    public static MessageDigest Sha1 => s_byName["SHA1"];

    public static MessageDigest Sha256 => s_byName["SHA256"];

    public static MessageDigest Sha384 => s_byName["SHA384"];

    public static MessageDigest Sha512 => s_byName["SHA512"];

    public bool HasKeyedHash => _keyedHash is not null;

    /// <summary>False when the system's OpenSSL is too old for it.</summary>
    private bool IsSupported { get; init; } = true;

    /// <param name="name">Of OpenSSL, in any case.</param>
    /// <param name="problem">HAProxy's sentence for a name that does not exist.</param>
    public static MessageDigest? Find(string name, out string? problem)
    {
        problem = null;
        bool isOurs = s_byName.TryGetValue(name, out MessageDigest? found) && found.IsSupported;
        if (isOurs && found!.HasKeyedHash) return found;
        if (LibcryptoDigest.Find(name) is { } other) return new MessageDigest(name, other.Compute, other.ComputeKeyed);
        if (isOurs) return found;
        problem = LibcryptoDigest.IsAvailable
            ? "algorithm must be a valid OpenSSL message digest name"
            : $"the message digest '{name}' needs the library {LibcryptoDigest.FileName}, which cannot be loaded";
        return null;
    }

    /// <param name="destination">At least <see cref="LongestBytes"/>.</param>
    /// <returns>The bytes written; 0 when the library refuses the algorithm.</returns>
    public int Compute(ReadOnlySpan<byte> bytes, Span<byte> destination) => _hash(bytes, destination);

    /// <summary>HMAC (RFC 2104); only where <see cref="HasKeyedHash"/>.</summary>
    /// <inheritdoc cref="Compute"/>
    public int ComputeKeyed(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bytes, Span<byte> destination) =>
        _keyedHash!(key, bytes, destination);

    private static Dictionary<string, MessageDigest> Index(params MessageDigest[] digests)
    {
        Dictionary<string, MessageDigest> index = new(StringComparer.OrdinalIgnoreCase);
        foreach (MessageDigest digest in digests)
        {
            foreach (string name in digest._names) index.Add(name, digest);
        }

        return index;
    }

    private static int HashSha224(ReadOnlySpan<byte> bytes, Span<byte> destination)
    {
        Sha224.Compute(bytes, destination);
        return Sha224.Bytes;
    }

    /// <summary>The length that OpenSSL takes where none is asked for.</summary>
    private static int HashShake128(ReadOnlySpan<byte> bytes, Span<byte> destination)
    {
        Shake128.HashData(bytes, destination[..16]);
        return 16;
    }

    /// <inheritdoc cref="HashShake128"/>
    private static int HashShake256(ReadOnlySpan<byte> bytes, Span<byte> destination)
    {
        Shake256.HashData(bytes, destination[..32]);
        return 32;
    }
}
