using Xunit;

namespace Hawser.Tests.Expressions.ConverterVectors;

/// <summary>See <see cref="ConverterVector"/>: haproxy's answers.</summary>
public sealed class EncodingVectors : ConverterVector
{
    [Theory]
    [InlineData("bin(41004243),hex", "41004243")]
    [InlineData("str(abc),hex", "616263")]
    [InlineData("int(258),hex", "0000000000000102")]
    [InlineData("int(-1),hex", "FFFFFFFFFFFFFFFF")]
    [InlineData("ipv4(1.2.3.4),hex", "01020304")]
    [InlineData("ipv6(::1),hex", "00000000000000000000000000000001")]
    [InlineData("bin(05ff),base2", "0000010111111111")]
    [InlineData("ipv4(1.2.3.4),base2", "00000001000000100000001100000100")]
    [InlineData("str(),base2", "-")]
    public void Bytes_become_digits(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("str(ff),hex2i", "255")]
    [InlineData("str(FF),hex2i", "255")]
    [InlineData("str(0xff),hex2i", "-")]
    [InlineData("str(ffffffffffffffff),hex2i", "-1")]
    [InlineData("str(1ffffffffffffffff),hex2i", "-1")]
    [InlineData("str(7fffffffffffffff),hex2i", "9223372036854775807")]
    [InlineData("str(xyz),hex2i", "-")]
    [InlineData("str(12xyz),hex2i", "-")]
    [InlineData("str(),hex2i", "0")]
    [InlineData("str(-1),hex2i", "-")]
    [InlineData("str(+1),hex2i", "-")]
    [InlineData("str( 1),hex2i", "-")]
    [InlineData("bin(3132),hex2i", "18")]
    [InlineData("bin(313200),hex2i", "18")]
    [InlineData("int(12),hex2i", "18")]
    public void Digits_become_a_number(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("str(abc),base64", "YWJj")]
    [InlineData("str(ab),base64", "YWI=")]
    [InlineData("str(a),base64", "YQ==")]
    [InlineData("str(),base64", "-")]
    [InlineData("bin(fbff00),base64", "+/8A")]
    [InlineData("bin(fbff00),ub64enc", "-_8A")]
    [InlineData("str(ab),ub64enc", "YWI")]
    [InlineData("str(a),ub64enc", "YQ")]
    public void Bytes_become_base64(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("str(YWJj),b64dec", "abc")]
    [InlineData("str(YWI=),b64dec", "ab")]
    [InlineData("str(YWI),b64dec", "-")]
    [InlineData("str(YQ==),b64dec", "a")]
    [InlineData("str(YQ=),b64dec", "-")]
    [InlineData("str(YQ),b64dec", "-")]
    [InlineData("str(-_8A),b64dec,hex", "-")]
    [InlineData("str(+/8A),b64dec,hex", "FBFF00")]
    [InlineData("str(Y WJj),b64dec", "-")]
    [InlineData("str(YW=j),b64dec", "-")]
    [InlineData("str(=),b64dec", "-")]
    [InlineData("str(====),b64dec", "-")]
    [InlineData("str(YWJjZ),b64dec", "-")]
    [InlineData("str(YR==),b64dec", "a")]
    [InlineData("str(),b64dec", "-")]
    [InlineData("str(-_8A),ub64dec,hex", "FBFF00")]
    [InlineData("str(+/8A),ub64dec,hex", "-")]
    [InlineData("str(YWI),ub64dec", "ab")]
    [InlineData("str(YQ),ub64dec", "a")]
    [InlineData("str(YWI=),ub64dec", "ab?")]
    [InlineData("str(YQ==),ub64dec", "a\u000f\u00ff")]
    [InlineData("str(YQ=),ub64dec", "a\u000f")]
    [InlineData("str(Y),ub64dec", "-")]
    [InlineData("str(YR),ub64dec", "a")]
    [InlineData("str(Y*I),ub64dec", "-")]
    [InlineData("str(),ub64dec", "-")]
    public void Base64_becomes_bytes(string expression, string expected) => Holds(expression, expected);
}
