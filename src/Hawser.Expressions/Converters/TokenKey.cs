using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;

namespace Hawser.Expressions.Converters;

/// <summary>
/// A public key of RSA or of an elliptic curve. One user at a time has the key that is ready, as
/// <see cref="SpareCipher"/> explains. The library allocates a little for each signature.
/// </summary>
internal sealed class TokenKey
{
    private readonly string _pem;
    private readonly bool _isRsa;
    private AsymmetricAlgorithm? _spare;

    private TokenKey(string pem, AsymmetricAlgorithm key)
    {
        _pem = pem;
        _isRsa = key is RSA;
        _spare = key;
    }

    /// <returns>Null when the file holds no such key in PEM form.</returns>
    public static TokenKey? Load(string path)
    {
        try
        {
            string pem = File.ReadAllText(path);
            if (!pem.Contains("PUBLIC KEY-----", StringComparison.Ordinal)) return null;
            return TryCreate(RSA.Create(), pem) ?? TryCreate(ECDsa.Create(), pem);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <returns>The key of the first certificate; null when the file holds none in PEM form, or none with such a key.</returns>
    public static TokenKey? LoadCertificate(string path)
    {
        try
        {
            using X509Certificate2 certificate = X509Certificate2.CreateFromPem(File.ReadAllText(path));
            if (certificate.GetRSAPublicKey() is { } rsa) return new TokenKey(rsa.ExportSubjectPublicKeyInfoPem(), rsa);
            return certificate.GetECDsaPublicKey() is { } curve
                ? new TokenKey(curve.ExportSubjectPublicKeyInfoPem(), curve)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return null;
        }
    }

    public bool Verify(TokenAlgorithm algorithm, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        bool wantsRsa = algorithm.Padding is not null;
        if (wantsRsa != _isRsa) return false;
        AsymmetricAlgorithm key = Interlocked.Exchange(ref _spare, null) ?? Create();
        bool isRight = key is RSA rsa
            ? rsa.VerifyHash(hash, signature, algorithm.Hash, algorithm.Padding!)
            : ((ECDsa)key).VerifyHash(hash, signature);
        Interlocked.Exchange(ref _spare, key)?.Dispose();
        return isRight;
    }

    private AsymmetricAlgorithm Create()
    {
        AsymmetricAlgorithm key = _isRsa ? RSA.Create() : ECDsa.Create();
        key.ImportFromPem(_pem);
        return key;
    }

    private static TokenKey? TryCreate(AsymmetricAlgorithm key, string pem)
    {
        try
        {
            key.ImportFromPem(pem);
            return new TokenKey(pem, key);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            key.Dispose();
            return null;
        }
    }
}
