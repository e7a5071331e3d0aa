using System;
using System.Security.Cryptography;
using System.Text;

namespace Hawser.Expressions.Converters;

/// <summary>How the key of an encrypted token's content is got (RFC 7518 section 4).</summary>
public enum TokenKeyManagement : byte
{
    /// <summary>The key that is shared is that of the content.</summary>
    Direct,

    /// <summary>AES Key Wrap (RFC 3394).</summary>
    AesWrap,

    /// <summary>The key is encrypted with AES in Galois/Counter Mode.</summary>
    AesGcm,

    Rsa,

    /// <summary>Agreed on by Diffie-Hellman over a curve.</summary>
    Agreement,

    /// <summary>As <see cref="Agreement"/>, for a key that wraps the content's.</summary>
    AgreementAndWrap,
}

/// <summary>An algorithm of RFC 7518 section 4.1: "alg" of an encrypted token.</summary>
internal sealed class TokenKeyAlgorithm
{
    private static readonly TokenKeyAlgorithm[] s_all =
    [
        new("RSA1_5", TokenKeyManagement.Rsa, 0) { Padding = RSAEncryptionPadding.Pkcs1 },
        new("RSA-OAEP", TokenKeyManagement.Rsa, 0) { Padding = RSAEncryptionPadding.OaepSHA1 },
        new("RSA-OAEP-256", TokenKeyManagement.Rsa, 0) { Padding = RSAEncryptionPadding.OaepSHA256 },
        new("A128KW", TokenKeyManagement.AesWrap, 16),
        new("A192KW", TokenKeyManagement.AesWrap, 24),
        new("A256KW", TokenKeyManagement.AesWrap, 32),
        new("dir", TokenKeyManagement.Direct, 0),
        new("ECDH-ES", TokenKeyManagement.Agreement, 0),
        new("ECDH-ES+A128KW", TokenKeyManagement.AgreementAndWrap, 16),
        new("ECDH-ES+A192KW", TokenKeyManagement.AgreementAndWrap, 24),
        new("ECDH-ES+A256KW", TokenKeyManagement.AgreementAndWrap, 32),
        new("A128GCMKW", TokenKeyManagement.AesGcm, 16),
        new("A192GCMKW", TokenKeyManagement.AesGcm, 24),
        new("A256GCMKW", TokenKeyManagement.AesGcm, 32),
    ];

    private readonly byte[] _name;

    private TokenKeyAlgorithm(string name, TokenKeyManagement management, int keyBytes)
    {
        _name = Encoding.ASCII.GetBytes(name);
        Name = name;
        Management = management;
        KeyBytes = keyBytes;
    }

    public string Name { get; }

    public ReadOnlySpan<byte> NameBytes => _name;

    public TokenKeyManagement Management { get; }

    /// <summary>Of the key that wraps the content's; 0 where none does.</summary>
    public int KeyBytes { get; }

    /// <summary>Of RSA; null for the others.</summary>
    public RSAEncryptionPadding? Padding { get; private init; }

    /// <returns>Null for a name that is none; RSA1_5 only where the configuration allows it.</returns>
    public static TokenKeyAlgorithm? Find(ReadOnlySpan<byte> name)
    {
        foreach (TokenKeyAlgorithm algorithm in s_all)
        {
            if (name.SequenceEqual(algorithm._name)) return algorithm;
        }

        return null;
    }
}
