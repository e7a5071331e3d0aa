using System;
using System.Buffers.Text;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Xunit;

namespace Hawser.Tests.Expressions;

/// <summary>Tokens with public keys: the one of RFC 7515 appendix A.3, and fresh ones for what RFCs have no token for.</summary>
public sealed class TokenKeyTests : IDisposable
{
    private const string RfcToken =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private readonly string _directory = Directory.CreateTempSubdirectory("hawser-token").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void The_token_of_the_rfc_is_right()
    {
        ECPoint point = new()
        {
            X = Base64Url.DecodeFromChars("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
            Y = Base64Url.DecodeFromChars("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"),
        };
        using ECDsa key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        string path = Save("rfc", key.ExportSubjectPublicKeyInfoPem());
        Assert.Equal("1", EvaluatedText.Of($"str({RfcToken}),jwt_verify(ES256,{path})"));
        Assert.Equal("0", EvaluatedText.Of($"str({RfcToken.Replace(".eyJp", ".eyJq", StringComparison.Ordinal)}),jwt_verify(ES256,{path})"));
        Assert.Equal("1", EvaluatedText.Of($"str({RfcToken}),jwt_verify(txn.alg,{path})", ("txn.alg", "str(ES256)")));
        Assert.Equal("-3", EvaluatedText.Of($"str({RfcToken}),jwt_verify(txn.alg,{path})", ("txn.alg", "str(ES384)")));
        Assert.Equal("-1", EvaluatedText.Of($"str({RfcToken}),jwt_verify(txn.alg,{path})", ("txn.alg", "str(nothing)")));
        Assert.Equal("0", EvaluatedText.Of($"str({RfcToken}),jwt_verify(RS256,{path})"));
        Assert.Equal("0", EvaluatedText.Of($"str({RfcToken}),jwt_verify(txn.alg,{path})", ("txn.alg", "str(none)")));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    public void A_token_of_rsa_is_right_or_not(string algorithm)
    {
        using RSA key = RSA.Create(2048);
        string path = Save(algorithm, algorithm[0] == 'R' ? key.ExportRSAPublicKeyPem() : key.ExportSubjectPublicKeyInfoPem());
        HashAlgorithmName hash = new("SHA" + algorithm[2..]);
        RSASignaturePadding padding = algorithm[0] == 'R' ? RSASignaturePadding.Pkcs1 : RSASignaturePadding.Pss;
        byte[] signed = Encoding.ASCII.GetBytes("eyJhIjoxfQ.eyJiIjoyfQ");
        string signature = Base64Url.EncodeToString(key.SignData(signed, hash, padding));
        Assert.Equal("1", EvaluatedText.Of($"str(eyJhIjoxfQ.eyJiIjoyfQ.{signature}),jwt_verify({algorithm},{path})"));
        Assert.Equal("0", EvaluatedText.Of($"str(eyJhIjoxfQ.eyJiIjoyfR.{signature}),jwt_verify({algorithm},{path})"));
    }

    [Theory]
    [InlineData("ES384")]
    [InlineData("ES512")]
    public void A_token_of_a_curve_is_right_or_not(string algorithm)
    {
        using ECDsa key = ECDsa.Create(algorithm == "ES384" ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP521);
        string path = Save(algorithm, key.ExportSubjectPublicKeyInfoPem());
        byte[] signed = Encoding.ASCII.GetBytes("eyJhIjoxfQ.eyJiIjoyfQ");
        string signature = Base64Url.EncodeToString(key.SignData(signed, new HashAlgorithmName("SHA" + algorithm[2..])));
        Assert.Equal("1", EvaluatedText.Of($"str(eyJhIjoxfQ.eyJiIjoyfQ.{signature}),jwt_verify({algorithm},{path})"));
        Assert.Equal("0", EvaluatedText.Of($"str(eyJhIjoxfR.eyJiIjoyfQ.{signature}),jwt_verify({algorithm},{path})"));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS384")]
    [InlineData("ES256")]
    public void The_certificate_of_the_signer_proves_a_token(string algorithm)
    {
        using RSA rsa = RSA.Create(2048);
        using ECDsa curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        HashAlgorithmName hash = new("SHA" + algorithm[2..]);
        RSASignaturePadding padding = algorithm[0] == 'R' ? RSASignaturePadding.Pkcs1 : RSASignaturePadding.Pss;
        CertificateRequest request = algorithm[0] == 'E'
            ? new CertificateRequest("CN=a", curve, HashAlgorithmName.SHA256)
            : new CertificateRequest("CN=a", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1));
        string path = Save("certificate" + algorithm, certificate.ExportCertificatePem());
        byte[] signed = Encoding.ASCII.GetBytes("eyJhIjoxfQ.eyJiIjoyfQ");
        string signature = Base64Url.EncodeToString(algorithm[0] == 'E' ? curve.SignData(signed, hash) : rsa.SignData(signed, hash, padding));
        Assert.Equal("1", EvaluatedText.Of($"str(eyJhIjoxfQ.eyJiIjoyfQ.{signature}),jwt_verify_cert({algorithm},{path})"));
        Assert.Equal("0", EvaluatedText.Of($"str(eyJhIjoxfQ.eyJiIjoyfR.{signature}),jwt_verify_cert({algorithm},{path})"));
        Assert.Equal("-2", EvaluatedText.Of($"str(eyJhIjoxfQ.eyJiIjoyfQ.{signature}),jwt_verify_cert(txn.alg,{path})", ("txn.alg", "str(HS256)")));
        Assert.Equal("-5", EvaluatedText.Of($"str(eyJhIjoxfQ.eyJiIjoyfQ.{signature}),jwt_verify_cert({algorithm},txn.path)", ("txn.path", "str(/nowhere)")));
        Assert.Equal(
            "ERROR: invalid args in converter 'jwt_verify_cert' : HMAC-signed tokens can't be processed by this converter",
            EvaluatedText.Of($"str(a.b.c),jwt_verify_cert(HS256,{path})"));
        Assert.Equal(
            $"ERROR: invalid args in converter 'jwt_verify_cert' : no certificate in PEM form can be read from '{path}x'",
            EvaluatedText.Of($"str(a.b.c),jwt_verify_cert({algorithm},{path}x)"));
    }

    [Fact]
    public void A_variable_names_a_key_that_another_use_has_read()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string path = Save("named", key.ExportSubjectPublicKeyInfoPem());
        byte[] signed = Encoding.ASCII.GetBytes("eyJhIjoxfQ.eyJiIjoyfQ");
        string token = "eyJhIjoxfQ.eyJiIjoyfQ." + Base64Url.EncodeToString(key.SignData(signed, HashAlgorithmName.SHA256));
        string unread = EvaluatedText.Of($"str({token}),jwt_verify(ES256,txn.path)", ("txn.path", $"str({path})"));
        string read = EvaluatedText.Of(
            $"str({token}),jwt_verify(ES256,txn.path)", ("txn.path", $"str({path})"), ("txn.other", $"str(a.b.c),jwt_verify(ES256,{path})"));
        Assert.Equal(("-5", "1"), (unread, read));
    }

    [Fact]
    public void A_key_that_cannot_be_read_is_an_error()
    {
        string path = Path.Combine(_directory, "nothing.pem");
        Assert.Equal(
            $"ERROR: invalid args in converter 'jwt_verify' : no public key in PEM form can be read from '{path}'",
            EvaluatedText.Of($"str(a.b.c),jwt_verify(RS256,{path})"));
        Assert.Equal("-5", EvaluatedText.Of($"str(a.b.YWJj),jwt_verify(txn.alg,{path})", ("txn.alg", "str(RS256)")));
    }

    private string Save(string name, string text)
    {
        string path = Path.Combine(_directory, name + ".pem");
        File.WriteAllText(path, text);
        return path;
    }
}
