using System;
using System.Numerics;
using System.Security.Cryptography;

namespace Hawser.Expressions.Converters;

/// <summary>
/// A key of RFC 7517 that opens tokens: a secret, a private key of RSA, or one of a curve. Immutable. The library's keys
/// are made for each token, since they are not for several threads at once; that allocates.
/// </summary>
internal sealed class JsonWebKey
{
    /// <summary>Of the modulus; longer ones would let one token take a loop's time.</summary>
    private const int LongestRsaBytes = 1024;

    private static readonly JsonPath s_type = Path("$.kty"u8);
    private static readonly JsonPath s_curve = Path("$.crv"u8);

    private RSAParameters? _rsa;
    private ECParameters? _curve;

    private JsonWebKey()
    {
    }

    /// <summary>Null for a key pair, or for a secret that is not base64url.</summary>
    public byte[]? Secret { get; private init; }

    /// <summary>Bytes of the modulus; 0 when it is no key of RSA.</summary>
    public int RsaBytes => _rsa?.Modulus!.Length ?? 0;

    public static JsonWebKey OfSecret(ReadOnlySpan<byte> secret) => new() { Secret = secret.ToArray() };

    /// <param name="problem">What is wrong, in HAProxy's words.</param>
    public static JsonWebKey? Parse(ReadOnlySpan<byte> json, out string? problem)
    {
        Span<byte> room = stackalloc byte[16];
        problem = "Missing key type (expected 'oct', 'RSA' or 'EC')";
        if (!TryText(s_type, json, room, out ReadOnlySpan<byte> type)) return null;
        if (type.SequenceEqual("oct"u8))
        {
            problem = TryRaw(json, "k"u8, out ReadOnlySpan<byte> text) ? null : "Missing 'k' field in JWK";
            return problem is null ? new JsonWebKey { Secret = Decode(text) } : null;
        }

        if (type.SequenceEqual("RSA"u8))
        {
            RSAParameters? rsa = ReadRsa(json);
            problem = rsa is null ? "Failed to parse RSA JWK" : null;
            return rsa is null ? null : new JsonWebKey { _rsa = rsa };
        }

        if (type.SequenceEqual("EC"u8))
        {
            ECParameters? curve = ReadCurve(json, isPrivate: true);
            problem = curve is null ? "Failed to parse EC JWK" : null;
            return curve is null ? null : new JsonWebKey { _curve = curve };
        }

        problem = "Unmanaged key type (expected 'oct', 'RSA' or 'EC')";
        return null;
    }

    /// <summary>
    /// The key that was encrypted with the public one. Where the padding is wrong, the key is one that nobody knows, so
    /// that what is answered does not tell (RFC 7516 section 11.5).
    /// </summary>
    /// <param name="key">As long as the key must be.</param>
    /// <returns>False when it is no key of RSA or does not fit what was encrypted.</returns>
    public bool TryDecryptRsa(ReadOnlySpan<byte> encrypted, Span<byte> key, RSAEncryptionPadding padding)
    {
        if (_rsa is not { } parameters || encrypted.Length != RsaBytes) return false;
        Span<byte> room = stackalloc byte[LongestRsaBytes];
        int length;
        try
        {
            using RSA rsa = RSA.Create(parameters);
            if (!rsa.TryDecrypt(encrypted, room, padding, out length)) length = 0;
        }
        catch (CryptographicException)
        {
            // The library has no other way to say so.
            length = 0;
        }

        if (length != key.Length)
        {
            length = MessageDigest.Sha512.ComputeKeyed(parameters.D, encrypted, room);
            if (length < key.Length) return false;
        }

        room[..key.Length].CopyTo(key);
        return true;
    }

    /// <summary>The shared secret Z of RFC 7518 section 4.6.</summary>
    /// <param name="ephemeral">"epk" of a token's header, in JSON.</param>
    /// <returns>Null when either is no key of the same curve.</returns>
    public byte[]? Agree(ReadOnlySpan<byte> ephemeral)
    {
        if (_curve is not { } parameters || ReadCurve(ephemeral, isPrivate: false) is not { } other) return null;
        if (other.Q.X!.Length != parameters.Q.X!.Length) return null;
        try
        {
            using ECDiffieHellman own = ECDiffieHellman.Create(parameters);
            using ECDiffieHellman peer = ECDiffieHellman.Create(other);
            using ECDiffieHellmanPublicKey point = peer.PublicKey;
            return own.DeriveRawSecretAgreement(point);
        }
        catch (CryptographicException)
        {
            // A point that is not on the curve.
            return null;
        }
    }

