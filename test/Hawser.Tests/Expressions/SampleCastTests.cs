using Hawser.Expressions.Samples;
using Xunit;

namespace Hawser.Tests.Expressions;

/// <summary>The casts between types, as haproxy 3.5 makes them.</summary>
public sealed class SampleCastTests
{
    /// <summary>A letter per target: boolean, integer, address, string, binary.</summary>
    [Theory]
    [InlineData(SampleType.Any, "biasB")]
    [InlineData(SampleType.Boolean, "bi-sB")]
    [InlineData(SampleType.Integer, "biasB")]
    [InlineData(SampleType.Address, "--asB")]
    [InlineData(SampleType.IPv4, "-iasB")]
    [InlineData(SampleType.IPv6, "--asB")]
    [InlineData(SampleType.String, "biasB")]
    [InlineData(SampleType.Binary, "---sB")]
    [InlineData(SampleType.Method, "---sB")]
    public void A_type_can_be_used_as_these(SampleType from, string expected)
    {
        string possible = "";
        foreach ((SampleType to, char letter) in new[]
        {
            (SampleType.Boolean, 'b'), (SampleType.Integer, 'i'), (SampleType.Address, 'a'), (SampleType.String, 's'),
            (SampleType.Binary, 'B'),
        })
            possible += SampleCasts.IsPossible(from, to) ? letter : '-';
        Assert.Equal(expected, possible);
    }

    [Theory]
    [InlineData("str(12abc),add(0)", "12")]
    [InlineData("str(abc),add(0)", "0")]
    [InlineData("str(-5),add(0)", "-5")]
    [InlineData("str(+5),add(0)", "5")]
    [InlineData("str(--5),add(5)", "5")]
    [InlineData("str(\" 5\"),add(0)", "0")]
    [InlineData("str(99999999999999999999),add(0)", "9223372036854775807")]
    [InlineData("str(-9223372036854775809),add(0)", "-9223372036854775808")]
    [InlineData("str(0x10),add(0)", "0")]
    [InlineData("str(010),add(0)", "10")]
    [InlineData("str(),add(0)", "-")]
    [InlineData("ipv4(1.2.3.4),add(0)", "16909060")]
    public void A_number_is_read_from_text_as_far_as_it_goes(string expression, string expected) =>
        Assert.Equal(expected, EvaluatedText.Of(expression));

    [Theory]
    [InlineData("1.2.3.4", true)]
    [InlineData("1.2.3.4:80", true)]
    [InlineData("1.2.3.4abc", true)]
    [InlineData("1.2.3.4/8", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("::1/64", false)]
    [InlineData("[::1]", false)]
    [InlineData("1.2.3", false)]
    [InlineData("999.2.3.4", false)]
    [InlineData("localhost", false)]
    [InlineData("5", false)]
    public void An_IPv4_address_may_be_followed_by_anything(string text, bool isAddress) =>
        Assert.Equal(isAddress, SampleCasts.TryParseAddress(System.Text.Encoding.ASCII.GetBytes(text), out _));
}
