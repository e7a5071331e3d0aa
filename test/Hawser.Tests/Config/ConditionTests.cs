using System.Collections.Generic;
using Hawser.Config.Syntax;
using Xunit;

namespace Hawser.Tests.Config;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("", ConditionOutcome.False)]
    [InlineData("0", ConditionOutcome.False)]
    [InlineData("12", ConditionOutcome.True)]
    [InlineData("!0 && (1 || 0)", ConditionOutcome.True)]
    [InlineData("0 && 0 || 1", ConditionOutcome.True)]
    [InlineData("defined(HOME)", ConditionOutcome.True)]
    [InlineData("defined(NOPE)", ConditionOutcome.False)]
    [InlineData("streq(a,a) && strneq(a,b) && strstr(abc,b)", ConditionOutcome.True)]
    [InlineData("streq(,)", ConditionOutcome.True)]
    [InlineData("streq(\"a,b\",'a,b')", ConditionOutcome.True)]
    [InlineData("version_atleast(2.4-dev19)", ConditionOutcome.True)]
    [InlineData("version_before(3.5)", ConditionOutcome.False)]
    [InlineData("version_atleast(3.5-dev9)", ConditionOutcome.True)]
    [InlineData("version_before(3.6-dev0)", ConditionOutcome.True)]
    [InlineData("feature(TFO)", ConditionOutcome.True)]
    [InlineData("feature(QUIC)", ConditionOutcome.False)]
    [InlineData("enabled(EPOLL)", ConditionOutcome.True)]
    [InlineData("openssl_version_atleast(1.1.1)", ConditionOutcome.True)]
    [InlineData("ssllib_name_startswith(Wolf)", ConditionOutcome.False)]
    [InlineData("bar(1)", ConditionOutcome.Error)]
    [InlineData("1 1", ConditionOutcome.Error)]
    [InlineData("streq(a)", ConditionOutcome.Error)]
    [InlineData("(1", ConditionOutcome.Error)]
    [InlineData("1 &&", ConditionOutcome.Error)]
    public void An_expression_has_the_value_the_manual_gives_it(string expression, ConditionOutcome expected)
    {
        VariableScope variables = new(new Dictionary<string, string> { ["HOME"] = "" });
        ConditionFacts facts = new(variables, "3.5.0", new HashSet<string> { "TFO" }, new HashSet<string> { "EPOLL" },
            "OpenSSL 3.0.15");
        Assert.Equal(expected, ConditionEvaluator.Evaluate(expression, facts).Outcome);
    }

    [Theory]
    [InlineData("5", 5)]
    [InlineData("1us", 1)]
    [InlineData("1500us", 2)]
    [InlineData("2s", 2000)]
    [InlineData("24d", 2073600000)]
    public void A_time_is_read_in_its_unit(string text, int expected)
    {
        Assert.Equal(ValueError.None, TimeText.TryParse(text, 1000, out int value, out _));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("25d", ValueError.Overflow)]
    [InlineData("5S", ValueError.UnexpectedCharacter)]
    [InlineData("", ValueError.UnexpectedCharacter)]
    public void A_wrong_time_is_refused(string text, ValueError expected) =>
        Assert.Equal(expected, TimeText.TryParse(text, 1000, out _, out _));

    [Theory]
    [InlineData("16k", 16384)]
    [InlineData("1M", 1048576)]
    [InlineData("7", 7)]
    public void A_size_is_read_in_its_unit(string text, long expected)
    {
        Assert.Equal(ValueError.None, SizeText.TryParse(text, out long value, out _));
        Assert.Equal(expected, value);
    }
}
