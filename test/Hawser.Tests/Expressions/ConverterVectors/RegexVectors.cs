using Xunit;

namespace Hawser.Tests.Expressions.ConverterVectors;

/// <summary>See <see cref="ConverterVector"/>: haproxy's answers.</summary>
public sealed class RegexVectors : ConverterVector
{
    [Theory]
    [InlineData("str(/////a///b/c/xzxyz/),regsub('/+','/','g')", "/a/b/c/xzxyz/")]
    [InlineData("str(/////a///b/c/xzxyz/),regsub('/+','/')", "/a///b/c/xzxyz/")]
    [InlineData("str(foobar12),regsub(\"(foo|bar)([0-9]+)?\",\"\\2\\1\",i)", "foobar12")]
    [InlineData("str(FOO12x),regsub(\"(foo|bar)([0-9]+)?\",\"\\2\\1\",i)", "12FOOx")]
    [InlineData("str(abc),regsub(b,)", "ac")]
    [InlineData("str(abc),regsub(b)", "ERROR: invalid arg 2 in converter 'regsub' : missing arguments (got 1/2), type 'string' expected")]
    [InlineData("str(abc),regsub(b,x,z)", "ERROR: invalid args in converter 'regsub' : invalid regex flag 'z', only 'i' and 'g' are supported")]
    [InlineData("str(abc),regsub(b,x,gi)", "axc")]
    [InlineData("str(abc),regsub(\\(,x)", "abc")]
    [InlineData("str(abc),regsub('x*','-','g')", "-a-b-c-")]
    [InlineData("str(abc),regsub('x*','-')", "-abc")]
    [InlineData("str(abc),regsub('b*','-','g')", "-a--c-")]
    [InlineData("str(abc),regsub('$','-','g')", "abc--")]
    [InlineData("str(abc),regsub('^','-','g')", "-abc")]
    [InlineData("str(abc),regsub('.','[&]','g')", "[&][&][&]")]
    [InlineData("str(abc),regsub('(.)','<\\1>','g')", "<a><b><c>")]
    [InlineData("str(abc),regsub('(.)','<\\0>','g')", "<a><b><c>")]
    [InlineData("str(abc),regsub('(.)','\\\\<\\\\1>','g')", "\\<\\1>\\<\\1>\\<\\1>")]
    [InlineData("str(abc),regsub('(.)','\\x41','g')", "AAA")]
    [InlineData("str(abc),regsub('(.)','\\9','g')", "-")]
    [InlineData("str(abc),regsub('(.)(z)?','[\\2]','g')", "[][][]")]
    [InlineData("str(abc),regsub('b','\\n')", "anc")]
    [InlineData("str(aXb),regsub(x,_,i)", "a_b")]
    [InlineData("str(abc),regsub('b','','g')", "ac")]
    [InlineData("str(),regsub('^','x')", "x")]
    [InlineData("str(),regsub('x*','-','g')", "-")]
    [InlineData("bin(6162),regsub(a,b)", "bb")]
    [InlineData("str(abc),regsub", "ERROR: invalid arg 2 in converter 'regsub' : missing arguments (got 1/2), type 'string' expected")]
    [InlineData("str(aaa),regsub('^a','b','g')", "baa")]
    public void A_match_is_replaced(string expression, string expected) => Holds(expression, expected);
}