    private static RSAParameters? ReadRsa(ReadOnlySpan<byte> json)
    {
        if (Number(json, "n"u8) is not { Length: > 0 and <= LongestRsaBytes } modulus) return null;
        modulus = modulus.AsSpan().TrimStart((byte)0).ToArray();
        int half = (modulus.Length + 1) / 2;
        RSAParameters parameters = new()
        {
            Modulus = modulus,
            Exponent = Number(json, "e"u8),
            D = Padded(Number(json, "d"u8), modulus.Length),
            P = Padded(Number(json, "p"u8), half),
            Q = Padded(Number(json, "q"u8), half),
            DP = Padded(Number(json, "dp"u8), half),
            DQ = Padded(Number(json, "dq"u8), half),
            InverseQ = Padded(Number(json, "qi"u8), half),
        };
        bool isComplete = parameters is { Exponent.Length: > 0 and <= 8, D: not null, P: not null, Q: not null }
            and { DP: not null, DQ: not null, InverseQ: not null };
        return isComplete && IsConsistent(parameters) ? parameters : null;
    }

    /// <summary>A number that was cut is noticed here: a library may go on with what else it has.</summary>
    private static bool IsConsistent(in RSAParameters parameters)
    {
        BigInteger p = Value(parameters.P!);
        BigInteger q = Value(parameters.Q!);
        if (p <= BigInteger.One || q <= BigInteger.One || p * q != Value(parameters.Modulus!)) return false;
        BigInteger d = Value(parameters.D!);
        return Value(parameters.InverseQ!) * q % p == BigInteger.One
            && d % (p - 1) == Value(parameters.DP!)
            && d % (q - 1) == Value(parameters.DQ!);
    }

    private static BigInteger Value(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static ECParameters? ReadCurve(ReadOnlySpan<byte> json, bool isPrivate)
    {
        Span<byte> room = stackalloc byte[16];
        if (!TryText(s_curve, json, room, out ReadOnlySpan<byte> name)) return null;
        (ECCurve curve, int bytes) = name switch
        {
            _ when name.SequenceEqual("P-256"u8) => (ECCurve.NamedCurves.nistP256, 32),
            _ when name.SequenceEqual("P-384"u8) => (ECCurve.NamedCurves.nistP384, 48),
            _ when name.SequenceEqual("P-521"u8) => (ECCurve.NamedCurves.nistP521, 66),
            _ => (default, 0),
        };
        if (bytes == 0) return null;
        ECParameters parameters = new()
        {
            Curve = curve,
            Q = new ECPoint { X = Padded(Number(json, "x"u8), bytes), Y = Padded(Number(json, "y"u8), bytes) },
            D = isPrivate ? Padded(Number(json, "d"u8), bytes) : null,
        };
        bool isComplete = parameters.Q is { X: not null, Y: not null } && (!isPrivate || parameters.D is not null);
        return isComplete ? parameters : null;
    }

    private static byte[]? Number(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name) =>
        TryRaw(json, name, out ReadOnlySpan<byte> text) ? Decode(text) : null;

    /// <summary>With the zeroes in front that writers may leave out.</summary>
    private static byte[]? Padded(byte[]? number, int bytes)
    {
        if (number is null || number.Length > bytes) return null;
        byte[] result = new byte[bytes];
        number.CopyTo(result, bytes - number.Length);
        return result;
    }

    private static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        byte[] bytes = new byte[text.Length];
        return Base64Text.TryDecodeUrl(text, bytes, out int length) ? bytes[..length] : null;
    }

    private static bool TryRaw(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        JsonCursor cursor = new(json);
        value = default;
        return cursor.TryEnterMember(name) && cursor.Kind == JsonKind.Text && cursor.TryReadRaw(out value);
    }

    private static bool TryText(JsonPath path, ReadOnlySpan<byte> json, Span<byte> room, out ReadOnlySpan<byte> value)
    {
        Samples.Sample sample = default;
        bool isFound = path.TryEvaluate(json, room, ref sample) && sample.Type == Samples.SampleType.String;
        value = sample.Bytes;
        return isFound;
    }

    private static JsonPath Path(ReadOnlySpan<byte> text) => JsonPath.Parse(text, wantsInteger: false);
}
