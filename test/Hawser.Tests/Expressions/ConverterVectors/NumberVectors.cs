using Xunit;

namespace Hawser.Tests.Expressions.ConverterVectors;

public sealed class NumberVectors : ConverterVector
{
    [Theory]
    [InlineData("int(9223372036854775807),add(1)", "9223372036854775807")]
    [InlineData("int(-9223372036854775807),add(-5)", "-9223372036854775808")]
    [InlineData("str(a),add", "0")]
    [InlineData("bool(1),add(5)", "6")]
    public void A_sum_stays_within_64_bits(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("str(a),add(x)", "ERROR: invalid args in converter 'add' : expects an integer or a variable name")]
    public void Arguments_are_checked(string expression, string expected) => Holds(expression, expected);

    [Fact]
    public void An_operand_may_be_a_variable()
    {
        Assert.Equal("12", EvaluatedText.Of("int(5),add(txn.seven)", ("txn.seven", "str(7)")));
        Assert.Equal("-", EvaluatedText.Of("int(5),add(txn.missing)"));
    }
}
