using Xunit;

namespace Hawser.Tests.Expressions.ConverterVectors;

/// <summary>See <see cref="ConverterVector"/>: haproxy's answers.</summary>
public sealed class AssignmentVectors : ConverterVector
{
    [Theory]
    [InlineData("str(a),set-var", "ERROR: invalid args in converter 'set-var' : Empty variable name cannot be accepted")]
    [InlineData("str(a),set-var()", "ERROR: invalid args in converter 'set-var' : Empty variable name cannot be accepted")]
    [InlineData("str(a),set-var(x)", "ERROR: invalid args in converter 'set-var' : invalid variable name 'x'. A variable name must start with its scope. The scope can be 'proc', '(p)sess', '(p)txn', '(p)req', '(p)res' or 'check'")]
    [InlineData("str(a),set-var(txn.)", "ERROR: invalid args in converter 'set-var' : invalid variable name 'txn.'. A variable name must start with its scope. The scope can be 'proc', '(p)sess', '(p)txn', '(p)req', '(p)res' or 'check'")]
    [InlineData("str(a),set-var(txn.q,bad)", "ERROR: invalid args in converter 'set-var' : unknown condition \"bad\"")]
    [InlineData("str(a),set-var(txn.q,ifset,)", "ERROR: invalid args in converter 'set-var' : unknown condition \"\"")]
    [InlineData("str(a),set-var(txn.q,,ifset)", "ERROR: invalid args in converter 'set-var' : unknown condition \"\"")]
    [InlineData("str(a),unset-var", "ERROR: invalid args in converter 'unset-var' : Empty variable name cannot be accepted")]
    [InlineData("str(a),unset-var(x)", "ERROR: invalid args in converter 'unset-var' : invalid variable name 'x'. A variable name must start with its scope. The scope can be 'proc', '(p)sess', '(p)txn', '(p)req', '(p)res' or 'check'")]
    public void A_name_is_checked(string expression, string expected) => Holds(expression, expected);

    [Theory]
    [InlineData("str(a),set-var(txn.q1),concat(,txn.q1)", "aa")]
    [InlineData("str(a),set-var(txn.q2),concat(b),set-var(txn.q2,ifexists),concat(,txn.q2)", "abab")]
    [InlineData("str(a),set-var(txn.q3),set-var(txn.q3,ifnotexists)", "-")]
    [InlineData("str(c),set-var(txn.q4,ifexists)", "-")]
    [InlineData("str(c),set-var(txn.q5,ifnotexists),concat(,txn.q5)", "cc")]
    [InlineData("str(),set-var(txn.q6,ifempty),concat(<,txn.q6)", "<")]
    [InlineData("str(),set-var(txn.q7,ifnotempty),concat(<,txn.q7)", "-")]
    [InlineData("str(d),set-var(txn.q8),set-var(txn.q8,ifset),concat(<,txn.q8)", "d<d")]
    [InlineData("str(e),set-var(txn.q9),unset-var(txn.q9),set-var(txn.q9,ifset),concat(<)", "-")]
    [InlineData("str(e),set-var(txn.qa),unset-var(txn.qa),set-var(txn.qa,ifnotset),concat(<,txn.qa)", "e<e")]
    [InlineData("int(5),set-var(txn.n1),add(1),set-var(txn.n1,ifgt)", "-")]
    [InlineData("int(5),set-var(txn.n2),add(1),set-var(txn.n2,iflt),concat(<,txn.n2)", "6<6")]
    [InlineData("int(5),set-var(txn.n3),sub(1),set-var(txn.n3,ifgt),concat(<,txn.n3)", "4<4")]
    [InlineData("int(5),set-var(txn.n4),sub(1),set-var(txn.n4,iflt)", "-")]
    [InlineData("int(5),set-var(txn.n5),concat(x),set-var(txn.n5,ifgt),concat(<,txn.n5)", "5x<5x")]
    [InlineData("str(a),set-var(txn.qb),set-var(txn.qb,ifset,ifnotset,ifempty,ifnotempty)", "-")]
    public void A_variable_is_set_on_the_way(string expression, string expected) => Holds(expression, expected);
}
