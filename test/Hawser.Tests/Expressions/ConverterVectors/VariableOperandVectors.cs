using Xunit;

namespace Hawser.Tests.Expressions.ConverterVectors;

/// <summary>Arguments that name a variable; the results are haproxy's with the same variables set.</summary>
public sealed class VariableOperandVectors
{
    [Theory]
    [InlineData("int(5),add(txn.n)", "8")]
    [InlineData("int(5),add(txn.s)", "5")]
    [InlineData("int(5),add(txn.e)", "-")]
    [InlineData("int(5),add(txn.ip)", "2130706438")]
    [InlineData("int(5),add(txn.missing)", "-")]
    [InlineData("str(012345),bytes(txn.n)", "345")]
    [InlineData("str(012345),bytes(1,txn.n)", "123")]
    [InlineData("str(012345),bytes(txn.neg)", "-")]
    [InlineData("str(012345),bytes(1,txn.neg)", "-")]
    [InlineData("str(012345),bytes(txn.missing)", "-")]
    [InlineData("str(012345),bytes(1,txn.missing)", "-")]
    [InlineData("str(012345),bytes(txn.s)", "012345")]
    [InlineData("str(x),concat(<,txn.ip,>)", "x<127.0.0.1>")]
    [InlineData("str(x),upper,concat(<,txn.n,>)", "X<3>")]
    [InlineData("str(x),concat(<,txn.e,>)", "x<>")]
    [InlineData("str(x),concat(<,txn.nul,>),hex", "783C413E")]
    [InlineData("str(x),add_item(;,txn.e)", "x")]
    [InlineData("str(x),add_item(;,txn.e,y)", "x;y")]
    [InlineData("str(x),add_item(;,txn.s)", "x;abc")]
    [InlineData("str(x),add_item(;,txn.n)", "x;3")]
    [InlineData("str(),add_item(;,txn.n)", "3")]
    [InlineData("str(abc),strcmp(txn.s)", "0")]
    [InlineData("str(ab),strcmp(txn.s)", "-1")]
    [InlineData("str(abd),strcmp(txn.s)", "1")]
    [InlineData("str(abcd),strcmp(txn.s)", "1")]
    [InlineData("str(),strcmp(txn.s)", "-1")]
    [InlineData("str(zzz),strcmp(txn.s)", "25")]
    [InlineData("str(3),strcmp(txn.n)", "0")]
    [InlineData("str(A),strcmp(txn.nul)", "0")]
    [InlineData("str(abc),secure_memcmp(txn.s)", "1")]
    [InlineData("str(abd),secure_memcmp(txn.s)", "0")]
    [InlineData("str(ab),secure_memcmp(txn.s)", "0")]
    [InlineData("bin(0000000000000003),secure_memcmp(txn.n)", "1")]
    [InlineData("str(3),secure_memcmp(txn.n)", "0")]
    [InlineData("bin(410042),secure_memcmp(txn.nul)", "1")]
    [InlineData("ipv4(127.0.0.1),secure_memcmp(txn.ip)", "1")]
    [InlineData("str(abc),hmac(sha256,txn.key),hex", "9C196E32DC0175F86F4B1CB89289D6619DE6BEE699E4C378E68309ED97A1A6AB")]
    [InlineData("str(abc),hmac(sha256,txn.s),hex", "-")]
    public void A_variable_is_read_at_run_time(string expression, string expected) => Assert.Equal(
        expected,
        EvaluatedText.Of(
            expression,
            ("txn.key", "str(a2V5)"),
            ("txn.n", "int(3)"),
            ("txn.s", "str(abc)"),
            ("txn.e", "str()"),
            ("txn.ip", "ipv4(127.0.0.1)"),
            ("txn.neg", "int(-1)"),
            ("txn.nul", "bin(410042)")));
}
