using Xunit;

namespace Hawser.Tests.Expressions.ConverterVectors;

/// <summary>See <see cref="ConverterVector"/>: haproxy's answers.</summary>
public sealed class DigestVectors : ConverterVector
{
    [Theory]
    [InlineData("str(abc),sha1,hex", "A9993E364706816ABA3E25717850C26C9CD0D89D")]
    [InlineData("str(),sha1,hex", "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709")]
    [InlineData("str(abc),sha2,hex", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("str(abc),sha2(224),hex", "23097D223405D8228642A477BDA255B32AADBCE4BDA0B3F7E36C9DA7")]
    [InlineData("str(abc),sha2(256),hex", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("str(abc),sha2(384),hex", "CB00753F45A35E8BB5A03D699AC65007272C32AB0EDED1631A8B605A43FF5BED8086072BA1E7CC2358BAECA134C825A7")]
    [InlineData("str(abc),sha2(512),hex", "DDAF35A193617ABACC417349AE20413112E6FA4E89A97EA20A9EEEE64B55D39A2192992A274FC1A836BA3C23A3FEEBBD454D4423643CE80E2A9AC94FA54CA49F")]
    [InlineData("str(abc),sha2(128),hex", "ERROR: invalid args in converter 'sha2' : Unsupported number of bits: '128'")]
    [InlineData("str(abc),sha2(),hex", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("str(abc),digest(sha256),hex", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("str(abc),digest(SHA256),hex", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("str(abc),digest(SHA2-256),hex", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("str(abc),digest(sha-256),hex", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("str(abc),digest(sha1),hex", "A9993E364706816ABA3E25717850C26C9CD0D89D")]
    [InlineData("str(abc),digest(md5),hex", "900150983CD24FB0D6963F7D28E17F72")]
    [InlineData("str(abc),digest(sha224),hex", "23097D223405D8228642A477BDA255B32AADBCE4BDA0B3F7E36C9DA7")]
    [InlineData("str(abc),digest(sha384),hex", "CB00753F45A35E8BB5A03D699AC65007272C32AB0EDED1631A8B605A43FF5BED8086072BA1E7CC2358BAECA134C825A7")]
    [InlineData("str(abc),digest(sha512),hex", "DDAF35A193617ABACC417349AE20413112E6FA4E89A97EA20A9EEEE64B55D39A2192992A274FC1A836BA3C23A3FEEBBD454D4423643CE80E2A9AC94FA54CA49F")]
    [InlineData("str(abc),digest(sha3-256),hex", "3A985DA74FE225B2045C172D6BD390BD855F086E3E9D525B46BFE24511431532")]
    [InlineData("str(abc),digest(sha3-384),hex", "EC01498288516FC926459F58E2C6AD8DF9B473CB0FC08C2596DA7CF0E49BE4B298D88CEA927AC7F539F1EDF228376D25")]
    [InlineData("str(abc),digest(sha3-512),hex", "B751850B1A57168A5693CD924B6B096E08F621827444F70D884F5D0240D2712E10E116E9192AF3C91A7EC57647E3934057340B4CF408D5A56592F8274EEC53F0")]
    [InlineData("str(abc),digest(shake128),hex", "5881092DD818BF5CF8A3DDB793FBCBA7")]
    [InlineData("str(abc),digest(ssl3-md5),hex", "900150983CD24FB0D6963F7D28E17F72")]
    [InlineData("str(abc),digest(RSA-SHA256),hex", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("str(abc),digest(id-sha256),hex", "ERROR: invalid args in converter 'digest' : algorithm must be a valid OpenSSL message digest name")]
    [InlineData("str(abc),digest(none),hex", "ERROR: invalid args in converter 'digest' : algorithm must be a valid OpenSSL message digest name")]
    [InlineData("str(abc),digest(),hex", "ERROR: invalid args in converter 'digest' : algorithm must be a valid OpenSSL message digest name")]
    [InlineData("str(abc),digest,hex", "ERROR: invalid args in converter 'digest' : algorithm must be a valid OpenSSL message digest name")]
    public void A_message_has_a_digest(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("str(abc),hmac(sha256,a2V5),hex", "9C196E32DC0175F86F4B1CB89289D6619DE6BEE699E4C378E68309ED97A1A6AB")]
    [InlineData("str(abc),hmac(sha1,a2V5),hex", "4FD0B215276EF12F2B3E4C8ECAC2811498B656FC")]
    [InlineData("str(abc),hmac(md5,a2V5),hex", "D2FE98063F876B03193AFB49B4979591")]
    [InlineData("str(abc),hmac(sha512,a2V5),hex", "3926A207C8C42B0C41792CBD3E1A1AAAF5F7A25704F62DFC939C4987DD7CE060009C5BB1C2447355B3216F10B537E9AFA7B64A4E5391B0D631172D07939E087A")]
    [InlineData("str(abc),hmac(sha3-256,a2V5),hex", "09B6DBAB8D11795CA7C8D82F1CF91682013C7CB980ABBB25473BE4AE7F7B5683")]
    [InlineData("str(abc),hmac(none,a2V5),hex", "ERROR: invalid args in converter 'hmac' : algorithm must be a valid OpenSSL message digest name")]
    [InlineData("str(abc),hmac(sha256,),hex", "FD7ADB152C05EF80DCCF50A1FA4C05D5A3EC6DA95575FC312AE7C5D091836351")]
    [InlineData("str(abc),hmac(sha256),hex", "ERROR: invalid arg 2 in converter 'hmac' : missing arguments (got 1/2), type 'string' expected")]
    [InlineData("str(abc),hmac(sha256,a2V),hex", "ERROR: invalid args in converter 'hmac' : failed to parse key : argument needs to be base64 encoded, and can either be a string or a variable")]
    [InlineData("str(abc),hmac(sha256,**),hex", "ERROR: invalid args in converter 'hmac' : failed to parse key : argument needs to be base64 encoded, and can either be a string or a variable")]
    [InlineData("str(abc),hmac(sha256,txn.nope),hex", "-")]
    [InlineData("str(abc),hmac(sha256,txn.),hex", "ERROR: invalid args in converter 'hmac' : failed to parse key : argument needs to be base64 encoded, and can either be a string or a variable")]
    public void A_message_is_authenticated(string expression, string expected) => Holds(expression, expected);
}
