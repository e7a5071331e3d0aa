using Xunit;

namespace Hawser.Tests.Expressions.ConverterVectors;

/// <summary>See <see cref="ConverterVector"/>: haproxy's answers.</summary>
public sealed class NumberVectors : ConverterVector
{
    [Theory]
    [InlineData("int(9223372036854775807),add(1)", "9223372036854775807")]
    [InlineData("int(-9223372036854775807),add(-5)", "-9223372036854775808")]
    [InlineData("str(a),add", "0")]
    [InlineData("bool(1),add(5)", "6")]
    [InlineData("int(5),sub(7)", "-2")]
    [InlineData("int(-9223372036854775807),sub(5)", "-9223372036854775808")]
    [InlineData("int(9223372036854775807),sub(-1)", "9223372036854775807")]
    [InlineData("int(0),sub(-9223372036854775808)", "9223372036854775807")]
    [InlineData("int(1),sub(-9223372036854775808)", "9223372036854775807")]
    [InlineData("int(-1),sub(-9223372036854775808)", "9223372036854775807")]
    [InlineData("int(-1),add(-9223372036854775808)", "-9223372036854775808")]
    [InlineData("int(6),mul(7)", "42")]
    [InlineData("int(-6),mul(7)", "-42")]
    [InlineData("int(9223372036854775807),mul(2)", "9223372036854775807")]
    [InlineData("int(9223372036854775807),mul(-2)", "-9223372036854775808")]
    [InlineData("int(-9223372036854775808),mul(-1)", "9223372036854775807")]
    [InlineData("int(-1),mul(-9223372036854775808)", "9223372036854775807")]
    [InlineData("int(-9223372036854775808),mul(1)", "-9223372036854775808")]
    [InlineData("int(1),mul(-9223372036854775808)", "-9223372036854775808")]
    [InlineData("int(0),mul(-9223372036854775808)", "0")]
    [InlineData("int(-3037000500),mul(-3037000500)", "9223372036854775807")]
    [InlineData("int(12),neg", "-12")]
    [InlineData("int(-9223372036854775808),neg", "9223372036854775807")]
    [InlineData("str(a),sub(+3)", "-3")]
    [InlineData("str(a),sub(--3)", "ERROR: invalid args in converter 'sub' : expects an integer or a variable name")]
    [InlineData("str(a),sub(3x)", "ERROR: invalid args in converter 'sub' : expects an integer or a variable name")]
    [InlineData("str(12abc),neg", "-12")]
    [InlineData("str(a),add(txn.)", "ERROR: invalid args in converter 'add' : expects an integer or a variable name")]
    [InlineData("str(a),add(foo.bar)", "ERROR: invalid args in converter 'add' : expects an integer or a variable name")]
    [InlineData("str(a),neg(1)", "ERROR: invalid arg 1 in converter 'neg' : expected ')' before '1)'")]
    public void Arithmetic_stays_within_64_bits(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("int(42),div(5)", "8")]
    [InlineData("int(-42),div(5)", "-8")]
    [InlineData("int(42),div(0)", "9223372036854775807")]
    [InlineData("int(-42),div(0)", "9223372036854775807")]
    [InlineData("int(0),div(0)", "9223372036854775807")]
    [InlineData("int(-9223372036854775808),div(-1)", "9223372036854775807")]
    [InlineData("int(42),mod(5)", "2")]
    [InlineData("int(-42),mod(5)", "-2")]
    [InlineData("int(42),mod(-5)", "2")]
    [InlineData("int(42),mod(0)", "0")]
    [InlineData("int(-9223372036854775808),mod(-1)", "0")]
    [InlineData("str(a),div(99999999999999999999)", "0")]
    public void Division_has_an_answer_for_every_divisor(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("int(12),and(10)", "8")]
    [InlineData("int(12),or(3)", "15")]
    [InlineData("int(12),xor(10)", "6")]
    [InlineData("int(12),cpl", "-13")]
    [InlineData("str(a),and(0xff)", "ERROR: invalid args in converter 'and' : expects an integer or a variable name")]
    [InlineData("str(a),and(x)", "ERROR: invalid args in converter 'and' : expects an integer or a variable name")]
    [InlineData("str(a),and()", "0")]
    [InlineData("str(255),and(-1)", "255")]
    public void Bits_are_combined(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("int(7),odd", "1")]
    [InlineData("int(7),even", "0")]
    [InlineData("int(-7),odd", "1")]
    [InlineData("int(8),odd", "0")]
    [InlineData("int(8),even", "1")]
    [InlineData("int(8),bool", "1")]
    [InlineData("int(0),bool", "0")]
    [InlineData("int(8),not", "0")]
    [InlineData("int(0),not", "1")]
    [InlineData("str(),not", "-")]
    [InlineData("ipv4(0.0.0.1),odd", "1")]
    public void Numbers_answer_questions(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("int(305419896),htonl,hex", "12345678")]
    [InlineData("int(-1),htonl,hex", "FFFFFFFF")]
    [InlineData("int(4294967296),htonl,hex", "00000000")]
    public void A_number_has_a_network_form(string expression, string expected) => Holds(expression, expected);
}
