using System.Collections.Frozen;
using System.Collections.Generic;
using Hawser.Config.Syntax;
using Xunit;

namespace Hawser.Tests.Config;

/// <summary>Conditions of <c>-cc</c>, with the exit statuses of HAProxy 2.6 and 3.5.</summary>
public sealed class ConditionTextTests
{
    [Theory]
    [InlineData("", ConditionOutcome.False)]
    [InlineData("streq(foo,'foo')", ConditionOutcome.True)]
    [InlineData("streq(\"foo bar\",'foo bar')", ConditionOutcome.True)]
    [InlineData("streq(foo,bar)", ConditionOutcome.False)]
    [InlineData("streq(\"a,b\",'a,b')", ConditionOutcome.Error)]
    [InlineData("defined(ONE) && streq(\"$ONE\",\"1\")", ConditionOutcome.True)]
    [InlineData("streq(\"${SPACED}\",\"a b\")", ConditionOutcome.True)]
    [InlineData("streq($ONE,1)", ConditionOutcome.False)]
    [InlineData("streq('$ONE',1)", ConditionOutcome.False)]
    [InlineData("streq(\"${NO-x}\",x)", ConditionOutcome.True)]
    [InlineData("streq(\"$1\",x)", ConditionOutcome.Error)]
    [InlineData("streq(\"${ONE\",x)", ConditionOutcome.Error)]
    [InlineData("\"1\"", ConditionOutcome.True)]
    [InlineData("streq(a,a) # c", ConditionOutcome.Error)]
    [InlineData("1&&!0&&!((streq(a,b)||!streq(a,a)&&1)||strneq(a,a))", ConditionOutcome.True)]
    [InlineData("1   &&!   0&&    !((streq(a,b)||!streq(a,a)&&1)||strneq(a,a))", ConditionOutcome.True)]
    [InlineData("1 && !0 && !((streq(a,b) || !streq(a,a) && 1) || strneq(a,b))", ConditionOutcome.False)]
    [InlineData("-1000 && 200", ConditionOutcome.True)]
    [InlineData("200rrr", ConditionOutcome.Error)]
    [InlineData("!(0))", ConditionOutcome.Error)]
    [InlineData("streq(a,\"a)", ConditionOutcome.Error)]
    [InlineData("defined()", ConditionOutcome.False)]
    [InlineData("version_atleast()", ConditionOutcome.True)]
    [InlineData("version_atleast(1024)", ConditionOutcome.False)]
    [InlineData("streq()", ConditionOutcome.Error)]
    public void A_condition_has_the_value_that_HAProxy_gives_it(string text, ConditionOutcome expected)
    {
        Dictionary<string, string> variables = new() { ["ONE"] = "1", ["SPACED"] = "a b" };
        ConditionFacts facts = new(
            new VariableScope(variables), "3.5.0", FrozenSet<string>.Empty, FrozenSet<string>.Empty, "");
        Assert.Equal(expected, ConditionText.Evaluate(text, facts).Outcome);
    }
}
