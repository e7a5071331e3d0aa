using Hawser.Expressions.Compilation;
using Xunit;

namespace Hawser.Tests.Expressions;

/// <summary>What is refused and how: the sentences of haproxy 3.5 for the same text.</summary>
public sealed class ExpressionCompilerTests
{
    [Theory]
    [InlineData("foo", 0, "unknown fetch method 'foo'")]
    [InlineData("int(x)", 4, "fetch method 'int' : failed to parse 'x' as type 'integer' at position 1")]
    [InlineData("int()", 3, "fetch method 'int' : expected type 'integer' at position 1, but got nothing")]
    [InlineData("str(a", 4, "fetch method 'str' : expected ')'")]
    [InlineData("str(a,b)", 5, "fetch method 'str' : expected ')' before ',b)'")]
    [InlineData("str(a),foo", 7, "unknown converter 'foo'")]
    [InlineData("str(a),lower(x)", 13, "invalid arg 1 in converter 'lower' : expected ')' before 'x)'")]
    [InlineData("str(a),field", 12, "invalid arg 1 in converter 'field' : expected type 'integer' at position 1, but got nothing")]
    [InlineData("str(a),field(1)", 12, "invalid arg 2 in converter 'field' : missing arguments (got 1/2), type 'string' expected")]
    [InlineData("str(a),field(x,b)", 13, "invalid arg 1 in converter 'field' : failed to parse 'x' as type 'integer' at position 1")]
    [InlineData("str(a),field(1,b,2,3)", 18, "invalid arg 3 in converter 'field' : expected ')' before ',3)'")]
    [InlineData("str(a)x", 6, "missing comma after fetch keyword")]
    [InlineData("ipv4(x)", 5, "fetch method 'ipv4' : failed to parse 'x' as type 'IPv4 address' at position 1")]
    [InlineData("ipv6(::1),add(1)", 10, "converter 'add' cannot be applied")]
    [InlineData("bin(41),add(1)", 8, "converter 'add' cannot be applied")]
    [InlineData("bin(4)", 3, "invalid args in fetch method 'bin' : an even number of hex digit is expected")]
    [InlineData("bin(xx)", 3, "invalid args in fetch method 'bin' : an hex digit is expected (found 'x')")]
    [InlineData("bool(x)", 4, "invalid args in fetch method 'bool' : Expects 'true', 'false', '0' or '1'")]
    [InlineData("date(1,x)", 4, "invalid args in fetch method 'date' : expects 's', 'ms' or 'us', got 'x'")]
    [InlineData("date(,ms)", 5, "fetch method 'date' : expected ')' before ',ms)'")]
    [InlineData("var(x)", 3, "invalid args in fetch method 'var' : invalid variable name 'x'. A variable name must start with its scope. The scope can be 'proc', '(p)sess', '(p)txn', '(p)req', '(p)res' or 'check'")]
    [InlineData("var(txn.a-b)", 3, "invalid args in fetch method 'var' : invalid syntax at char '-'")]
    [InlineData("var()", 3, "invalid args in fetch method 'var' : Empty variable name cannot be accepted")]
    [InlineData("str(a),,(1)", 8, "unknown converter ''")]
    public void A_mistake_is_reported_at_its_place_in_HAProxys_words(string text, int offset, string message)
    {
        Assert.Null(ExpressionCompiler.CompileWhole(text, new CompileContext(EvaluatedText.Vocabulary), out CompileFinding finding));
        Assert.Equal((offset, message), (finding.Offset, finding.Message));
    }

    [Theory]
    [InlineData("str(a),lowr", "did you mean 'lower'?")]
    [InlineData("strr(a)", "did you mean 'str'?")]
    public void A_misspelt_name_is_guessed(string text, string hint)
    {
        _ = ExpressionCompiler.CompileWhole(text, new CompileContext(EvaluatedText.Vocabulary), out CompileFinding finding);
        Assert.Equal(hint, finding.Hint);
    }

    [Theory]
    [InlineData("str(a),", "a")]
    [InlineData("str(aB),,lower,", "ab")]
    [InlineData("str(\"x)y\"),upper", "X)Y")]
    [InlineData("str(\"x\\\"y\"),upper", "X\"Y")]
    [InlineData("str('x,y'),upper", "X,Y")]
    [InlineData("str(a\\.b),upper", "A\\.B")]
    [InlineData("str('a,b'),upper", "A,B")]
    [InlineData("str(a\\\\b\\ c),upper", "A\\B C")]
    [InlineData("str", "-")]
    [InlineData("int(+1)", "1")]
    [InlineData("int(9223372036854775808)", "9223372036854775807")]
    public void The_grammar_is_HAProxys(string text, string expected) => Assert.Equal(expected, EvaluatedText.Of(text));

    [Fact]
    public void Only_what_depends_on_nothing_is_computed_when_it_is_compiled()
    {
        CompileContext context = new(EvaluatedText.Vocabulary);
        Assert.True(ExpressionCompiler.CompileWhole("int(1),add(2)", context, out _)!.IsConstant);
        Assert.False(ExpressionCompiler.CompileWhole("int(1),add(txn.x)", context, out _)!.IsConstant);
        Assert.False(ExpressionCompiler.CompileWhole("date,add(2)", context, out _)!.IsConstant);
    }
}
