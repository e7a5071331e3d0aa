using Xunit;

namespace Hawser.Tests.Expressions.ConverterVectors;

public sealed class EncodingVectors : ConverterVector
{
    [Theory]
    [InlineData("bin(41004243),hex", "41004243")]
    [InlineData("str(abc),hex", "616263")]
    [InlineData("int(258),hex", "0000000000000102")]
    [InlineData("int(-1),hex", "FFFFFFFFFFFFFFFF")]
    [InlineData("ipv4(1.2.3.4),hex", "01020304")]
    [InlineData("ipv6(::1),hex", "00000000000000000000000000000001")]
    public void Bytes_become_digits(string expression, string expected) => Holds(expression, expected);
}
