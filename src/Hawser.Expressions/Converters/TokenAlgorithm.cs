using System;
using System.Security.Cryptography;
using System.Text;

namespace Hawser.Expressions.Converters;

/// <summary>An algorithm of RFC 7518 section 3.1.</summary>
internal sealed class TokenAlgorithm
{
    private static readonly TokenAlgorithm[] s_all =
    [
        new("HS256", MessageDigest.Sha256) { IsSecret = true },
        new("HS384", MessageDigest.Sha384) { IsSecret = true },
        new("HS512", MessageDigest.Sha512) { IsSecret = true },
        new("RS256", MessageDigest.Sha256) { Padding = RSASignaturePadding.Pkcs1 },
        new("RS384", MessageDigest.Sha384) { Padding = RSASignaturePadding.Pkcs1 },
        new("RS512", MessageDigest.Sha512) { Padding = RSASignaturePadding.Pkcs1 },
        new("PS256", MessageDigest.Sha256) { Padding = RSASignaturePadding.Pss },
        new("PS384", MessageDigest.Sha384) { Padding = RSASignaturePadding.Pss },
        new("PS512", MessageDigest.Sha512) { Padding = RSASignaturePadding.Pss },
        new("ES256", MessageDigest.Sha256) { SignatureBytes = 64 },
        new("ES384", MessageDigest.Sha384) { SignatureBytes = 96 },
        new("ES512", MessageDigest.Sha512) { SignatureBytes = 132 },
        new("none", MessageDigest.Sha256) { IsNone = true },
    ];

    private readonly byte[] _name;

    private TokenAlgorithm(string name, MessageDigest digest)
    {
        _name = Encoding.ASCII.GetBytes(name);
        Digest = digest;
    }

    public MessageDigest Digest { get; }

    /// <summary>An HMAC.</summary>
    public bool IsSecret { get; private init; }

    public bool IsNone { get; private init; }

    /// <summary>Of RSA; null for the others.</summary>
    public RSASignaturePadding? Padding { get; private init; }

    /// <summary>Of an elliptic curve; 0 for the others.</summary>
    public int SignatureBytes { get; private init; }

    public HashAlgorithmName Hash =>
        Digest == MessageDigest.Sha256 ? HashAlgorithmName.SHA256
        : Digest == MessageDigest.Sha384 ? HashAlgorithmName.SHA384
        : HashAlgorithmName.SHA512;

    public static TokenAlgorithm? Find(ReadOnlySpan<byte> name)
    {
        foreach (TokenAlgorithm algorithm in s_all)
        {
            if (name.SequenceEqual(algorithm._name)) return algorithm;
        }

        return null;
    }
}
