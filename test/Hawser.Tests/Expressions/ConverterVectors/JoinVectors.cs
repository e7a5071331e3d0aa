using Xunit;

namespace Hawser.Tests.Expressions.ConverterVectors;

/// <summary>See <see cref="ConverterVector"/>: haproxy's answers.</summary>
public sealed class JoinVectors : ConverterVector
{
    [Theory]
    [InlineData("str(a),concat", "a")]
    [InlineData("str(a),concat()", "a")]
    [InlineData("str(a),concat(b)", "ab")]
    [InlineData("str(a),concat(b,,c)", "abc")]
    [InlineData("str(a),concat(b,txn.nope,c)", "abc")]
    [InlineData("str(a),concat(,txn.nope,c)", "ac")]
    [InlineData("str(a),concat(b,bad,c)", "ERROR: invalid args in converter 'concat' : failed to register variable name 'bad'")]
    [InlineData("str(a),concat(b,x.y,c)", "ERROR: invalid args in converter 'concat' : failed to register variable name 'x.y'")]
    [InlineData("str(a),concat(\",\",,\")\")", "a,)")]
    [InlineData("str(),concat(b)", "b")]
    [InlineData("int(12),concat(b)", "12b")]
    public void Texts_are_joined(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("str(a),add_item(;)", "ERROR: invalid arg 2 in converter 'add_item' : missing arguments (got 1/2), type 'string' expected")]
    [InlineData("str(a),add_item(;,)", "ERROR: invalid args in converter 'add_item' : one of the optional arguments has to be nonempty")]
    [InlineData("str(a),add_item(;,,)", "ERROR: invalid args in converter 'add_item' : one of the optional arguments has to be nonempty")]
    [InlineData("str(a),add_item(;,,x)", "a;x")]
    [InlineData("str(),add_item(;,,x)", "x")]
    [InlineData("str(a),add_item(;,txn.nope)", "a")]
    [InlineData("str(a),add_item(;,txn.nope,x)", "a;x")]
    [InlineData("str(a),add_item(;,bad,x)", "ERROR: invalid args in converter 'add_item' : failed to register variable name 'bad'")]
    [InlineData("str(a),add_item", "ERROR: invalid arg 2 in converter 'add_item' : missing arguments (got 1/2), type 'string' expected")]
    [InlineData("str(a),add_item(,,x)", "ax")]
    public void An_item_follows_a_delimiter(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("int(5),iif(a,b)", "a")]
    [InlineData("bool(1),iif(a,b)", "a")]
    [InlineData("bool(0),iif(a,b)", "b")]
    [InlineData("bool(0),iif(a)", "ERROR: invalid arg 2 in converter 'iif' : missing arguments (got 1/2), type 'string' expected")]
    [InlineData("bool(0),iif(a,)", "-")]
    [InlineData("bool(0),iif", "ERROR: invalid arg 2 in converter 'iif' : missing arguments (got 1/2), type 'string' expected")]
    [InlineData("str(0),iif(a,b)", "b")]
    [InlineData("str(x),iif(a,b)", "b")]
    [InlineData("str(1),iif(,b)", "-")]
    public void One_of_two_is_chosen(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("str(a),strcmp", "ERROR: invalid args in converter 'strcmp' : missing variable name")]
    [InlineData("str(a),strcmp(b)", "ERROR: invalid args in converter 'strcmp' : failed to register variable name 'b'")]
    [InlineData("str(a),strcmp(txn.nope)", "-")]
    [InlineData("str(a),secure_memcmp(txn.nope)", "-")]
    [InlineData("str(a),secure_memcmp(b)", "ERROR: invalid args in converter 'secure_memcmp' : failed to register variable name 'b'")]
    [InlineData("str(a),secure_memcmp", "ERROR: invalid args in converter 'secure_memcmp' : missing variable name")]
    public void A_variable_is_needed_to_compare(string expression, string expected) => Holds(expression, expected);
}
