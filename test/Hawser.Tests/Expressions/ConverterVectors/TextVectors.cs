using Xunit;

namespace Hawser.Tests.Expressions.ConverterVectors;

public sealed class TextVectors : ConverterVector
{
    [Theory]
    [InlineData("str(aXb),upper", "AXB")]
    [InlineData("str(aXb),lower", "axb")]
    [InlineData("ipv6(2001:db8::1),upper", "2001:DB8::1")]
    [InlineData("bin(4100ff),lower", "a")]
    [InlineData("str(f1_f2_f3__f5),field(4,_)", "-")]
    [InlineData("str(f1_f2_f3__f5),field(5,_)", "f5")]
    [InlineData("str(f1_f2_f3__f5),field(2,_,0)", "f2_f3__f5")]
    [InlineData("str(f1_f2_f3__f5),field(2,_,2)", "f2_f3")]
    [InlineData("str(f1_f2_f3__f5),field(-2,_,3)", "f2_f3_")]
    [InlineData("str(f1_f2_f3__f5),field(-3,_,0)", "f1_f2_f3")]
    [InlineData("str(f1_f2_f3__f5),field(9,_,0)", "-")]
    public void Text_is_cut_and_changed(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("str(a),field(0,_)", "ERROR: invalid args in converter 'field' : Unexpected value 0 for index")]
    [InlineData("str(a),field(1,)", "ERROR: invalid args in converter 'field' : Empty separators list")]
    public void Arguments_are_checked(string expression, string expected) => Holds(expression, expected);
}
